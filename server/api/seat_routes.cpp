// Reading seats: the list, one with its phones and its callflow, what to type into a phone.
#include "api/account_object.hpp"
#include "api/page.hpp"
#include "api/routes.hpp"
#include "api/seat_row.hpp"

#include "model/seat_kit.hpp"

namespace strowger::api {

namespace json = boost::json;
using store::ObjectKind;

namespace {

// The name that a client reaches this server by, as its Host header says it; "" when unknown.
std::string host_of(const Request& request) {
  const std::string host(request.header("host"));
  if (host.starts_with('[')) return host.substr(0, host.find(']') + 1);
  return host.substr(0, host.find(':'));
}

json::array servers_of(Visit& visit) {
  json::array all;
  for (const auto& address : visit.state.services.sip_addresses()) {
    const auto& ip = address.endpoint.address;
    // Listening on every address is no address to type in.
    const auto server = ip.is_unspecified() ? host_of(visit.request) : ip.text();
    all.push_back(json::object{{"transport", address.transport},
                               {"server", server},
                               {"port", address.endpoint.port}});
  }
  return all;
}

std::map<std::string, std::size_t> device_counts(Visit& visit) {
  std::map<std::string, std::size_t> counts;
  const auto devices = visit.store.objects(visit.account(), ObjectKind::device);
  if (!devices) return counts;
  for (const auto& stored : *devices) {
    const auto device = model::parse_device(stored.document);
    if (device && !device->owner_id.empty()) ++counts[device->owner_id];
  }
  return counts;
}

json::object row_of(const store::StoredObject& stored, const model::Seat& seat) {
  return {{"id", stored.id},
          {"name", seat.name()},
          {"first_name", seat.first_name},
          {"last_name", seat.last_name},
          {"email", seat.email},
          {"extension", seat.extension},
          {"enabled", seat.enabled},
          {"do_not_disturb", seat.calls.do_not_disturb},
          {"call_forward", seat.calls.call_forward.enabled},
          {"revision", stored.revision},
          {"changed_ms", stored.changed.time_since_epoch().count()}};
}

}  // namespace

json::object seat_details(Visit& visit, const model::Seat& seat) {
  json::array devices;
  if (const auto own = store::devices_of(visit.store, visit.account(), seat.id)) {
    for (const auto& device : *own) {
      devices.push_back(json::object{{"id", device.id},
                                     {"name", device.name},
                                     {"device_type", model::device_type_name(device.type)},
                                     {"username", device.username},
                                     {"enabled", device.enabled}});
    }
  }
  json::object details{{"devices", std::move(devices)}, {"callflow", nullptr}};
  if (const auto own = store::callflow_of(visit.store, visit.account(), seat); own && *own) {
    details["callflow"] = json::object{{"id", (*own)->id}, {"name", (*own)->name}};
  }
  return details;
}

Response answer_seat(Visit& visit, const std::string& id, int status, const json::object& more) {
  const auto stored = visit.store.object(visit.account(), ObjectKind::seat, id);
  if (!stored) return refusal(stored.error());
  const auto seat = model::parse_seat(stored->document);
  auto details = seat ? seat_details(visit, *seat) : json::object();
  for (const auto& [name, value] : more) details[name] = value;
  return answer_object(visit, ObjectKind::seat, id, status, details);
}

Response list_seats(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  const auto seats = visit.store.objects(visit.account(), ObjectKind::seat);
  if (!seats) return refusal(seats.error());
  const auto used = use_counts(visit, ObjectKind::seat);
  const auto devices = device_counts(visit);
  std::vector<Item> items;
  for (const auto& stored : *seats) {
    const auto seat = model::parse_seat(stored.document);
    if (!seat) continue;
    const auto text = lower_case(seat->name() + '\n' + stored.id + '\n' + seat->extension + '\n' +
                                 seat->email);
    if (text.find(page->search) == std::string::npos) continue;
    auto row = row_of(stored, *seat);
    const auto count = devices.find(stored.id);
    row["devices"] = count == devices.end() ? 0 : count->second;
    const auto uses = used.find(stored.id);
    row["used_by"] = uses == used.end() ? 0 : uses->second;
    items.push_back({name_key(seat->name(), stored.id), std::move(row)});
  }
  return page_of(std::move(items), *page);
}

Response get_seat(Visit& visit) { return answer_seat(visit, visit.param("seat"), 200); }

Response seat_used_by(Visit& visit) {
  return answer_uses(visit, ObjectKind::seat, visit.param("seat"));
}

namespace {

// What a person types into one of them.
Response softphone(Visit& visit, const std::vector<model::Device>& phones) {
  const auto account = visit.store.account(visit.account());
  if (!account) return refusal(account.error());
  json::array devices;
  for (const auto& device : phones) {
    if (!model::registers(device.type)) continue;
    devices.push_back(json::object{
        {"id", device.id}, {"name", device.name}, {"username", device.username}});
  }
  const auto domain = account->realm.empty() ? host_of(visit.request) : account->realm;
  return json_response(200, json::object{{"domain", domain},
                                         {"realm", model::digest_realm(account->realm)},
                                         {"servers", servers_of(visit)},
                                         {"devices", std::move(devices)}});
}

}  // namespace

Response seat_softphone(Visit& visit) {
  const auto& id = visit.param("seat");
  if (const auto there = visit.store.object(visit.account(), ObjectKind::seat, id); !there) {
    return refusal(there.error());
  }
  const auto own = store::devices_of(visit.store, visit.account(), id);
  return own ? softphone(visit, *own) : refusal(own.error());
}

// Somebody's or nobody's.
Response device_softphone(Visit& visit) {
  const auto stored =
      visit.store.object(visit.account(), ObjectKind::device, visit.param("device"));
  if (!stored) return refusal(stored.error());
  auto device = model::parse_device(stored->document);
  if (!device) return softphone(visit, {});
  device->id = stored->id;
  return softphone(visit, {std::move(*device)});
}

}  // namespace strowger::api
