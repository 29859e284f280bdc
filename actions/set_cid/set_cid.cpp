// Set Caller ID: another name or number for the phones that are rung.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"
#include "model/call_preferences.hpp"

#include <utility>

namespace strowger::actions {

namespace {

constexpr std::size_t name_bytes_max = 512;  // 128 characters

class SetCid final : public flow::Runnable {
 public:
  SetCid(std::string name, std::string number)
      : name_(std::move(name)), number_(std::move(number)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    auto& shown = run.call().presentation();
    if (!name_.empty()) shown.name = name_;
    if (!number_.empty()) shown.number = number_;
    co_return flow::Exit{};
  }

 private:
  std::string name_;
  std::string number_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto name = data.text("caller_id_name");
  const auto number = data.text("caller_id_number");
  if (!name) return unexpected(name.error());
  if (!number) return unexpected(number.error());
  auto wanted = number->value_or("");
  if (!wanted.empty() && !model::is_dialable(wanted)) {
    return complain("`caller_id_number` has to be a number: digits, letters, * # + - . _");
  }
  if (name->value_or("").size() > name_bytes_max) return complain("`caller_id_name` is too long");
  return std::make_unique<SetCid>(name->value_or(""), std::move(wanted));
}

}  // namespace

flow::ActionCode set_cid() { return make; }

}  // namespace strowger::actions
