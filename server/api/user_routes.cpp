// Users. The system administrator manages all; the admin of an account manages whoever has no
// rights beyond the accounts that this admin administers.
#include "api/fields.hpp"
#include "api/gate.hpp"
#include "api/page.hpp"
#include "api/precondition.hpp"
#include "api/routes.hpp"

#include "model/identifier.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace strowger::api {

namespace json = boost::json;

namespace {

constexpr std::size_t roles_max = 1'000;

json::object as_json(const store::User& user) {
  json::object roles;
  for (const auto& [account, role] : user.roles) roles[account] = store::role_name(role);
  json::object out{{"id", user.id},
                   {"name", user.name},
                   {"system", user.system},
                   {"roles", std::move(roles)},
                   {"disabled", user.disabled}};
  if (user.last_login != WallTime{}) {
    out["last_login_ms"] = user.last_login.time_since_epoch().count();
  }
  return out;
}

std::string etag(store::User user) {
  user.last_login = {};
  return etag_of(json::serialize(as_json(user)) + user.password_hash);
}

bool administers(const Principal& who, std::string_view account) {
  return who.role_in(account) == store::Role::admin;
}

bool sees(const Principal& who, const store::User& user) {
  return who.system() || user.id == who.user.id ||
         std::ranges::any_of(user.roles, [&](const auto& entry) {
           return administers(who, entry.first);
         });
}

bool manages(const Principal& who, const store::User& user) {
  return who.system() || (!user.system && std::ranges::all_of(user.roles, [&](const auto& entry) {
           return administers(who, entry.first);
         }));
}

void read_roles(Fields& fields, store::User& user) {
  const auto* const roles = fields.object("roles");
  if (!roles) return;
  user.roles.clear();
  if (roles->size() > roles_max) return fields.complain("roles", "There are too many roles.");
  for (const auto& [account, value] : *roles) {
    const auto* const text = value.if_string();
    const auto role = text ? store::role_named({text->data(), text->size()}) : std::nullopt;
    if (!role || !model::is_identifier({account.data(), account.size()})) {
      return fields.complain("roles", "A role is viewer, editor or admin, by account id.");
    }
    user.roles.emplace(std::string(account), *role);
  }
}

// A password is hashed before any lock is taken: it is slow.
std::optional<Response> read_password(Visit& visit, Fields& fields, const char* member,
                                      store::User& user) {
  const auto password = fields.text(member, {.chars_min = password_chars_min,
                                             .chars_max = password_bytes_max});
  if (!fields.good()) return fields.refusal();
  const auto hash = visit.state.passwords.hash(password);
  if (!hash) return refusal(503, "Too many passwords are being set; try again.");
  user.password_hash = *hash;
  return std::nullopt;
}

Response changed_meanwhile(Visit& visit, const std::string& id,
                           const std::optional<std::string>& there) {
  return precondition_failed(visit, {"", "user/" + id, "user", there});
}

// Rights that whoever asks may not give or take.
bool oversteps(const Principal& who, const std::optional<store::User>& before,
               const store::User& after) {
  if (who.system()) return false;
  if (before && !manages(who, *before)) return true;
  return !manages(who, after) || (!before && after.roles.empty());
}

// The body as a user; the password is hashed when there is one.
Answered<store::User> read_user(Visit& visit) {
  const auto body = json_body(visit);
  if (!body) return refused(body.error());
  Fields fields(*body);
  store::User user;
  user.id = visit.param("user");
  user.name = fields.text_or("name", user.id, {.chars_max = 128});
  user.system = fields.flag_or("system", false);
  user.disabled = fields.flag_or("disabled", false);
  read_roles(fields, user);
  if (fields.text_or("id", user.id, {}) != user.id || !model::is_identifier(user.id)) {
    fields.complain("id", "The id has to be that of the address: letters, digits, - and _.");
  }
  if (!fields.good()) return refused(fields.refusal());
  if (fields.has("password")) {
    if (auto failed = read_password(visit, fields, "password", user)) return refused(*failed);
    user.must_change_password = user.id != visit.who.user.id;
  }
  return user;
}

}  // namespace

Response list_users(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  const auto users = visit.store.users();
  if (!users) return refusal(users.error());
  std::vector<Item> items;
  for (const auto& user : *users) {
    const bool found = lower_case(user.id + '\n' + user.name).find(page->search) !=
                       std::string::npos;
    if (found && sees(visit.who, user)) items.push_back({user.id, as_json(user)});
  }
  return page_of(std::move(items), *page);
}

