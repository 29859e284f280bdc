// Privacy: hides the caller from the phones that are rung (RFC 3323).
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"

namespace strowger::actions {

namespace {

class Privacy final : public flow::Runnable {
 public:
  Privacy(bool name, bool number) : name_(name), number_(number) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    auto& shown = run.call().presentation();
    shown.hide_name = name_;
    shown.hide_number = number_;
    co_return flow::Exit{};
  }

 private:
  bool name_;
  bool number_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto mode = data.text("mode");
  if (!mode) return unexpected(mode.error());
  const auto hide = mode->value_or("full");
  if (hide != "full" && hide != "name" && hide != "number" && hide != "none") {
    return complain("`mode` must be full, name, number or none");
  }
  const bool full = hide == "full";
  return std::make_unique<Privacy>(full || hide == "name", full || hide == "number");
}

}  // namespace

flow::ActionCode privacy() { return make; }

}  // namespace strowger::actions
