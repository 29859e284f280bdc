// How long something took, in buckets, for /metrics: written by one thread, read by any.
#pragma once

#include "base/time.hpp"
#include "host/counter.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace strowger::host {

class Histogram {
 public:
  // What each bucket holds at most; a further one holds the rest. From a turn of a loop to a
  // caller's patience.
  static constexpr std::array<Duration, 18> bounds = {
      std::chrono::microseconds(100), std::chrono::microseconds(250),
      std::chrono::microseconds(500), std::chrono::milliseconds(1),
      std::chrono::microseconds(2'500), std::chrono::milliseconds(5),
      std::chrono::milliseconds(10), std::chrono::milliseconds(20),
      std::chrono::milliseconds(50), std::chrono::milliseconds(100),
      std::chrono::milliseconds(250), std::chrono::milliseconds(500),
      std::chrono::seconds(1), std::chrono::milliseconds(2'500),
      std::chrono::seconds(5), std::chrono::seconds(10),
      std::chrono::seconds(30), std::chrono::seconds(60)};
  static constexpr std::size_t buckets = bounds.size() + 1;

  // What took less than nothing (a clock was set) counts as nothing.
  void observe(Duration took) {
    took = std::max(took, Duration::zero());
    const auto bucket = std::ranges::lower_bound(bounds, took) - bounds.begin();
    counts_[static_cast<std::size_t>(bucket)].add();
    nanoseconds_.add(static_cast<std::uint64_t>(took.count()));
  }
  std::uint64_t count(std::size_t bucket) const { return counts_[bucket].get(); }
  std::uint64_t nanoseconds() const { return nanoseconds_.get(); }

 private:
  std::array<Counter, buckets> counts_;
  Counter nanoseconds_;
};

}  // namespace strowger::host
