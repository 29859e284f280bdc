#include "model/schedule.hpp"

#include <utility>

namespace strowger::model {

Schedule::Schedule(std::vector<TemporalRule> rules, std::vector<TemporalRuleSet> sets) {
  for (auto& rule : rules) {
    auto id = rule.id;
    rules_.emplace(std::move(id), std::move(rule));
  }
  for (auto& set : sets) {
    auto id = set.id;
    sets_.emplace(std::move(id), std::move(set));
  }
}

const TemporalRule* Schedule::rule(std::string_view id) const {
  const auto found = rules_.find(id);
  return found == rules_.end() ? nullptr : &found->second;
}

const TemporalRuleSet* Schedule::set(std::string_view id) const {
  const auto found = sets_.find(id);
  return found == sets_.end() ? nullptr : &found->second;
}

std::vector<const TemporalRule*> Schedule::rules_of(const TemporalRuleSet& set) const {
  std::vector<const TemporalRule*> all;
  for (const auto& id : set.rules) {
    if (const auto* const found = rule(id)) all.push_back(found);
  }
  return all;
}

}  // namespace strowger::model
