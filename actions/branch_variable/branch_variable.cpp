// Branch Variable: the value of a call variable names the branch.
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"

namespace strowger::actions {

namespace {

std::optional<std::string> value_of(const call::Call& call, const std::string& variable) {
  if (auto set = call.variable(variable)) return set;
  if (variable == "caller_id_number") return call.calling_number();
  if (variable == "callee_id_number") return call.called_number();
  return std::nullopt;
}

class BranchVariable final : public flow::Runnable {
 public:
  explicit BranchVariable(std::string variable) : variable_(std::move(variable)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    const auto value = value_of(run.call(), variable_);
    if (!value) {
      run.call().note("variable \"" + variable_ + "\" is not set");
      co_return flow::Exit{};
    }
    if (!run.block().children.contains(*value)) co_return flow::Exit{};
    co_return flow::Exit{*value};
  }

 private:
  std::string variable_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto variable = data.text("variable");
  if (!variable) return unexpected(variable.error());
  if (!*variable || (*variable)->empty()) return complain("`variable` must name a variable");
  const auto scope = data.text("scope");
  if (!scope) return unexpected(scope.error());
  if (scope->value_or("custom_channel_vars") != "custom_channel_vars") {
    return complain("`scope` must be custom_channel_vars");
  }
  return std::make_unique<BranchVariable>(**variable);
}

}  // namespace

flow::ActionCode branch_variable() { return make; }

}  // namespace strowger::actions
