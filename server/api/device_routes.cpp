// Devices: what rings, and the secrets that phones register with.
#include "api/account_object.hpp"
#include "api/fields.hpp"
#include "api/page.hpp"
#include "api/passwords.hpp"
#include "api/routes.hpp"
#include "api/seat_row.hpp"

#include "store/digest_secret.hpp"

#include <map>
#include <string>

namespace strowger::api {

namespace json = boost::json;
using store::ObjectKind;

namespace {

constexpr std::size_t username_random_chars = 8;

json::object row_of(const store::StoredObject& stored, const model::Device& device) {
  return {{"id", stored.id},
          {"name", device.name},
          {"device_type", model::device_type_name(device.type)},
          {"owner_id", device.owner_id},
          {"username", device.username},
          {"enabled", device.enabled},
          {"revision", stored.revision},
          {"changed_ms", stored.changed.time_since_epoch().count()}};
}

// By id. Empty when nobody searches.
std::map<std::string, std::string> names_of_seats(Visit& visit, bool wanted) {
  std::map<std::string, std::string> names;
  if (!wanted) return names;
  const auto seats = visit.store.objects(visit.account(), ObjectKind::seat);
  if (!seats) return names;
  for (const auto& stored : *seats) {
    if (const auto seat = model::parse_seat(stored.document)) names[stored.id] = seat->name();
  }
  return names;
}

// A phone needs a username; whoever does not choose one gets one.
void add_username(json::object& document) {
  const auto* const type = document.if_contains("device_type");
  if (type && *type != "sip_device" && *type != "softphone") return;
  auto& sip = document["sip"];
  if (sip.is_null()) sip = json::object();
  if (!sip.is_object() || sip.get_object().contains("username")) return;
  sip.get_object()["username"] = random_username();
}

Answered<model::Device> read_body(Visit& visit, bool may_lack_username) {
  auto body = json_body(visit, object_limits);
  if (!body) return refused(body.error());
  if (may_lack_username) add_username(*body);
  auto device = model::read_device(std::move(*body));
  if (!device) return refused(refusal(device.error()));
  const auto found = store::check_device(visit.store, visit.account(), *device);
  if (model::has_errors(found)) return refused(refusal(found));
  return std::move(*device);
}

// H(username:realm:password) is that of one username only.
bool renamed(const store::StoredObject& before, const model::Device& after) {
  const auto device = model::parse_device(before.document);
  return device && device->username != after.username;
}

std::optional<Response> store_device(Visit& visit, store::ObjectWrite write) {
  const auto id = write.id;
  store::AccountChange change;
  change.objects.push_back(std::move(write));
  return make_change(visit, change, ObjectKind::device, id, "changed");
}

Answered<model::DigestSecret> secret_for(Visit& visit, const std::string& username,
                                         const std::string& password) {
  const auto account = visit.store.account(visit.account());
  if (!account) return refused(refusal(account.error()));
  return store::digest_secret(username, model::digest_realm(account->realm), password);
}

// The password that somebody brought along from elsewhere, or a new one.
Answered<std::string> wanted_password(Visit& visit) {
  const auto body = json_body(visit);
  if (!body) return refused(body.error());
  Fields fields(*body);
  auto password = fields.has("password")
                      ? fields.text("password", {.chars_min = model::password_chars_min,
                                                 .chars_max = model::password_chars_max})
                      : random_password();
  if (!fields.good()) return refused(fields.refusal());
  return password;
}

}  // namespace

std::string random_username() {
  return "phone-" + random_identifier().substr(0, username_random_chars);
}

json::object secret_state(Visit& visit, const std::string& device) {
  const auto account = visit.store.account(visit.account());
  const auto secrets = visit.store.device_secrets(visit.account());
  if (!account || !secrets) return {};
  const auto found = secrets->find(device);
  const bool set = found != secrets->end() && !found->second.empty();
  const bool current = set && found->second.realm == model::digest_realm(account->realm);
  return {{"set", set}, {"current", current}};
}

Response answer_device(Visit& visit, const std::string& id, int status,
                       const json::object& more) {
  json::object details{{"secret_state", secret_state(visit, id)}};
  for (const auto& [name, value] : more) details[name] = value;
  return answer_object(visit, ObjectKind::device, id, status, details);
}

Response list_devices(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  const auto devices = visit.store.objects(visit.account(), ObjectKind::device);
  if (!devices) return refusal(devices.error());
  const auto used = use_counts(visit, ObjectKind::device);
  const auto owner = visit.asked("owner");
  const auto seats = names_of_seats(visit, !page->search.empty());
  std::vector<Item> items;
  for (const auto& stored : *devices) {
    const auto device = model::parse_device(stored.document);
    if (!device || (!owner.empty() && device->owner_id != owner)) continue;
    const auto seat = seats.find(device->owner_id);
    const auto whose = seat == seats.end() ? std::string() : seat->second;
    const auto text =
        lower_case(device->name + '\n' + stored.id + '\n' + device->username + '\n' + whose);
    if (text.find(page->search) == std::string::npos) continue;
    auto row = row_of(stored, *device);
    const auto uses = used.find(stored.id);
    row["used_by"] = uses == used.end() ? 0 : uses->second;
    items.push_back({name_key(device->name, stored.id), std::move(row)});
  }
  return page_of(std::move(items), *page);
}

Response get_device(Visit& visit) { return answer_device(visit, visit.param("device"), 200); }

Response device_used_by(Visit& visit) {
  return answer_uses(visit, ObjectKind::device, visit.param("device"));
}

Response create_device(Visit& visit) {
  auto device = read_body(visit, true);
  if (!device) return device.error();
  const std::lock_guard lock(visit.state.write);
  auto id = new_id(visit, ObjectKind::device, device->id);
  if (!id) return id.error();
  device->assign_id(*id);
  auto write = store::write_of(*device, 0);
  json::object more;
  if (model::registers(device->type)) {
    const auto password = random_password();
    const auto secret = secret_for(visit, device->username, password);
    if (!secret) return secret.error();
    write.secret = *secret;
    more["new_device"] = json::object{
        {"id", *id}, {"username", device->username}, {"secret", password}};
  }
  if (auto failed = store_device(visit, std::move(write))) return std::move(*failed);
  auto response = answer_device(visit, *id, 201, more);
  response.headers.emplace_back("Location", "/api/v1/accounts/" + visit.account() + "/devices/" +
                                                *id);
  return response;
}

Response put_device(Visit& visit) {
  auto device = read_body(visit, false);
  if (!device) return device.error();
  const auto& id = visit.param("device");
  if (auto wrong = check_id(device->id, id)) return std::move(*wrong);
  device->assign_id(id);
  const std::lock_guard lock(visit.state.write);
  const auto before = seen(visit, ObjectKind::device, id);
  if (!before) return before.error();
  auto write = store::write_of(*device, *before ? (*before)->revision : 0);
  if (*before && renamed(**before, *device)) write.secret = model::DigestSecret{};
  if (auto failed = store_device(visit, std::move(write))) return std::move(*failed);
  return answer_device(visit, id, *before ? 200 : 201);
}

Response delete_device(Visit& visit) {
  const auto& id = visit.param("device");
  const std::lock_guard lock(visit.state.write);
  const auto stored = seen_there(visit, ObjectKind::device, id);
  if (!stored) return stored.error();
  store::AccountChange change;
  change.removed_objects.push_back({ObjectKind::device, id, stored->revision});
  if (auto kept = settle_uses(visit, ObjectKind::device, id, "", change)) return std::move(*kept);
  if (auto failed = make_change(visit, change, ObjectKind::device, id, "removed")) {
    return std::move(*failed);
  }
  return no_content();
}

Response new_device_secret(Visit& visit) {
  const auto password = wanted_password(visit);
  if (!password) return password.error();
  const auto& id = visit.param("device");
  const std::lock_guard lock(visit.state.write);
  const auto stored = visit.store.object(visit.account(), ObjectKind::device, id);
  if (!stored) return refusal(stored.error());
  const auto device = model::parse_device(stored->document);
  if (!device || device->username.empty()) {
    return refusal(409, "This device does not register, so it has no secret.");
  }
  const auto secret = secret_for(visit, device->username, *password);
  if (!secret) return secret.error();
  auto write = store::write_of(*device, stored->revision);
  write.secret = *secret;
  if (auto failed = store_device(visit, std::move(write))) return std::move(*failed);
  return answer_device(visit, id, 200,
                       {{"new_device", json::object{{"id", id},
                                                    {"username", device->username},
                                                    {"secret", *password}}}});
}

}  // namespace strowger::api
