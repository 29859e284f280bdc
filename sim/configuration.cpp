#include "sim/configuration.hpp"

#include "flow/action.hpp"
#include "flow/program.hpp"
#include "model/account.hpp"
#include "model/callflow.hpp"
#include "model/seat_directory.hpp"

#include <fmt/format.h>

namespace strowger::sim {
namespace {

const flow::ActionTable& known_actions() {
  static const flow::ActionTable table = flow::action_table(actions::all());
  return table;
}

template <class Thing>
Result<std::vector<Thing>, Complaint> parse_all(const std::vector<std::string>& texts,
                                                Result<Thing, model::Findings> (*parse)(
                                                    std::string_view)) {
  std::vector<Thing> things;
  for (const std::string& text : texts) {
    auto thing = parse(text);
    if (!thing) return complain(model::one_line(thing.error().front()) + " in " + text);
    things.push_back(std::move(*thing));
  }
  return things;
}

Result<std::shared_ptr<const model::SeatDirectory>, Complaint> make_directory(
    const Configuration& configuration) {
  auto seats = parse_all(configuration.seats, model::parse_seat);
  auto devices = parse_all(configuration.devices, model::parse_device);
  auto groups = parse_all(configuration.ring_groups, model::parse_ring_group);
  if (!seats) return unexpected(seats.error());
  if (!devices) return unexpected(devices.error());
  if (!groups) return unexpected(groups.error());
  return std::make_shared<const model::SeatDirectory>(std::move(*seats), std::move(*devices),
                                                      std::move(*groups));
}

Result<std::shared_ptr<const model::Schedule>, Complaint> make_schedule(
    const Configuration& configuration) {
  if (configuration.schedule) return configuration.schedule;
  auto rules = parse_all(configuration.temporal_rules, model::parse_temporal_rule);
  auto sets = parse_all(configuration.temporal_rule_sets, model::parse_temporal_rule_set);
  if (!rules) return unexpected(rules.error());
  if (!sets) return unexpected(sets.error());
  return std::make_shared<const model::Schedule>(std::move(*rules), std::move(*sets));
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
  auto directory = make_directory(configuration);
  if (!directory) return unexpected(directory.error());
  account->seats = std::move(*directory);
  auto schedule = make_schedule(configuration);
  if (!schedule) return unexpected(schedule.error());
  account->schedule = std::move(*schedule);
  for (const auto& [id, prompt] : configuration.media) account->media[id] = {id, id, prompt};
  auto snapshot = std::make_shared<flow::Snapshot>();
  snapshot->generation = 1;
  snapshot->accounts.push_back(std::move(account));
  return flow::SnapshotPtr(std::move(snapshot));
}

}  // namespace strowger::sim
