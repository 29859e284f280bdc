// Collect DTMF: keys into a variable.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"

namespace strowger::actions {

namespace {

struct Params {
  std::string variable;
  std::size_t max_digits = 1;
  Duration first_digit{};
  Duration next_digit{};
  std::string terminators;
};

class CollectDtmf final : public flow::Runnable {
 public:
  explicit CollectDtmf(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    call::Call& call = run.call();
    co_await call.answer();
    if (call.over()) co_return flow::Exit{};
    const auto collected = co_await call.collect({.max_digits = params_.max_digits,
                                                  .first_digit = params_.first_digit,
                                                  .next_digit = params_.next_digit,
                                                  .terminators = params_.terminators});
    call.set_variable(params_.variable, collected.digits);
    co_return flow::Exit{};
  }

 private:
  Params params_;
};

Result<std::string, Complaint> terminators_of(const flow::Data& data) {
  const auto one = data.text("terminator");
  const auto several = data.texts("terminators");
  if (!one) return unexpected(one.error());
  if (!several) return unexpected(several.error());
  std::string keys = one->value_or("");
  for (const auto& key : *several) keys += key;
  if (keys.empty() && !data.has("terminators")) keys = "#";
  return keys;
}

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto name = data.text("collection_name");
  const auto most = data.integer("max_digits", 1, 64, 1);
  const auto first = data.integer("timeout", 0, 120'000, 5'000);
  const auto next = data.integer("interdigit_timeout", 0, 120'000, 2'000);
  const auto terminators = terminators_of(data);
  if (!name) return unexpected(name.error());
  if (!most) return unexpected(most.error());
  if (!first) return unexpected(first.error());
  if (!next) return unexpected(next.error());
  if (!terminators) return unexpected(terminators.error());
  return std::make_unique<CollectDtmf>(Params{.variable = name->value_or("default"),
                                              .max_digits = static_cast<std::size_t>(*most),
                                              .first_digit = std::chrono::milliseconds{*first},
                                              .next_digit = std::chrono::milliseconds{*next},
                                              .terminators = *terminators});
}

}  // namespace

flow::ActionCode collect_dtmf() { return make; }

}  // namespace strowger::actions
