// Bearer tokens: each user has their own.
#include "api/fields.hpp"
#include "api/gate.hpp"
#include "api/page.hpp"
#include "api/routes.hpp"

namespace strowger::api {

namespace json = boost::json;

namespace {

constexpr std::string_view prefix = "strowger_";  // so that scanners of leaked secrets know it
constexpr std::int64_t life_ms_max = 366LL * 24 * 3'600 * 1'000;

std::int64_t ms(WallTime time) { return time.time_since_epoch().count(); }

json::object as_json(const store::Token& token) {
  json::object out{{"id", token.id},
                   {"name", token.name},
                   {"role", store::role_name(token.role)},
                   {"created_ms", ms(token.created)},
                   {"expires_ms", ms(token.expires)}};
  if (!token.account.empty()) out["account"] = token.account;
  if (token.last_used != WallTime{}) out["last_used_ms"] = ms(token.last_used);
  return out;
}

Answered<store::Token> read_token(Visit& visit) {
  const auto body = json_body(visit);
  if (!body) return refused(body.error());
  Fields fields(*body);
  store::Token token{.id = random_identifier(), .user = visit.who.user.id};
  token.name = fields.text("name", {.chars_min = 1, .chars_max = 128});
  token.account = fields.text_or("account", "", {.chars_max = 64});
  const auto role = store::role_named(fields.text("role", {.chars_max = 16}));
  if (!role) fields.complain("role", "role is viewer, editor or admin.");
  token.role = role.value_or(store::Role::viewer);
  token.created = visit.now();
  if (!fields.has("expires_ms")) {
    fields.complain("expires_ms", "A token needs a time when it ends.", "missing");
  }
  const auto now = ms(token.created);
  token.expires = WallTime(std::chrono::milliseconds(
      fields.integer_or("expires_ms", now, now + 1, now + life_ms_max)));
  if (!fields.good()) return refused(fields.refusal());
  if (!token.account.empty()) {
    const auto own = visit.who.role_in(token.account);
    if (!own || *own < token.role) {
      return refused(refusal(403, "A token may not do more than its user."));
    }
  }
  return token;
}

}  // namespace

Response list_tokens(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  const auto tokens = visit.store.tokens(visit.who.user.id);
  if (!tokens) return refusal(tokens.error());
  std::vector<Item> items;
  for (const auto& token : *tokens) {
    items.push_back({std::to_string(ms(token.created)) + token.id, as_json(token)});
  }
  return page_of(std::move(items), *page);
}

Response create_token(Visit& visit) {
  // Else a token that leaks could outlive its own end.
  if (visit.who.token) return refusal(403, "A token can't make tokens.");
  auto token = read_token(visit);
  if (!token) return token.error();
  const auto secret = std::string(prefix) + random_secret();
  token->hash = hash_of_secret(secret);
  if (auto added = visit.store.add_token(*token); !added) {
    return refusal(422, added.error().text);
  }
  visit.audit_target = "token/" + token->id;
  auto out = as_json(*token);
  out["secret"] = secret;
  return json_response(201, out);
}

Response delete_token(Visit& visit) {
  const auto& id = visit.param("token");
  if (auto removed = visit.store.remove_token(visit.who.user.id, id); !removed) {
    return refusal(removed.error());
  }
  visit.audit_target = "token/" + id;
  visit.state.events.end(visit.who.user.id);
  return no_content();
}

}  // namespace strowger::api
