// Where unpredictable bits come from: the system's generator in host/, a seed in sim/ and tests.
#pragma once

#include "base/time.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace strowger {

class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t bits() = 0;

  // `length` characters of [a-z0-9]; 5 bits each. Used for tags, branches, Call-IDs, record ids.
  std::string token(std::size_t length);
  // The same, but what is drawn later sorts behind, to the millisecond: a database appends it to
  // its index instead of putting it somewhere in the middle. 21 characters, 65 of its bits are
  // chance.
  std::string token_of(WallTime now);
};

// xoshiro256**: fast and reproducible. For simulation and tests, never for secrets.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  std::uint64_t bits() override;

 private:
  std::array<std::uint64_t, 4> state_;
};

}  // namespace strowger
