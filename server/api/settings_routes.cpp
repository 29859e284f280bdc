// Settings of an account: what model/account_settings.hpp knows, and nothing else.
#include "api/precondition.hpp"
#include "api/routes.hpp"
#include "model/account_settings.hpp"

#include <boost/json/serialize.hpp>

namespace strowger::api {

namespace json = boost::json;

namespace {

Response answer(const std::string& text) {
  return with_etag({.type = "application/json", .body = text + "\n"}, etag_of(text));
}

}  // namespace

Response get_settings(Visit& visit) {
  const auto text = visit.store.settings(visit.account());
  return text ? answer(*text) : refusal(text.error());
}

Response put_settings(Visit& visit) {
  const auto precondition = Precondition::of(visit.request);
  if (!precondition) return precondition.error();
  if (!precondition->given()) return precondition_required();
  const auto body = json_body(visit, {.bytes = model::settings_bytes_max});
  if (!body) return body.error();
  const auto settings = model::read_account_settings(*body);
  if (!settings) return refusal(settings.error());
  const std::lock_guard lock(visit.state.write);
  const auto missing = model::missing_media(*settings, [&](const std::string& id) {
    return visit.store.media_file(visit.account(), id).has_value();
  });
  if (!missing.empty()) return refusal(missing);
  const auto before = visit.store.settings(visit.account());
  if (!before) return refusal(before.error());
  if (!precondition->holds(etag_of(*before))) {
    return precondition_failed(visit, {visit.account(), "settings", "settings", etag_of(*before)});
  }
  const auto text = json::serialize(*body);
  if (auto saved = visit.store.save_settings(visit.account(), text); !saved) {
    return refusal(saved.error());
  }
  visit.audit_target = "settings";
  if (auto failed = make_live(visit)) return std::move(*failed);
  return answer(text);
}

}  // namespace strowger::api
