// Hang Up: ends the call without a code of its own.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"

namespace strowger::actions {

namespace {

class HangUp final : public flow::Runnable {
 public:
  Task<flow::Exit> run(flow::Run& run) const override {
    run.call().hang_up();
    co_return flow::Exit{};
  }
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data&) {
  return std::make_unique<HangUp>();
}

}  // namespace

flow::ActionCode hangup() { return make; }

}  // namespace strowger::actions
