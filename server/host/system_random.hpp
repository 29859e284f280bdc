// Unpredictable bits from the kernel, fetched a page at a time. One per thread.
#pragma once

#include "base/random.hpp"

#include <array>

namespace strowger::host {

class SystemRandom final : public Random {
 public:
  std::uint64_t bits() override;

 private:
  std::array<std::uint64_t, 64> pool_{};
  std::size_t left_ = 0;
};

}  // namespace strowger::host
