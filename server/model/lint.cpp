#include "model/lint.hpp"

#include "base/time_zone.hpp"
#include "model/lint_parts.hpp"
#include "model/response_check.hpp"

#include <algorithm>
#include <set>
#include <vector>

namespace strowger::model {
namespace {

namespace json = boost::json;

constexpr std::string_view response_module = "response";
constexpr std::string_view clock_module = "temporal_route";
constexpr std::string_view pickup_module = "group_pickup";
constexpr std::size_t sub_flows_max = 100;  // looked into from one block

const char* missing_code(RefTarget target) {
  switch (target) {
    case RefTarget::media: return "missing-media";
    case RefTarget::callflow: return "missing-callflow";
    case RefTarget::menu: return "missing-menu";
    case RefTarget::seat: return "missing-seat";
    case RefTarget::device: return "missing-device";
    case RefTarget::ring_group: return "missing-ring-group";
    case RefTarget::temporal_rule: return "missing-temporal-rule";
    case RefTarget::temporal_rule_set: return "missing-temporal-rule-set";
    case RefTarget::trunk: return "missing-trunk";
  }
  return "";
}

class BlockLinter {
 public:
  BlockLinter(const Callflow& callflow, const Catalog& catalog, const Context& context,
              Findings& findings)
      : callflow_(callflow), catalog_(catalog), context_(context), findings_(findings) {}

  // `answered_by`: title of the block above that answers the call; "" for none.
  void walk(const Block& block, std::string_view answered_by) {
    const Step step = step_of(block, catalog_);
    check_block(block, step, answered_by);
    check_sub_flow(block, step, answered_by);
    const bool answers = step.answers(block) || sub_flow_has(block, step, Trait::answers);
    const std::string_view answered =
        answered_by.empty() && answers ? std::string_view(step.action->title) : answered_by;
    for (const Branch& branch : block.children) {
      const bool reachable = step.may_have_child(branch.key);
      if (!reachable) note_unreachable(block, step, branch);
      else check_key(block, step, branch);
      walk(branch.block, reachable ? answered : std::string_view());
    }
  }

 private:
  void note(const Block& block, Severity severity, const char* code, std::string pointer,
            Words text, Words hint) {
    add_finding(findings_, finding_in_words(severity, code, std::move(pointer), block.id,
                                            std::move(text), std::move(hint)));
  }

  enum class Trait : std::uint8_t { answers, responds };

  void check_block(const Block& block, const Step& step, std::string_view answered_by);
  void check_sub_flow(const Block& block, const Step& step, std::string_view answered_by);
  // Has the callflow that the block runs, or one below it, a block of that kind?
  bool sub_flow_has(const Block& block, const Step& step, Trait trait) const;
  bool has(const Block& block, Trait trait) const;
  void check_known(const Block& block, const Step& step, std::string_view answered_by);
  void check_timezone(const Block& block);
  void check_pickup(const Block& block);
  void check_refs(const Block& block, const std::vector<Param>& params,
                  const json::object& members, const std::string& pointer);
  void check_ref(const Block& block, const Param& param, const json::value& value,
                 const std::string& pointer);
  void check_key(const Block& block, const Step& step, const Branch& branch);
  void note_unreachable(const Block& block, const Step& step, const Branch& branch);
  void note_all(const Findings& found, bool mild);

