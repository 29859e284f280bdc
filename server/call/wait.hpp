// The one place where a call's script waits. A Wait lives in the frame of the coroutine that awaits
// it, so destroying the script takes it away from the call.
#pragma once

#include "call/call.hpp"

namespace strowger::call {

struct Call::Wait {
  Call& call;
  unsigned wanted;             // of Happening
  std::optional<Instant> due;  // time_up happens then
  std::coroutine_handle<> script{};
  Happening what = Happening::time_up;

  bool await_ready() const noexcept { return false; }
  void await_suspend(std::coroutine_handle<> handle) {
    script = handle;
    call.waiting_ = this;
    if (due) call.arm(Alarm::wait, *due);
  }
  Happening await_resume() const noexcept { return what; }

  Wait(Call& owner, unsigned happenings, std::optional<Instant> until)
      : call(owner), wanted(happenings), due(until) {}
  Wait(const Wait&) = delete;
  Wait& operator=(const Wait&) = delete;
  ~Wait() {
    if (call.waiting_ != this) return;
    call.waiting_ = nullptr;
    call.disarm(Alarm::wait);
  }
};

}  // namespace strowger::call
