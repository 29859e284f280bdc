// Can a call get out? Every callflow that can be reached from here is asked two things: is there a
// way that ends the call, and is there a way that runs out of blocks (and so returns to the block
// that ran it)? Computed together, as the least fixed point; a callflow with neither is an endless
// loop.
#include "model/lint_parts.hpp"

#include <map>
#include <string>
#include <vector>

namespace strowger::model {
namespace {

// How much a choice of the caller counts: leniently, a block with keys is an exit by itself.
enum class Strictness : std::uint8_t { lenient, strict };

struct Ways {
  bool end = false;      // by a terminal block
  bool run_out = false;  // past the last block

  bool any() const { return end || run_out; }
  bool operator==(const Ways&) const = default;
};

constexpr std::size_t followed_flows_max = 1'000;

class ExitFinder {
 public:
  ExitFinder(const Callflow& start, const Catalog& catalog, const Context& context,
             Strictness strictness);

  // Callflows that nobody knows end by themselves.
  Ways ways_of_flow(const std::string& id) const {
    const auto found = flows_.find(id);
    return found == flows_.end() ? Ways{true, true} : found->second.ways;
  }

 private:
  struct Flow {
    const Callflow* callflow = nullptr;
    Ways ways;
  };

  void collect();
  Ways ways_of(const Block& block) const;
  Ways ways_below(const Block& block, const Step& step) const;

  const Callflow& start_;
  const Catalog& catalog_;
  const Context& context_;
  Strictness strictness_;
  std::map<std::string, Flow> flows_;
};

ExitFinder::ExitFinder(const Callflow& start, const Catalog& catalog, const Context& context,
                       Strictness strictness)
    : start_(start), catalog_(catalog), context_(context), strictness_(strictness) {
  collect();
  for (bool changed = true; changed;) {
    changed = false;
    for (auto& [id, flow] : flows_) {
      const auto& root = flow.callflow->root;
      const Ways ways = root ? ways_of(*root) : Ways{false, true};
      changed = changed || ways != flow.ways;
      flow.ways = ways;
    }
  }
}

void ExitFinder::collect() {
  std::vector<std::pair<std::string, const Callflow*>> waiting{{start_.id, &start_}};
  while (!waiting.empty() && flows_.size() < followed_flows_max) {
    const auto [id, flow] = waiting.back();
    waiting.pop_back();
    if (!flows_.emplace(id, Flow{flow, {}}).second || !flow->root) continue;
    for_each_block(*flow->root, [&](const Block& block) {
      const std::string target(step_of(block, catalog_).runs(block));
      if (target.empty() || flows_.contains(target)) return;
      if (const Callflow* next = context_.callflow(target)) waiting.emplace_back(target, next);
    });
  }
}

Ways ExitFinder::ways_below(const Block& block, const Step& step) const {
  Ways ways;
  bool has_default = false;
  for (const Branch& branch : block.children) {
    if (!step.may_have_child(branch.key)) continue;
    has_default = has_default || branch.key == default_branch;
    const Ways below = ways_of(branch.block);
    ways.end = ways.end || below.end;
    ways.run_out = ways.run_out || below.run_out;
  }
  // Without a default branch some key leads nowhere.
  if (!has_default) ways.run_out = true;
  return ways;
}

Ways ExitFinder::ways_of(const Block& block) const {
  const Step step = step_of(block, catalog_);
  if (step.action != nullptr && !step.skipped) {
    if (step.action->terminal) return {true, false};
    const bool keyed = step.action->branches == Branches::keyed;
    if (keyed && strictness_ == Strictness::lenient) return {true, true};
  }
  const std::string target(step.runs(block));
  if (target.empty()) return ways_below(block, step);
  const Ways inside = ways_of_flow(target);
  if (!inside.run_out) return {inside.end, false};
  Ways after = ways_below(block, step);
  after.end = after.end || inside.end;
  return after;
}

}  // namespace

void lint_loops(const Callflow& callflow, const Catalog& catalog, const Context& context,
                Findings& findings) {
  if (!callflow.root) return;
  const ExitFinder strict(callflow, catalog, context, Strictness::strict);
  const ExitFinder lenient(callflow, catalog, context, Strictness::lenient);
  for_each_block(*callflow.root, [&](const Block& block) {
    const Step step = step_of(block, catalog);
    const std::string target(step.runs(block));
    if (target.empty() || strict.ways_of_flow(target).any()) return;
    const bool hopeless = !lenient.ways_of_flow(target).any();
    const std::string data = block.pointer + "/data/" + pointer_token(step.action->runs);
    const auto note = [&](Severity severity, const char* code, std::string_view form, Words hint) {
      add_finding(findings, finding_in_words(severity, code, data, block.id,
                                             {form, {{"callflow", target}}}, std::move(hint)));
    };
    if (hopeless) {
      note(Severity::error, "endless-loop",
           "Every way through the callflow “{{callflow}}” leads back into it: the call would never "
           "end.",
           "Give it a way that ends.");
    } else {
      note(Severity::warning, "loop-until-hangup",
           "Whatever the caller keys, the callflow “{{callflow}}” starts again; only hanging up "
           "leads out.",
           "Give it a way that ends, for example after some time.");
    }
  });
}

}  // namespace strowger::model
