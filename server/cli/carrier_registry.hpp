// What is shared about the carriers of all accounts, over reloads of the configuration: states of
// trunks, what accounts and seats have spent, what was refused. From any thread; the lock is held
// for a look into a map.
#pragma once

#include "flow/carriers.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace strowger::cli {

class CarrierRegistry {
 public:
  std::shared_ptr<call::CarrierState> state(const std::string& account, const std::string& trunk);
  std::shared_ptr<call::CallBudget> budget(const std::string& account, std::string_view seat);
  std::shared_ptr<flow::Carriers::Counts> counts(const std::string& account);

  // Sums over accounts, for /metrics.
  struct Totals {
    std::uint64_t refused = 0;
    std::uint64_t beyond_limits = 0;
    std::uint64_t worked = 0;
    std::uint64_t failed = 0;
    std::int64_t calls = 0;
    std::uint64_t registered = 0;
    std::uint64_t unregistered = 0;  // though they should be
  };
  Totals totals() const;

 private:
  template <class Thing>
  using ByName = std::map<std::string, std::shared_ptr<Thing>, std::less<>>;

  template <class Thing>
  std::shared_ptr<Thing> in(ByName<Thing>& all, const std::string& name) {
    const std::lock_guard lock(mutex_);
    auto& one = all[name];
    if (!one) one = std::make_shared<Thing>();
    return one;
  }

  mutable std::mutex mutex_;
  ByName<call::CarrierState> states_;             // "account/trunk"
  ByName<call::CallBudget> budgets_;              // "account/seat", "account/"
  ByName<flow::Carriers::Counts> counts_;  // by account
};

}  // namespace strowger::cli
