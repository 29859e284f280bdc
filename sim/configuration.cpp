#include "sim/configuration.hpp"

#include "flow/action.hpp"
#include "flow/program.hpp"
#include "model/account.hpp"
#include "model/callflow.hpp"

#include <fmt/format.h>

namespace strowger::sim {
namespace {

const flow::ActionTable& known_actions() {
  static const flow::ActionTable table = flow::action_table(actions::all());
  return table;
}

}  // namespace

Result<flow::SnapshotPtr, Complaint> make_snapshot(const Configuration& configuration) {
  auto account = std::make_shared<flow::AccountSnapshot>();
  account->id = model::default_account_id;
  account->settings = configuration.settings;
  for (const std::string& text : configuration.callflows) {
    const auto callflow = model::parse_callflow(text);
    if (!callflow) {
      const auto& findings = callflow.error();
      return complain(findings.empty() ? "not a callflow" : model::one_line(findings.front()));
    }
    if (callflow->id.empty()) return complain("a callflow without an id");
    account->numbers.add(callflow->id, callflow->numbers, callflow->patterns);
    account->programs[callflow->id] = flow::compile(*callflow, 1, known_actions());
  }
  for (const auto& [id, prompt] : configuration.media) account->media[id] = {id, id, prompt};
  auto snapshot = std::make_shared<flow::Snapshot>();
  snapshot->generation = 1;
  snapshot->accounts.push_back(std::move(account));
  return flow::SnapshotPtr(std::move(snapshot));
}

}  // namespace strowger::sim
