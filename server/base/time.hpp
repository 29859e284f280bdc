// Time is an argument: nobody reads a clock outside host/. `Instant` is monotonic and drives
// timers; `WallTime` is the calendar and only ever labels things or feeds schedules.
#pragma once

#include <chrono>
#include <cstdint>

namespace strowger {

using Duration = std::chrono::nanoseconds;

// A clock without now(): instants come in from host/ (real) or sim/ (virtual).
struct Monotonic {
  using rep = Duration::rep;
  using period = Duration::period;
  using duration = Duration;
  using time_point = std::chrono::time_point<Monotonic>;
  static constexpr bool is_steady = true;
};
using Instant = Monotonic::time_point;

// UTC, milliseconds since the epoch.
using WallTime = std::chrono::sys_time<std::chrono::milliseconds>;

struct Now {
  Instant instant;
  WallTime wall;
};

constexpr std::int64_t milliseconds(Duration d) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(d).count();
}

}  // namespace strowger
