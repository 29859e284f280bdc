// For tests whose far ends are in the same thread and not watched by the loop: it looks again and
// again, and ends when `done` says so.
#pragma once

#include "host/clock.hpp"
#include "host/loop.hpp"

#include <chrono>
#include <functional>

namespace strowger::host {

class Watcher final : public Loop::Turn {
 public:
  Watcher(Loop& loop, const std::function<bool()>& done) : loop_(loop), done_(done) {}
  std::optional<Instant> deadline() const override {
    return monotonic_now() + std::chrono::microseconds{100};
  }
  void finish(Now) override {
    if (done_()) loop_.stop();
  }

 private:
  Loop& loop_;
  const std::function<bool()>& done_;
};

}  // namespace strowger::host
