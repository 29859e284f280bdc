#include "sim/configuration.hpp"

#include "flow/action.hpp"
#include "flow/program.hpp"
#include "model/account.hpp"
#include "model/callflow.hpp"
#include "model/seat_directory.hpp"
#include "sim/server.hpp"
#include "sip/digest.hpp"

#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include <map>

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
  if (configuration.directory) return configuration.directory;
  auto seats = parse_all(configuration.seats, model::parse_seat);
  auto devices = parse_all(configuration.devices, model::parse_device);
  auto groups = parse_all(configuration.ring_groups, model::parse_ring_group);
  if (!seats) return unexpected(seats.error());
  if (!devices) return unexpected(devices.error());
  if (!groups) return unexpected(groups.error());
  for (auto& device : *devices) {
    device.secret.realm = model::digest_realm("");
    device.secret.md5 = sip::digest_ha1(sip::DigestAlgorithm::md5, device.username,
                                        device.secret.realm, device_password);
  }
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

// Where the server reaches it in the virtual world.
call::CarrierPlaces places_of(const model::Trunk& trunk) {
  constexpr std::uint16_t sip_port = 5060;
  call::CarrierPlaces places;
  for (std::size_t i = 0; i < trunk.addresses.size(); ++i) {
    const auto& wanted = trunk.addresses[i];
    const auto address = IpAddress::parse(wanted.host);
    if (!address) continue;
    const auto port = wanted.port != 0 ? wanted.port : sip_port;
    // There is nobody to listen in: TLS is TCP there.
    const auto transport = wanted.transport == model::TrunkTransport::udp ? sip::Transport::udp
                                                                          : sip::Transport::tcp;
    places.push_back({i, {transport, Server::sip_endpoint(address->is_v6()), {*address, port}, 0}});
  }
  return places;
}

// The password stands in the document here and nowhere else.
Result<flow::Carrier, Complaint> carrier_of(const std::string& text) {
  auto document = boost::json::parse(text).as_object();
  std::string password;
  if (auto* const outbound = document.if_contains("outbound")) {
    if (auto* const found = outbound->as_object().if_contains("password")) {
      password = std::string(found->as_string());
      outbound->as_object().erase("password");
    }
  }
  auto trunk = model::read_trunk(std::move(document));
  if (!trunk) return complain(model::one_line(trunk.error().front()) + " in " + text);
  const auto state = std::make_shared<call::CarrierState>();
  state->settle(places_of(*trunk), "");
  return flow::Carrier{std::move(*trunk), std::move(password), state};
}

Result<std::shared_ptr<const flow::Carriers>, Complaint> make_carriers(
    const Configuration& configuration) {
  std::vector<flow::Carrier> carriers;
  for (const auto& text : configuration.trunks) {
    auto carrier = carrier_of(text);
    if (!carrier) return unexpected(carrier.error());
    carriers.push_back(std::move(*carrier));
  }
  using Budgets = std::map<std::string, std::shared_ptr<call::CallBudget>, std::less<>>;
  const auto budgets = std::make_shared<Budgets>();
  return std::make_shared<const flow::Carriers>(
      std::move(carriers), configuration.settings,
      [budgets](std::string_view seat) {
        auto& budget = (*budgets)[std::string(seat)];
        if (!budget) budget = std::make_shared<call::CallBudget>();
        return budget;
      },
      std::make_shared<flow::Carriers::Counts>());
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
  auto carriers = make_carriers(configuration);
  if (!carriers) return unexpected(carriers.error());
  account->carriers = std::move(*carriers);
  for (const auto& [id, prompt] : configuration.media) account->media[id] = {id, id, prompt};
  auto snapshot = std::make_shared<flow::Snapshot>();
  snapshot->generation = 1;
  snapshot->accounts.push_back(std::move(account));
  snapshot->index_entrances();
  return flow::SnapshotPtr(std::move(snapshot));
}

}  // namespace strowger::sim
