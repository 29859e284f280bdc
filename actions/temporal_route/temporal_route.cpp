// Time of Day: the rule that applies at the time of the call names the branch; or rules are
// switched on and off.
#include "base/time_zone.hpp"
#include "call/call.hpp"
#include "flow/data.hpp"
#include "flow/run.hpp"
#include "model/schedule.hpp"

#include <boost/json/object.hpp>

#include <algorithm>
#include <utility>

namespace strowger::actions {

namespace {

using Rules = std::vector<const model::TemporalRule*>;

constexpr const char* set_branch = "rule_set";

struct Params {
  std::optional<TimeZone> zone;  // none: the account's
  std::vector<std::string> rules;
  std::string rule_set;
};

Rules rules_of_set(flow::Run& run, const std::string& id) {
  if (id.empty()) return {};
  const auto* const set = run.schedule().set(id);
  if (set != nullptr) return run.schedule().rules_of(*set);
  run.call().note("there is no rule set " + id);
  return {};
}

Rules rules_named(flow::Run& run, const std::vector<std::string>& ids) {
  Rules all;
  for (const auto& id : ids) {
    if (const auto* const rule = run.schedule().rule(id)) all.push_back(rule);
    else run.call().note("there is no rule " + id);
  }
  return all;
}

// Those that branches are named after; the more special a rule is, the sooner it counts.
Rules rules_of_branches(flow::Run& run) {
  std::vector<std::string> ids;
  for (const auto& [key, block] : run.block().children) {
    if (key != "_" && key != set_branch) ids.push_back(key);
  }
  auto all = rules_named(run, ids);
  std::ranges::stable_sort(all, {}, [](const auto* rule) { return rule->cycle; });
  return all;
}

class TemporalRoute final : public flow::Runnable {
 public:
  explicit TemporalRoute(Params params) : params_(std::move(params)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    const TimeZone zone = zone_for(run);
    const LocalTime time = zone.local(run.call().now().wall);
    const auto applying = [&](const auto* rule) { return model::applies(*rule, time, zone); };
    const auto rules = params_.rules.empty() ? rules_of_branches(run)
                                             : rules_named(run, params_.rules);
    const auto found = std::ranges::find_if(rules, applying);
    if (found != rules.end()) co_return flow::Exit{(*found)->id};
    const auto set = rules_of_set(run, params_.rule_set);
    if (std::ranges::any_of(set, applying)) co_return flow::Exit{set_branch};
    co_return flow::Exit{};
  }

 private:
  TimeZone zone_for(const flow::Run& run) const {
    if (params_.zone) return *params_.zone;
    // Its name was checked when it was saved, and its file read.
    return TimeZone::named(run.settings().timezone).value_or(TimeZone::utc());
  }

  Params params_;
};

// Enable, Disable, Reset: for all calls from then on.
class TemporalSwitch final : public flow::Runnable {
 public:
  TemporalSwitch(Params params, std::string action)
      : params_(std::move(params)), action_(std::move(action)) {}

  Task<flow::Exit> run(flow::Run& run) const override {
    auto rules = rules_named(run, params_.rules);
    for (const auto* const rule : rules_of_set(run, params_.rule_set)) rules.push_back(rule);
    for (const auto* const rule : rules) {
      boost::json::object patch;
      // KAZOO's member: true and false force the rule, without it time decides.
      patch["enabled"] = nullptr;
      if (action_ != "reset") patch["enabled"] = action_ == "enable";
      run.change(model::DocumentChange::Kind::temporal_rule, rule->id, std::move(patch),
                 "rule " + rule->id + ": " + action_);
    }
    co_return flow::Exit{};
  }

 private:
  Params params_;
  std::string action_;
};

Result<std::unique_ptr<flow::Runnable>, Complaint> make(const flow::Data& data) {
  const auto timezone = data.text("timezone");
  const auto rules = data.texts("rules");
  const auto set = data.text("rule_set");
  const auto action = data.text("action");
  if (!timezone) return unexpected(timezone.error());
  if (!rules) return unexpected(rules.error());
  if (!set) return unexpected(set.error());
  if (!action) return unexpected(action.error());
  Params params{.zone = {}, .rules = *rules, .rule_set = set->value_or("")};
  if (params.rules.size() > model::temporal_rules_max) return complain("`rules` has too many");
  if (const auto name = timezone->value_or(""); !name.empty()) {
    params.zone = TimeZone::named(name);
    if (!params.zone) return complain("there is no time zone \"" + name + "\"");
  }
  auto what = action->value_or("");
  if (what.empty() || what == "none") return std::make_unique<TemporalRoute>(std::move(params));
  if (what != "enable" && what != "disable" && what != "reset") {
    return complain("`action` must be enable, disable or reset");
  }
  if (params.rules.empty() && params.rule_set.empty()) {
    return complain("it is not said which rules to " + what + ": give `rules` or `rule_set`");
  }
  return std::make_unique<TemporalSwitch>(std::move(params), std::move(what));
}

}  // namespace

flow::ActionCode temporal_route() { return make; }

}  // namespace strowger::actions
