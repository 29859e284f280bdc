// Accounts.
#include "api/fields.hpp"
#include "api/page.hpp"
#include "api/precondition.hpp"
#include "api/routes.hpp"

#include <boost/json/serialize.hpp>

namespace strowger::api {

namespace json = boost::json;

namespace {

json::object as_json(const model::Account& account) {
  return {{"id", account.id}, {"name", account.name}, {"realm", account.realm}};
}

std::string etag(const model::Account& account) {
  return etag_of(json::serialize(as_json(account)));
}

}  // namespace

Response list_accounts(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  const auto accounts = visit.store.accounts();
  if (!accounts) return refusal(accounts.error());
  std::vector<Item> items;
  for (const auto& account : *accounts) {
    if (visit.who.role_in(account.id)) items.push_back({account.id, as_json(account)});
  }
  return page_of(std::move(items), *page);
}

Response get_account(Visit& visit) {
  const auto account = visit.store.account(visit.account());
  if (!account) return refusal(account.error());
  return with_etag(json_response(200, as_json(*account)), etag(*account));
}

Response put_account(Visit& visit) {
  const auto precondition = Precondition::of(visit.request);
  if (!precondition) return precondition.error();
  if (!precondition->given()) return precondition_required();
  const auto body = json_body(visit);
  if (!body) return body.error();
  Fields fields(*body);
  model::Account account{visit.account(), fields.text_or("name", visit.account(), {.chars_min = 1}),
                         lower_case(fields.text_or("realm", "", {.chars_max = 253}))};
  if (fields.text_or("id", account.id, {}) != account.id) {
    fields.complain("id", "The id has to be that of the address.");
  }
  if (!fields.good()) return fields.refusal();
  const std::lock_guard lock(visit.state.write);
  const auto before = visit.store.account(account.id);
  if (!before && before.error().kind == store::ErrorKind::storage) return refusal(before.error());
  const auto there = before ? std::optional(etag(*before)) : std::nullopt;
  if (!precondition->holds(there)) {
    return precondition_failed(visit, {account.id, "account/" + account.id, "account", there});
  }
  if (auto saved = visit.store.save_account(account); !saved) return refusal(saved.error());
  visit.audit_target = "account/" + account.id;
  if (auto failed = make_live(visit)) return std::move(*failed);
  return with_etag(json_response(before ? 200 : 201, as_json(account)), etag(account));
}

}  // namespace strowger::api
