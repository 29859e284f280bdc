#include "sim/scenario_run.hpp"

#include "sim/judgement.hpp"
#include "sim/script.hpp"
#include "sim/stage.hpp"
#include "sip/headers.hpp"

#include <fmt/format.h>

#include <memory>
#include <vector>

namespace strowger::sim {
namespace {

constexpr Duration run_max = std::chrono::hours{26};  // more than the longest limit of a call
// After this nothing may be left: 64*T1 for the last transaction, and some air.
constexpr Duration settle_max = std::chrono::minutes{2};

// Adapts a script to the phone of a caller.
class Scripted final : public Director {
 public:
  Scripted(const Scenario& scenario, Phone& phone, Script::Options options, std::string who,
           std::shared_ptr<Baton> baton)
      : script_(scenario, phone, options, std::move(who), std::move(baton)) {}
  void advance(Phone&, Now now) override { script_.advance(now); }
  std::optional<Instant> deadline(const Phone&) const override { return script_.deadline(); }
  Script& script() { return script_; }

 private:
  Script script_;
};

class Run {
 public:
  Run(const Scenario& scenario, flow::SnapshotPtr snapshot, std::uint64_t seed)
      : scenario_(scenario), stage_(scenario, std::move(snapshot), seed) {}

  Verdict play() {
    start();
    World& world = stage_.world();
    const Instant begin = world.now().instant;
    world.run_until(begin + run_max, [this] { return all_settled(); });
    if (scenario_.settle && all_finished()) {
      world.run_until(world.now().instant + *scenario_.settle);
      const std::string left = stage_.server().left_over();
      if (!left.empty()) fail({0, "nothing left", left}, *stage_.callers().front());
    }
    const Duration played = world.elapsed();
    world.run_until(world.now().instant + settle_max);
    judge();
    return {report_.empty(), report_, played};
  }

 private:
  void start() {
    Script::Options options;
    options.judge_sound = !scenario_.faulty;
    const auto shared = std::make_shared<Baton>(scenario_.steps.size());
    for (std::size_t i = 0; i < stage_.phones().size(); ++i) {
      const std::string& name = scenario_.phones[i].name;
      begin(*stage_.phones()[i], options, name, shared, {});
    }
    int number = 0;
    const bool alone = stage_.phones().empty();
    for (auto& caller : stage_.callers()) {
      const auto baton = alone ? std::make_shared<Baton>(scenario_.steps.size()) : shared;
      begin(*caller, options, "", baton, number++ * scenario_.every);
    }
    if (!alone) shared->on_met = [this] { look_again(); };
  }

  void begin(Caller& party, Script::Options options, const std::string& who,
             const std::shared_ptr<Baton>& baton, Duration after) {
    parties_.push_back(&party);
    scripts_.push_back(std::make_unique<Scripted>(scenario_, party.phone(), options, who, baton));
    stage_.world().after(
        after, [party = &party, script = scripts_.back().get()] { party->begin(*script); });
  }

  // Somebody's step is met: it may be another one's turn.
  void look_again() {
    stage_.world().after({}, [this] {
      for (std::size_t i = 0; i < parties_.size(); ++i) parties_[i]->begin(*scripts_[i]);
    });
  }

  bool all_settled() {
    for (std::size_t i = 0; i < scripts_.size(); ++i) {
      Script& script = scripts_[i]->script();
      if (!script.finished() && !script.stuck(stage_.world().now())) return false;
    }
    return true;
  }

  bool all_finished() {
    for (auto& script : scripts_) {
      if (!script->script().finished()) return false;
    }
    return true;
  }

  void judge() {
    for (std::size_t i = 0; i < scripts_.size(); ++i) {
      Script& script = scripts_[i]->script();
      script.conclude(stage_.world().now());
      if (script.failure()) fail(*script.failure(), *parties_[i]);
    }
    Caller& first = *stage_.callers().front();
    if (const std::string broken = stage_.broken_invariant(); !broken.empty()) {
      fail({0, "the invariants of every call", broken}, first);
    }
    for (const LogCheck& check : scenario_.log_checks) check_log(check);
    for (auto& caller : stage_.callers()) check_records(*caller);
  }

  void check_log(const LogCheck& check) {
    for (const call::Logged& line : stage_.server().log()) {
      if (check.level && line.level != *check.level) continue;
      if (text_matches(line.text, check.pattern)) return;
    }
    std::string lines;
    for (const call::Logged& line : stage_.server().log()) lines += "\n      " + line.text;
    fail({check.line, check.text, lines.empty() ? "an empty log" : "this log:" + lines},
         *stage_.callers().front());
  }

  void check_records(Caller& caller) {
    if (scenario_.record_checks.empty() || caller.phone().passed().empty()) return;
    const std::string call_id(sip::call_id(*caller.phone().passed().front().message));
    std::optional<model::CallRecord> own;
    for (model::CallRecord& record : stage_.server().records()) {
      if (record.call_id == call_id) own = std::move(record);
    }
    for (const RecordCheck& check : scenario_.record_checks) check_record(check, own, caller);
  }

  void check_record(const RecordCheck& check, const std::optional<model::CallRecord>& record,
                    const Caller& caller) {
    if (const auto failure = judge_record(check, record)) fail(*failure, caller);
  }

  // Only the first failure is told: the others follow from it.
  void fail(const Failure& failure, const Caller& caller) {
    if (!report_.empty()) return;
    report_ = failure_report(scenario_, failure, const_cast<Caller&>(caller).phone());
  }

  const Scenario& scenario_;
  Stage stage_;
  std::vector<Caller*> parties_;
  std::vector<std::unique_ptr<Scripted>> scripts_;  // of these
  std::string report_;
};

}  // namespace

Verdict run_scenario(const Scenario& scenario, std::uint64_t seed) {
  auto snapshot = make_snapshot(scenario);
  if (!snapshot) {
    return {false,
            fmt::format("{}:{}: {}\n  {}\n", scenario.file, scenario.line, scenario.name,
                        snapshot.error().what),
            {}};
  }
  return Run(scenario, std::move(*snapshot), seed).play();
}

}  // namespace strowger::sim
