// Choices by a seed.
#pragma once

#include "base/random.hpp"
#include "base/time.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace strowger::sim {

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : random_(seed) {}

  // 0 … n-1; n > 0.
  std::size_t below(std::size_t n) { return random_.bits() % n; }
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(below(static_cast<std::size_t>(most - least + 1)));
  }
  bool one_in(std::size_t n) { return below(n) == 0; }
  bool percent(std::size_t share) { return below(100) < share; }
  Duration ms(std::int64_t least, std::int64_t most) {
    return std::chrono::milliseconds{between(least, most)};
  }
  template <class Container>
  const auto& pick(const Container& choices) {
    return choices[below(std::size(choices))];
  }
  std::uint64_t seed() { return random_.bits(); }

 private:
  SeededRandom random_;
};

}  // namespace strowger::sim
