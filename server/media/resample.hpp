// Any sample rate to 8 kHz, stream-wise, through libsoxr at high quality. For this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace strowger::media {

class Resampler {
 public:
  // `rate` in Hz, > 0.
  explicit Resampler(int rate);
  ~Resampler();

  // Mono samples, full scale ±1; what comes out is appended to `out`.
  void feed(std::span<const float> samples, std::vector<std::int16_t>& out);
  // The tail that the filter still holds.
  void finish(std::vector<std::int16_t>& out);

 private:
  struct Engine;
  void run(const float* samples, std::size_t count, std::vector<std::int16_t>& out);

  std::unique_ptr<Engine> engine_;  // none at 8 kHz: nothing to do
};

}  // namespace strowger::media
