// Answer: 200 OK. From here on the caller pays, and no SIP code can be sent any more.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"

namespace strowger::actions {

namespace {

class Answer final : public flow::Runnable {
 public:
  Task<flow::Exit> run(flow::Run& run) const override {
    // When no session can be agreed on, the call has been refused with 488 and is over.
    co_await run.call().answer();
    co_return flow::Exit{};
  }
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data&) {
  return std::make_unique<Answer>();
}

}  // namespace

flow::ActionCode answer() { return make; }

}  // namespace strowger::actions
