// Any sample rate to another, stream-wise, through libsoxr at high quality. For this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace strowger::media {

class Resampler {
 public:
  // Rates in Hz, > 0.
  Resampler(int from, int to);
  ~Resampler();

  // Mono samples, full scale ±1; what comes out is appended to `out`.
  void feed(std::span<const float> samples, std::vector<std::int16_t>& out);
  // The tail that the filter still holds.
  void finish(std::vector<std::int16_t>& out);

 private:
  struct Engine;
  void run(const float* samples, std::size_t count, std::vector<std::int16_t>& out);

  std::unique_ptr<Engine> engine_;  // none when nothing is to be done
};

}  // namespace strowger::media
