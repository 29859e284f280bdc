#include "host/clock.hpp"

#include <time.h>

namespace strowger::host {

namespace {
Duration read(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::chrono::seconds{time.tv_sec} + std::chrono::nanoseconds{time.tv_nsec};
}
}  // namespace

Instant monotonic_now() { return Instant{read(CLOCK_MONOTONIC)}; }

Duration calendar_now() { return read(CLOCK_REALTIME); }

WallTime wall_now() {
  return WallTime{std::chrono::duration_cast<std::chrono::milliseconds>(calendar_now())};
}

Now real_now() { return {monotonic_now(), wall_now()}; }

}  // namespace strowger::host
