#include "host/system_random.hpp"

#include <sys/random.h>

#include <utility>

namespace strowger::host {

std::uint64_t SystemRandom::bits() {
  if (left_ == 0) {
    // 512 bytes: above 256 the call may be cut short by a signal, so it is checked and repeated.
    while (getrandom(pool_.data(), sizeof pool_, 0) != static_cast<ssize_t>(sizeof pool_)) {
    }
    left_ = pool_.size();
  }
  return std::exchange(pool_[--left_], 0);  // what was handed out is not kept
}

}  // namespace strowger::host
