// Prepend and Reset Prepend: something before the caller's name or number.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"
#include "model/call_preferences.hpp"

#include <utility>

namespace strowger::actions {

namespace {

// Of all prefixes together: a loop of callflows must not let them grow.
constexpr std::size_t prefix_bytes_max = 256;

struct Params {
  bool reset = false;
  bool current = false;
  std::string name;
  std::string number;
};

void put_before(std::string& prefix, const std::string& text) {
  if (prefix.size() + text.size() <= prefix_bytes_max) prefix.insert(0, text);
}

class PrependCid final : public flow::Runnable {
 public:
  explicit PrependCid(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    auto& shown = run.call().presentation();
    if (params_.reset || !params_.current) {
      shown.name = shown.number = std::nullopt;
      shown.name_prefix.clear();
      shown.number_prefix.clear();
    }
    if (!params_.reset) {
      put_before(shown.name_prefix, params_.name);
      put_before(shown.number_prefix, params_.number);
    }
    co_return flow::Exit{};
  }

 private:
  Params params_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto action = data.text("action");
  const auto name = data.text("caller_id_name_prefix");
  const auto number = data.text("caller_id_number_prefix");
  const auto apply_to = data.text("apply_to");
  if (!action) return unexpected(action.error());
  if (!name) return unexpected(name.error());
  if (!number) return unexpected(number.error());
  if (!apply_to) return unexpected(apply_to.error());
  const auto what = action->value_or("prepend");
  const auto where = apply_to->value_or("original");
  if (what != "prepend" && what != "reset") return complain("`action` must be prepend or reset");
  if (where != "original" && where != "current") {
    return complain("`apply_to` must be original or current");
  }
  Params params{.reset = what == "reset",
                .current = where == "current",
                .name = name->value_or(""),
                .number = number->value_or("")};
  if (!params.number.empty() && !model::is_dialable(params.number)) {
    return complain("`caller_id_number_prefix` has to be of digits, letters, * # + - . _");
  }
  return std::make_unique<PrependCid>(std::move(params));
}

}  // namespace

flow::ActionCode prepend_cid() { return make; }

}  // namespace strowger::actions
