// The real clocks. Nobody above host/ reads one: time reaches them as an argument.
#pragma once

#include "base/time.hpp"

namespace strowger::host {

Instant monotonic_now();  // CLOCK_MONOTONIC
WallTime wall_now();      // CLOCK_REALTIME
Duration calendar_now();  // likewise, since its epoch, to the nanosecond: for the kernel's stamps
Now real_now();

}  // namespace strowger::host
