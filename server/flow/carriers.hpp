// The carriers of an account as calls look them up: its trunks with what is shared about each, its
// numbers, and what it and its seats may spend. Immutable but for the shared states.
#pragma once

#include "call/call_budget.hpp"
#include "call/carrier_logins.hpp"
#include "call/carrier_state.hpp"
#include "model/account_settings.hpp"
#include "model/trunk.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::flow {

struct Carrier {
  model::Trunk trunk;
  std::string password;                       // "" for none
  std::shared_ptr<call::CarrierState> state;  // never null

  // Is that one of its addresses at this moment?
  bool is_at(const IpAddress& address) const;
  // Is that one of the links that we open to it? See sip::Peer::link.
  bool is_linked(std::uint32_t link) const;
  sip::Login login() const {
    return {trunk.outbound.username, password, trunk.outbound.realm};
  }
};

class Carriers {
 public:
  Carriers() = default;
  // `budget_of` gives the shared counts of a seat's calls; of "" the account's.
  using BudgetOf = std::function<std::shared_ptr<call::CallBudget>(std::string_view seat)>;
  struct Counts {
    std::atomic<std::uint64_t> refused = 0;
    std::atomic<std::uint64_t> beyond_limits = 0;  // of them: by an hour's limits
  };
  Carriers(std::vector<Carrier> carriers, const model::AccountSettings& settings,
           BudgetOf budget_of, std::shared_ptr<Counts> counts);

  // Null when there is none.
  const Carrier* find(std::string_view trunk) const;
  // In the order in which they are tried.
  std::span<const Carrier> all() const { return carriers_; }
  const model::DialPlan& plan() const { return plan_; }
  // Never null.
  std::shared_ptr<call::CallBudget> budget(std::string_view seat = {}) const;

  // For those who watch: calls that were not allowed, and of these, those beyond a limit.
  void count_refused() const { counts_->refused.fetch_add(1); }
  void count_fraud_limit() const { counts_->beyond_limits.fetch_add(1); }

  // Where to register.
  std::vector<call::CarrierAccount> accounts(std::string_view account) const;

 private:
  std::vector<Carrier> carriers_;
  model::DialPlan plan_;
  BudgetOf budget_of_;
  std::shared_ptr<Counts> counts_ = std::make_shared<Counts>();
};

}  // namespace strowger::flow
