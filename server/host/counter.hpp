// A number that one thread counts and any may read.
#pragma once

#include <atomic>
#include <cstdint>

namespace strowger::host {

class Counter {
 public:
  // One writer: no locked instruction is needed.
  void add(std::uint64_t n = 1) { value_.store(get() + n, std::memory_order_relaxed); }
  void set(std::uint64_t value) { value_.store(value, std::memory_order_relaxed); }
  std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

}  // namespace strowger::host
