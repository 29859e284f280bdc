// The rules and rule sets of Time of Day of an account, as calls look them up. Immutable; safe to
// share between shards.
#pragma once

#include "model/temporal_rule.hpp"

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {

class Schedule {
 public:
  Schedule() = default;
  Schedule(std::vector<TemporalRule> rules, std::vector<TemporalRuleSet> sets);

  // nullptr when there is no such.
  const TemporalRule* rule(std::string_view id) const;
  const TemporalRuleSet* set(std::string_view id) const;
  // Of a set; those that do not exist are left out.
  std::vector<const TemporalRule*> rules_of(const TemporalRuleSet& set) const;

 private:
  std::map<std::string, TemporalRule, std::less<>> rules_;
  std::map<std::string, TemporalRuleSet, std::less<>> sets_;
};

}  // namespace strowger::model
