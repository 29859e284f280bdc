// The real clocks. Nobody above host/ reads one: time reaches them as an argument.
#pragma once

#include "base/time.hpp"

namespace strowger::host {

Instant monotonic_now();  // CLOCK_MONOTONIC
WallTime wall_now();      // CLOCK_REALTIME
Now real_now();

}  // namespace strowger::host
