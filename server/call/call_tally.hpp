// How many calls are in progress in all exchanges of a server, against their common limit. From any
// thread.
#pragma once

#include <atomic>
#include <cstddef>

namespace strowger::call {

class CallTally {
 public:
  // False, and nothing counted, when there are `calls_max` already.
  bool add(std::size_t calls_max) {
    if (calls_.fetch_add(1, std::memory_order_relaxed) < calls_max) return true;
    remove(1);
    return false;
  }
  bool full(std::size_t calls_max) const {
    return calls_.load(std::memory_order_relaxed) >= calls_max;
  }
  void remove(std::size_t calls) { calls_.fetch_sub(calls, std::memory_order_relaxed); }

 private:
  std::atomic<std::size_t> calls_ = 0;
};

}  // namespace strowger::call
