#include "cli/simulate_input.hpp"

#include "cli/data_directory.hpp"
#include "cli/snapshot.hpp"
#include "model/callflow.hpp"
#include "model/number_match.hpp"
#include "sim/configuration.hpp"
#include "sim/sound.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace strowger::cli {
namespace {

namespace json = boost::json;

constexpr std::chrono::milliseconds assumed_length{2'000};
constexpr double assumed_hz = 440;
constexpr const char* default_number = "1000";

using Prompts = std::map<std::string, std::shared_ptr<const media::Prompt>>;

void collect_references(const model::Callflow& callflow, const model::Catalog& catalog,
                        std::set<std::string>& media) {
  if (!callflow.root) return;
  model::for_each_block(*callflow.root, [&](const model::Block& block) {
    const model::Action* action = catalog.find(block.module);
    if (action == nullptr) return;
    for (const model::Param& param : action->params) {
      if (param.type != model::ParamType::ref || param.to != model::RefTarget::media) continue;
      if (const auto id = block.text(param.name); !id.empty()) media.emplace(id);
    }
  });
}

bool answers(const model::Callflow& callflow, const std::string& number) {
  model::NumberPlan plan;
  plan.add("it", callflow.numbers, callflow.patterns);
  return plan.find(number, model::CallerKind::external).has_value();
}

// The document, made to answer the number that is called.
Result<model::Callflow, Complaint> read_document(const SimulateOptions& options,
                                                 SimulateInput& input) {
  const auto text = options.document.empty()
                        ? read_input(options.file, model::document_bytes_max)
                        : Result<std::string, Complaint>(options.document);
  if (!text) return unexpected(text.error());
  auto callflow = model::parse_callflow(*text);
  if (!callflow) {
    std::string what = options.file + " is no callflow:";
    for (const auto& finding : callflow.error()) what += "\n  " + model::one_line(finding);
    return complain(what);
  }
  if (callflow->id.empty()) callflow->assign_id("simulated");
  input.callflow_id = callflow->id;
  input.name = callflow->name;
  input.to = options.to;
  if (input.to.empty()) {
    input.to = callflow->numbers.empty() ? default_number : callflow->numbers.front();
  }
  if (answers(*callflow, input.to)) return std::move(*callflow);
  input.notes.push_back(fmt::format("{} is no number of this callflow; assumed", input.to));
  json::object document = callflow->document;
  json::array numbers;
  for (const std::string& number : callflow->numbers) numbers.emplace_back(json::string(number));
  numbers.emplace_back(json::string(input.to));
  document["numbers"] = std::move(numbers);
  auto again = model::parse_callflow(json::serialize(document));
  if (!again) return complain(fmt::format("{} can't be a number of a callflow", input.to));
  return std::move(*again);
}

Result<void, Complaint> add_stored(const SimulateOptions& options, sim::Configuration& into,
                                   const std::string& own_id, Prompts& prompts) {
  auto store = open_account(options, IfMissing::refuse);
  if (!store) return unexpected(store.error());
  const auto published = (*store)->published(options.account);
  if (!published) return complain(published.error().text);
  for (const auto& callflow : *published) {
    if (callflow.id != own_id) into.callflows.push_back(callflow.document);
  }
  const auto loaded = load_snapshot(options.data);
  if (!loaded) return unexpected(loaded.error());
  for (const auto& account : loaded->snapshot->accounts) {
    if (account->id != options.account) continue;
    into.settings = account->settings;
    into.schedule = account->schedule;
    into.directory = account->seats;
    for (const auto& [id, media] : account->media) prompts[id] = media.prompt;
  }
  return {};
}

}  // namespace

sim::WhenRung when_rung(std::string_view word) {
  using sim::WhenRung;
  if (word == "busy") return WhenRung::busy;
  if (word == "no_answer") return WhenRung::no_answer;
  return word == "offline" ? WhenRung::offline : WhenRung::answers;
}

Result<SimulateInput, Complaint> simulate_input(const SimulateOptions& options, bool with_data) {
  SimulateInput input;
  auto callflow = read_document(options, input);
  if (!callflow) return unexpected(callflow.error());
  sim::Configuration configuration;
  // First, so that the numbers are its own.
  configuration.callflows.push_back(model::serialize(*callflow));
  Prompts prompts;
  if (with_data) {
    const auto added = add_stored(options, configuration, callflow->id, prompts);
    if (!added) return unexpected(added.error());
  }
  std::set<std::string> wanted;
  collect_references(*callflow, load_catalog(), wanted);
  for (const std::string& id : options.missing_media) prompts.erase(id);
  for (const std::string& id : wanted) {
    const auto& missing = options.missing_media;
    if (prompts.contains(id) || std::ranges::find(missing, id) != missing.end()) continue;
    if (with_data) {
      input.notes.push_back(fmt::format("media {} is not in {}", id, options.data));
      continue;
    }
    const sim::Stretch tone{assumed_hz, assumed_length};
    prompts[id] = sim::make_prompt({&tone, 1});
    input.notes.push_back(
        fmt::format("media {} is not known here: 2 s of a 440 Hz tone are assumed", id));
  }
  for (auto& [id, prompt] : prompts) configuration.media.emplace_back(id, prompt);
  auto snapshot = sim::make_snapshot(configuration);
  if (!snapshot) return unexpected(snapshot.error());
  input.snapshot = std::move(*snapshot);
  return input;
}

}  // namespace strowger::cli
