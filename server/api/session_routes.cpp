// Login and logout.
#include "api/fields.hpp"
#include "api/gate.hpp"
#include "api/routes.hpp"

#include "store/media_directory.hpp"

#include <boost/json/array.hpp>

namespace strowger::api {

namespace json = boost::json;

namespace {

json::object session_json(const Visit& visit, const store::User& user, WallTime expires) {
  json::array accounts;
  Principal who = visit.who;
  who.user = user;
  if (const auto all = visit.store.accounts()) {
    for (const auto& account : *all) {
      const auto role = who.role_in(account.id);
      if (!role) continue;
      accounts.push_back({{"id", account.id},
                          {"name", account.name},
                          {"role", store::role_name(*role)}});
    }
  }
  json::object body{{"user", user.id},
                    {"name", user.name},
                    {"system", who.system()},
                    {"accounts", std::move(accounts)},
                    {"expires_ms", expires.time_since_epoch().count()}};
  if (user.must_change_password) body["must_change_password"] = true;
  return body;
}

std::string cookie_header(const Request& request, std::string_view value, bool over) {
  std::string text = std::string(session_cookie) + "=" + std::string(value) +
                     "; Path=/; HttpOnly; SameSite=Strict";
  if (over) text += "; Max-Age=0";
  if (request.tls) text += "; Secure";
  return text;
}

Response too_many(std::chrono::seconds wait) {
  auto response = refusal(429, "Too many wrong passwords; try again in " +
                                   std::to_string(wait.count()) + " s.");
  response.headers.emplace_back("Retry-After", std::to_string(wait.count()));
  return response;
}

Response begin_session(Visit& visit, const store::User& user) {
  const auto secret = random_secret();
  const auto now = visit.now();
  const store::Session session{hash_of_secret(secret), user.id, now, now + session_life};
  [[maybe_unused]] const auto swept = visit.store.remove_expired(now);
  if (auto added = visit.store.add_session(session); !added) return refusal(added.error());
  [[maybe_unused]] const auto noted = visit.store.logged_in(user.id, now);
  visit.who.user = user;
  visit.audit_target = "user/" + user.id;
  auto response = json_response(200, session_json(visit, user, session.expires));
  response.headers.emplace_back("Set-Cookie", cookie_header(visit.request, secret, false));
  return response;
}

}  // namespace

Response log_in(Visit& visit) {
  const auto body = json_body(visit);
  if (!body) return body.error();
  Fields fields(*body);
  const auto id = fields.text("user", {.chars_min = 1, .chars_max = 64});
  const auto* const password = body->if_contains("password");
  if (!fields.good() || !password || !password->is_string() ||
      password->as_string().size() > password_bytes_max) {
    return refusal(400, "user and password are needed.");
  }
  const auto wait = visit.state.throttle.wait(id, visit.request.source, visit.now());
  if (wait.count() > 0) return too_many(wait);
  const auto user = visit.store.user(id);
  if (!user && user.error().kind == store::ErrorKind::storage) return refusal(user.error());
  const auto hash = user && !user->disabled ? user->password_hash : "";
  const auto& given = password->as_string();
  const auto right = visit.state.passwords.matches(hash, {given.data(), given.size()});
  if (!right) return too_many(std::chrono::seconds{1});
  if (!*right) {
    visit.state.throttle.failed(id, visit.request.source, visit.now());
    [[maybe_unused]] const auto logged = visit.store.add_audit(
        {0, "", visit.now(), "", visit.request.source, "session.refused", "user/" + id, ""});
    auto response = refusal(401, "User or password is wrong.");
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"Strowger\"");
    return response;
  }
  visit.state.throttle.succeeded(id, visit.request.source);
  return begin_session(visit, *user);
}

Response who_am_i(Visit& visit) {
  return json_response(200, session_json(visit, visit.who.user, visit.who.expires));
}

Response log_out(Visit& visit) {
  if (visit.who.token) return refusal(403, "A token has no session; delete it instead.");
  visit.audit_target = "user/" + visit.who.user.id;
  auto removed = visit.store.remove_session(visit.who.session);
  if (!removed) return refusal(removed.error());
  visit.state.events.end(visit.who.user.id, visit.who.session);
  auto response = no_content();
  response.headers.emplace_back("Set-Cookie", cookie_header(visit.request, "", true));
  return response;
}

}  // namespace strowger::api
