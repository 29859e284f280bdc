#include "host/signals.hpp"

#include <signal.h>

#include <cerrno>

namespace strowger::host {

namespace {
sigset_t watched() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGTERM);
  sigaddset(&set, SIGINT);
  sigaddset(&set, SIGHUP);
  return set;
}
}  // namespace

Signals::Signals() {
  signal(SIGPIPE, SIG_IGN);
  const auto set = watched();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

std::optional<Signal> Signals::wait(std::optional<Duration> patience) const {
  const auto set = watched();
  int number = -1;
  if (patience) {
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(*patience);
    const timespec time{.tv_sec = seconds.count(), .tv_nsec = (*patience - seconds).count()};
    number = sigtimedwait(&set, nullptr, &time);
  } else {
    number = sigwaitinfo(&set, nullptr);
  }
  if (number < 0) return std::nullopt;  // time is up, or a debugger interrupted
  return number == SIGHUP ? Signal::reload : Signal::end;
}

}  // namespace strowger::host