Response get_user(Visit& visit) {
  const auto user = visit.store.user(visit.param("user"));
  if (!user) return refusal(user.error());
  if (!sees(visit.who, *user)) return refusal(404, "There is no such user.");
  return with_etag(json_response(200, as_json(*user)), etag(*user));
}

Response put_user(Visit& visit) {
  const auto precondition = Precondition::of(visit.request);
  if (!precondition) return precondition.error();
  if (!precondition->given()) return precondition_required();
  auto user = read_user(visit);
  if (!user) return user.error();
  const std::lock_guard lock(visit.state.write);
  const auto stored = visit.store.user(user->id);
  if (!stored && stored.error().kind != store::ErrorKind::not_found) {
    return refusal(stored.error());
  }
  const auto before = stored ? std::optional(*stored) : std::nullopt;
  if (oversteps(visit.who, before, *user)) {
    return refusal(403, "That is beyond the accounts that you administer.");
  }
  const auto there = before ? std::optional(etag(*before)) : std::nullopt;
  if (!precondition->holds(there)) return changed_meanwhile(visit, user->id, there);
  if (user->password_hash.empty() && before) {
    user->password_hash = before->password_hash;
    user->must_change_password = before->must_change_password;
  }
  if (before) user->last_login = before->last_login;
  if (auto saved = visit.store.save_user(*user); !saved) return refusal(saved.error());
  visit.audit_target = "user/" + user->id;
  if (before && (before->password_hash != user->password_hash || user->disabled)) {
    [[maybe_unused]] const auto ended =
        visit.store.remove_sessions(user->id, visit.who.session);
  }
  if (before) visit.state.events.end(user->id);  // they come back with what they may now
  return with_etag(json_response(before ? 200 : 201, as_json(*user)), etag(*user));
}

Response delete_user(Visit& visit) {
  const auto precondition = Precondition::of(visit.request);
  if (!precondition) return precondition.error();
  if (!precondition->given()) return precondition_required();
  const std::lock_guard lock(visit.state.write);
  const auto user = visit.store.user(visit.param("user"));
  if (!user) return refusal(user.error());
  if (!manages(visit.who, *user)) {
    return refusal(403, "That is beyond the accounts that you administer.");
  }
  if (!precondition->holds(etag(*user))) return changed_meanwhile(visit, user->id, etag(*user));
  if (auto removed = visit.store.remove_user(user->id); !removed) {
    return refusal(removed.error());
  }
  visit.audit_target = "user/" + user->id;
  visit.state.events.end(user->id);
  return no_content();
}

Response set_password(Visit& visit) {
  const auto body = json_body(visit);
  if (!body) return body.error();
  Fields fields(*body);
  const auto& id = visit.param("user");
  const bool own = id == visit.who.user.id;
  if (visit.who.token) return refusal(403, "A token can't set passwords.");
  auto user = visit.store.user(id);
  if (!own && !visit.who.admin_somewhere()) return refusal(403, "This is not your password.");
  if (!user) return refusal(user.error());
  if (!own && !manages(visit.who, *user)) {
    return refusal(403, "That is beyond the accounts that you administer.");
  }
  if (own) {
    const auto current = fields.text("current", {.chars_max = password_bytes_max});
    if (!fields.good()) return fields.refusal();
    const auto wait = visit.state.throttle.wait(id, visit.request.source, visit.now());
    const auto right = wait.count() > 0 ? std::nullopt
                                        : visit.state.passwords.matches(user->password_hash,
                                                                        current);
    if (!right) return refusal(503, "Too many attempts; try again later.");
    if (!*right) {
      visit.state.throttle.failed(id, visit.request.source, visit.now());
      return refusal(403, "The current password is wrong.");
    }
  }
  if (auto failed = read_password(visit, fields, "new", *user)) return std::move(*failed);
  user->must_change_password = !own;
  const std::lock_guard lock(visit.state.write);
  const auto now = visit.store.user(id);
  if (!now) return refusal(now.error());
  user->roles = now->roles;
  user->system = now->system;
  user->disabled = now->disabled;
  if (auto saved = visit.store.save_user(*user); !saved) return refusal(saved.error());
  if (auto ended = visit.store.remove_sessions(id, visit.who.session); !ended) {
    return refusal(ended.error());
  }
  visit.audit_target = "user/" + id;
  return no_content();
}

}  // namespace strowger::api
