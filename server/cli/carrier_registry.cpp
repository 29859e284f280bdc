#include "cli/carrier_registry.hpp"

namespace strowger::cli {

std::shared_ptr<call::CarrierState> CarrierRegistry::state(const std::string& account,
                                                           const std::string& trunk) {
  return in(states_, account + "/" + trunk);
}

std::shared_ptr<call::CallBudget> CarrierRegistry::budget(const std::string& account,
                                                          std::string_view seat) {
  return in(budgets_, account + "/" + std::string(seat));
}

std::shared_ptr<flow::Carriers::Counts> CarrierRegistry::counts(const std::string& account) {
  return in(counts_, account);
}

CarrierRegistry::Totals CarrierRegistry::totals() const {
  const std::lock_guard lock(mutex_);
  Totals sum;
  for (const auto& [account, counts] : counts_) {
    sum.refused += counts->refused;
    sum.beyond_limits += counts->beyond_limits;
  }
  for (const auto& [trunk, state] : states_) {
    sum.worked += state->worked();
    sum.failed += state->failed();
    sum.calls += state->calls();
    const auto login = state->status().login;
    if (login == call::CarrierLogin::registered) ++sum.registered;
    else if (login != call::CarrierLogin::off) ++sum.unregistered;
  }
  return sum;
}

}  // namespace strowger::cli
