// Trunks: the carriers of an account.
#include "api/account_object.hpp"
#include "api/page.hpp"
#include "api/passwords.hpp"
#include "api/routes.hpp"
#include "store/digest_secret.hpp"

namespace strowger::api {

namespace json = boost::json;
using store::ObjectKind;

namespace {

constexpr BodyLimits password_limits{4'096, 2};

Answered<model::Trunk> read_body(Visit& visit) {
  auto body = json_body(visit, object_limits);
  if (!body) return refused(body.error());
  auto trunk = model::read_trunk(std::move(*body));
  if (!trunk) return refused(refusal(trunk.error()));
  return std::move(*trunk);
}

json::object state_of(Visit& visit, const std::string& id) {
  return visit.state.services.trunk_state(visit.account(), id);
}

// Of its login here: whether there is a secret, and whether it is for the account's domain.
json::object login_state(Visit& visit, const std::string& id) {
  const auto account = visit.store.account(visit.account());
  const auto secrets = visit.store.trunk_secrets(visit.account());
  if (!account || !secrets) return {};
  const auto found = secrets->find(id);
  const bool set = found != secrets->end();
  return {{"set", set},
          {"current", set && found->second.realm == model::digest_realm(account->realm)}};
}

// The password is never told, only that there is one.
Response answer_trunk(Visit& visit, const std::string& id, int status, json::object more = {}) {
  const auto there = visit.store.object(visit.account(), ObjectKind::trunk, id);
  if (!there) return refusal(there.error());
  if (const auto trunk = model::parse_trunk(there->document)) {
    more["findings"] = model::findings_json(model::trunk_warnings(*trunk));
  }
  const auto passwords = visit.store.trunk_passwords(visit.account());
  const auto known = passwords ? passwords->find(id) : decltype(passwords->find(id)){};
  const bool has = passwords && known != passwords->end();
  more["has_password"] = has;
  more["secret_state"] = login_state(visit, id);
  more["state"] = state_of(visit, id);
  if (has && !known->second.why_not.empty()) more["password_trouble"] = known->second.why_not;
  return answer_object(visit, ObjectKind::trunk, id, status, more);
}

// With a new secret, which is told this once, where `renew` says so.
Response save(Visit& visit, const model::Trunk& trunk, store::Revision expected, int status,
              bool renew) {
  auto write = store::write_of(trunk, expected);
  json::object told;
  if (renew) {
    const auto account = visit.store.account(visit.account());
    if (!account) return refusal(account.error());
    const auto password = random_password();
    const auto realm = model::digest_realm(account->realm);
    write.secret = store::digest_secret(trunk.login, realm, password);
    told["new_login"] =
        json::object{{"username", trunk.login}, {"realm", realm}, {"secret", password}};
  }
  store::AccountChange change;
  change.objects.push_back(std::move(write));
  if (auto failed = make_change(visit, change, ObjectKind::trunk, trunk.id, "changed")) {
    return std::move(*failed);
  }
  return answer_trunk(visit, trunk.id, status, std::move(told));
}

std::string login_in(const std::optional<store::StoredObject>& stored) {
  const auto trunk = stored ? model::parse_trunk(stored->document) : model::read_trunk({});
  return trunk ? trunk->login : "";
}

json::array hosts_of(const model::Trunk& trunk) {
  json::array hosts;
  for (const auto& address : trunk.addresses) {
    hosts.emplace_back(address.host +
                       (address.port != 0 ? ":" + std::to_string(address.port) : ""));
  }
  return hosts;
}

}  // namespace

Response list_trunks(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  const auto trunks = visit.store.objects(visit.account(), ObjectKind::trunk);
  if (!trunks) return refusal(trunks.error());
  const auto used = use_counts(visit, ObjectKind::trunk);
  std::vector<Item> items;
  for (const auto& stored : *trunks) {
    const auto trunk = model::parse_trunk(stored.document);
    if (!trunk) continue;
    const auto text = lower_case(trunk->name + '\n' + stored.id);
    if (text.find(page->search) == std::string::npos) continue;
    const auto uses = used.find(stored.id);
    json::object row{{"id", stored.id},
                     {"name", trunk->name},
                     {"enabled", trunk->enabled},
                     {"addresses", hosts_of(*trunk)},
                     {"registers", trunk->registration.enabled},
                     {"login", trunk->login},
                     {"priority", trunk->outbound.priority},
                     {"state", state_of(visit, stored.id)},
                     {"revision", stored.revision},
                     {"changed_ms", stored.changed.time_since_epoch().count()},
                     {"used_by", uses == used.end() ? 0 : uses->second}};
    if (trunk->channels) row["channels"] = *trunk->channels;
    items.push_back({name_key(trunk->name, stored.id), std::move(row)});
  }
  return page_of(std::move(items), *page);
}

Response get_trunk(Visit& visit) { return answer_trunk(visit, visit.param("trunk"), 200); }

Response trunk_used_by(Visit& visit) {
  return answer_uses(visit, ObjectKind::trunk, visit.param("trunk"));
}

Response create_trunk(Visit& visit) {
  auto trunk = read_body(visit);
  if (!trunk) return trunk.error();
  const std::lock_guard lock(visit.state.write);
  auto id = new_id(visit, ObjectKind::trunk, trunk->id);
  if (!id) return id.error();
  trunk->assign_id(*id);
  auto response = save(visit, *trunk, 0, 201, !trunk->login.empty());
  if (response.status == 201) {
    response.headers.emplace_back("Location",
                                  "/api/v1/accounts/" + visit.account() + "/trunks/" + *id);
  }
  return response;
}

Response put_trunk(Visit& visit) {
  auto trunk = read_body(visit);
  if (!trunk) return trunk.error();
  const auto& id = visit.param("trunk");
  if (auto wrong = check_id(trunk->id, id)) return std::move(*wrong);
  trunk->assign_id(id);
  const std::lock_guard lock(visit.state.write);
  const auto before = seen(visit, ObjectKind::trunk, id);
  if (!before) return before.error();
  // Another name is another login: what its secret was opens nothing.
  const bool renew = !trunk->login.empty() && trunk->login != login_in(*before);
  return save(visit, *trunk, *before ? (*before)->revision : 0, *before ? 200 : 201, renew);
}

Response delete_trunk(Visit& visit) {
  const auto& id = visit.param("trunk");
  const std::lock_guard lock(visit.state.write);
  const auto stored = seen_there(visit, ObjectKind::trunk, id);
  if (!stored) return stored.error();
  store::AccountChange change;
  change.removed_objects.push_back({ObjectKind::trunk, id, stored->revision});
  if (auto kept = settle_uses(visit, ObjectKind::trunk, id, "", change)) return std::move(*kept);
  if (auto failed = make_change(visit, change, ObjectKind::trunk, id, "removed")) {
    return std::move(*failed);
  }
  return no_content();
}

Response set_trunk_password(Visit& visit) {
  const auto body = json_body(visit, password_limits);
  if (!body) return body.error();
  model::Findings findings;
  model::DocumentReader reader(*body, "", findings);
  const auto password = reader.text("password", {.chars_max = model::trunk_password_chars_max});
  if (!reader.has("password")) {
    reader.complain("password", "missing", "The password is missing; an empty one takes it away.");
  }
  if (model::has_errors(findings)) return refusal(findings);
  const auto& id = visit.param("trunk");
  const std::lock_guard lock(visit.state.write);
  const auto stored = visit.store.object(visit.account(), ObjectKind::trunk, id);
  if (!stored) return refusal(stored.error());
  store::ObjectWrite write{ObjectKind::trunk, id,   stored->document, login_in(*stored),
                           stored->revision,  {}, password};
  store::AccountChange change;
  change.objects.push_back(std::move(write));
  if (auto failed = make_change(visit, change, ObjectKind::trunk, id, "changed")) {
    return std::move(*failed);
  }
  return answer_trunk(visit, id, 200);
}

Response new_trunk_secret(Visit& visit) {
  const auto& id = visit.param("trunk");
  const std::lock_guard lock(visit.state.write);
  const auto stored = visit.store.object(visit.account(), ObjectKind::trunk, id);
  if (!stored) return refusal(stored.error());
  const auto trunk = model::parse_trunk(stored->document);
  if (!trunk || trunk->login.empty()) {
    return refusal(409, "This trunk does not log in here: give it a login.username first.");
  }
  return save(visit, *trunk, stored->revision, 200, true);
}

}  // namespace strowger::api
