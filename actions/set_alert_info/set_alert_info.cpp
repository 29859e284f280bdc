// Distinctive Ring: an Alert-Info header for the phones that are rung (RFC 3261 §20.4).
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"

#include <utility>

namespace strowger::actions {

namespace {

class SetAlertInfo final : public flow::Runnable {
 public:
  explicit SetAlertInfo(std::string text) : text_(std::move(text)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    run.call().presentation().alert_info = text_;
    co_return flow::Exit{};
  }

 private:
  std::string text_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto text = data.text("alert_info");
  if (!text) return unexpected(text.error());
  auto wanted = text->value_or("");
  if (!call::is_alert_info(wanted)) {
    return complain("`alert_info` has to be 1 to 256 printable ASCII characters in one line");
  }
  return std::make_unique<SetAlertInfo>(std::move(wanted));
}

}  // namespace

flow::ActionCode set_alert_info() { return make; }

}  // namespace strowger::actions
