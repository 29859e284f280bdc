// When the network is to be looked at again. A turn costs much, whatever it is for: the thread
// sleeps and wakes, its caches are cold, a file is written, a system call reads and one sends. So
// where messages come one behind the other, a rest lets some gather, and they share a turn.
#pragma once

#include "base/time.hpp"

#include <algorithm>
#include <cstddef>

namespace strowger::host {

class Pace {
 public:
  // Nobody notices: SIP repeats after 500 ms, and sounds are 20 ms apart.
  static constexpr Duration rest = std::chrono::milliseconds{1};
  // Four in a rest, or more, are worth the time that the first of them waits.
  static constexpr Duration dense = rest / 4;

  // A turn that began at `now` has so many messages from the network; 0 tells nothing.
  void turned(Instant now, std::size_t messages) {
    if (messages == 0) return;
    const auto gap = (now - last_) / static_cast<Duration::rep>(messages);
    average_gap_ += (std::min(gap, gap_max) - average_gap_) / weight;
    last_ = now;
  }

  // In the past when there is nothing to wait for. Counted from the last turn's begin: whoever is
  // busy for longer has no rest.
  Instant rest_until() const { return average_gap_ < dense ? last_ + rest : Instant{}; }

 private:
  static constexpr Duration gap_max = 10 * rest;  // so that a pause is soon forgotten
  static constexpr Duration::rep weight = 8;

  Instant last_{};
  Duration average_gap_ = gap_max;
};

}  // namespace strowger::host