  const Callflow& callflow_;
  const Catalog& catalog_;
  const Context& context_;
  Findings& findings_;
};

void BlockLinter::note_all(const Findings& found, bool mild) {
  for (Finding finding : found) {
    if (mild && finding.severity == Severity::error) finding.severity = Severity::warning;
    add_finding(findings_, std::move(finding));
  }
}

void BlockLinter::check_block(const Block& block, const Step& step,
                              std::string_view answered_by) {
  if (step.skipped) {
    note(block, Severity::info, "skipped-block", block.pointer + "/data/skip_module",
         "The block is switched off: calls go on to its default branch.", "");
  }
  if (step.action == nullptr) {
    note(block, step.skipped ? Severity::warning : Severity::error, "unknown-module",
         block.pointer + "/module",
         {"There is no action “{{module}}”.", {{"module", block.module}}},
         "The block is kept as it is; replace it, or switch it off with skip_module.");
    return;
  }
  check_known(block, step, answered_by);
}

bool BlockLinter::has(const Block& block, Trait trait) const {
  const Step step = step_of(block, catalog_);
  if (trait == Trait::answers) return step.answers(block);
  return !step.skipped && block.module == response_module;
}

bool BlockLinter::sub_flow_has(const Block& block, const Step& step, Trait trait) const {
  std::vector<std::string> waiting{std::string(step.runs(block))};
  std::set<std::string> seen{callflow_.id};  // this one is linted anyway
  while (!waiting.empty() && seen.size() < sub_flows_max) {
    const std::string id = std::move(waiting.back());
    waiting.pop_back();
    if (id.empty() || !seen.insert(id).second) continue;
    const Callflow* flow = context_.callflow(id);
    if (flow == nullptr || !flow->root) continue;
    bool found = false;
    for_each_block(*flow->root, [&](const Block& inner) {
      found = found || has(inner, trait);
      waiting.emplace_back(step_of(inner, catalog_).runs(inner));
    });
    if (found) return true;
  }
  return false;
}

void BlockLinter::check_sub_flow(const Block& block, const Step& step,
                                 std::string_view answered_by) {
  if (answered_by.empty() || !sub_flow_has(block, step, Trait::responds)) return;
  note(block, Severity::warning, "already-answered", block.pointer,
       {"The callflow that runs here may send a Response, but the {{title}} above answers the "
        "call: the caller gets BYE instead of a SIP code.",
        {{"title", std::string(answered_by)}}},
       "Let the block above play without answering, or run the callflow before it.");
}

void BlockLinter::check_known(const Block& block, const Step& step,
                              std::string_view answered_by) {
  if (!block.has_data) {
    note(block, Severity::warning, "missing-data", block.pointer,
         "The block has no “data”; every setting has its default.", "Add \"data\": {}.");
  }
  Findings found = check_data(block, *step.action);
  if (block.module == response_module) {
    const Findings special = check_response(block, answered_by);
    // The table of codes says it better than "out of range".
    std::erase_if(found, [&](const Finding& general) {
      return general.severity == Severity::error &&
             std::any_of(special.begin(), special.end(), [&](const Finding& one) {
               return one.severity == Severity::error && one.pointer == general.pointer;
             });
    });
    found.insert(found.end(), special.begin(), special.end());
  }
  note_all(found, step.skipped);
  if (block.module == clock_module) check_timezone(block);
  if (block.module == pickup_module) check_pickup(block);
  if (!step.skipped) {
    check_refs(block, step.action->params, block.data, block.pointer + "/data");
  }
}

void BlockLinter::check_timezone(const Block& block) {
  const std::string name(block.text("timezone"));
  if (name.empty() || TimeZone::named(name)) return;
  note(block, Severity::error, "unknown-timezone", block.pointer + "/data/timezone",
       {"There is no time zone “{{zone}}”.", {{"zone", name}}},
       "Write it as Europe/Berlin or America/New_York.");
}

// Whose calls it takes is said by one of three, as in KAZOO.
void BlockLinter::check_pickup(const Block& block) {
  const auto names = {"user_id", "device_id", "group_id"};
  const auto given = std::ranges::count_if(
      names, [&](const char* name) { return !block.text(name).empty(); });
  if (given == 0 && callflow_.patterns.empty() && !callflow_.numbers.empty()) {
    note(block, Severity::warning, "no-target", block.pointer + "/data",
         "The block names nobody's phones, and no pattern of the callflow captures an extension: "
         "whoever comes here gets 404.",
         "Name a seat, a device or a ring group, or give the callflow a pattern with a group.");
  }
  if (given < 2) return;
  note(block, Severity::error, "several-targets", block.pointer + "/data",
       "The block names more than one of seat, device and ring group.",
       "Keep one of them; for several phones use a ring group.");
}

void BlockLinter::check_refs(const Block& block, const std::vector<Param>& params,
                             const json::object& members, const std::string& pointer) {
  for (const Param& param : params) {
    const json::value* value = members.if_contains(param.name);
    if (value != nullptr) {
      check_ref(block, param, *value, pointer + "/" + pointer_token(param.name));
    }
  }
}

void BlockLinter::check_ref(const Block& block, const Param& param, const json::value& value,
                            const std::string& pointer) {
  if (param.type == ParamType::object && value.is_object()) {
    return check_refs(block, param.properties, value.get_object(), pointer);
  }
  if (param.type == ParamType::array && value.is_array() && !param.items.empty()) {
    for (std::size_t i = 0; i < value.get_array().size(); ++i) {
      check_ref(block, param.items[0], value.get_array()[i], pointer + "/" + std::to_string(i));
    }
    return;
  }
  if (param.type != ParamType::ref || !value.is_string() || value.get_string().empty()) return;
  const std::string id(value.get_string().data(), value.get_string().size());
  if (id.find_first_of("/:\\") != std::string::npos) return;  // check_data has refused it already
  if (param.to == RefTarget::callflow && id == callflow_.id) return;
  const std::string target(target_noun(param.to));
  if (!context_.exists(param.to, id).value_or(true)) {
    return note(block, Severity::error, missing_code(param.to), pointer,
                {"There is no {{target}} “{{id}}” in this account.",
                 {{"target", target}, {"id", id}}},
                "Add it, or choose another.");
  }
  if (context_.disabled(param.to, id)) {
    note(block, Severity::warning,
         param.to == RefTarget::seat ? "disabled-seat" : "disabled-device", pointer,
         {"The {{target}} “{{id}}” is switched off: it does not ring.",
          {{"target", target}, {"id", id}}},
         "Enable it, or choose another.");
  }
}

// Branches that are named after things of the account.
void BlockLinter::check_key(const Block& block, const Step& step, const Branch& branch) {
  if (step.skipped || step.action == nullptr) return;
  const auto target = step.action->key_target;
  const bool own = branch.key == default_branch ||
                   std::ranges::any_of(step.action->fixed_keys,
                                       [&](const BranchKey& one) { return one.key == branch.key; });
  if (!target || own || context_.exists(*target, branch.key).value_or(true)) return;
  note(block, Severity::error, missing_code(*target), branch.block.pointer,
       {"The branch “{{key}}” is for a {{target}} that this account does not have.",
        {{"key", branch.key}, {"target", std::string(target_noun(*target))}}},
       "Add it, or give the branch another.");
}

void BlockLinter::note_unreachable(const Block& block, const Step& step, const Branch& branch) {
  const std::string title = step.action == nullptr ? block.module : step.action->title;
  if (step.skipped) {
    return note(branch.block, Severity::info, "unreachable-block", branch.block.pointer,
                "Not reached while the block above is switched off.", "");
  }
  const bool ends = step.action != nullptr &&
                    (step.action->terminal || step.action->branches == Branches::none);
  note(branch.block, Severity::warning, "unreachable-block", branch.block.pointer,
       ends ? Words{"Nothing comes after “{{title}}”: this block is never reached.",
                    {{"title", title}}}
            : Words{"“{{title}}” never takes the branch “{{key}}”: this block is never reached.",
                    {{"title", title}, {"key", branch.key}}},
       "Move it to another place, or remove it.");
}

int rank(const Finding& finding) { return static_cast<int>(finding.severity); }

}  // namespace

bool Step::may_have_child(std::string_view key) const {
  if (skipped) return key == default_branch;
  return action == nullptr || action->may_have_child(key);
}

std::string_view Step::runs(const Block& block) const {
  if (skipped || action == nullptr || action->runs.empty()) return "";
  return block.text(action->runs);
}

Step step_of(const Block& block, const Catalog& catalog) {
  return {catalog.find(block.module), block.skipped()};
}

std::optional<bool> ListedContext::exists(RefTarget target, std::string_view id) const {
  if (!knows_references) return std::nullopt;
  switch (target) {
    case RefTarget::media: return media.contains(id);
    case RefTarget::callflow: return callflows.contains(id);
    case RefTarget::menu: return menus.contains(id);
    case RefTarget::seat: return seats.contains(id);
    case RefTarget::device: return devices.contains(id);
    case RefTarget::ring_group: return ring_groups.contains(id);
    case RefTarget::temporal_rule: return temporal_rules.contains(id);
    case RefTarget::temporal_rule_set: return temporal_rule_sets.contains(id);
    case RefTarget::trunk: return trunks.contains(id);
  }
  return std::nullopt;
}

bool ListedContext::disabled(RefTarget target, std::string_view id) const {
  if (target != RefTarget::seat && target != RefTarget::device) return false;
  const auto& things = target == RefTarget::seat ? seats : devices;
  const auto found = things.find(id);
  return found != things.end() && !found->second;
}

const Callflow* ListedContext::callflow(std::string_view id) const {
  const auto found = callflows.find(id);
  return found == callflows.end() ? nullptr : found->second.get();
}

std::optional<std::string> ListedContext::number_owner(std::string_view number) const {
  const auto found = number_owners.find(number);
  return found == number_owners.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> ListedContext::pattern_owner(std::string_view pattern) const {
  const auto found = pattern_owners.find(pattern);
  return found == pattern_owners.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> ListedContext::seat_with_extension(std::string_view extension) const {
  const auto found = extensions.find(extension);
  return found == extensions.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> ListedContext::seats_behind(std::string_view id) const {
  const auto found = rung.find(id);
  return found == rung.end() ? std::vector<std::string>() : found->second;
}

Findings lint(const Callflow& callflow, const Catalog& catalog, const Context& context) {
  Findings findings;
  for (const Finding& finding : callflow.import_notes) add_finding(findings, finding);
  lint_head(callflow, context, findings);
  if (callflow.root) {
    BlockLinter(callflow, catalog, context, findings).walk(*callflow.root, "");
  }
  lint_loops(callflow, catalog, context, findings);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return rank(a) < rank(b); });
  return findings;
}

}  // namespace strowger::model
