#include "cli/carrier_json.hpp"

#include "model/utf8.hpp"

#include <boost/json/array.hpp>

namespace strowger::cli {

namespace json = boost::json;

json::object trunk_state_json(const call::CarrierState& state,
                              const std::vector<sip::Binding>& contacts) {
  const auto status = state.status();
  json::array places;
  for (const auto& place : *state.places()) {
    places.emplace_back(std::string(sip::uri_name(place.peer.transport)) + ":" +
                        place.peer.remote.text());
  }
  json::array registered_here;
  for (const auto& binding : contacts) {
    registered_here.push_back(
        json::object{{"contact", model::utf8_repaired(binding.contact, binding.contact.size() * 3)},
                     {"transport", sip::uri_name(binding.flow.transport)},
                     {"source", binding.flow.remote.text()},
                     {"expires_ms", binding.expires.time_since_epoch().count()},
                     {"reachable", binding.reachable && sip::next_hop(binding).has_value()}});
  }
  json::object out{{"registration", call::carrier_login_name(status.login)},
                   {"calls", state.calls()},
                   {"worked", state.worked()},
                   {"failed", state.failed()},
                   {"reached_at", std::move(places)},
                   {"registered_here", std::move(registered_here)}};
  if (status.code != 0) out["code"] = status.code;
  if (!status.phrase.empty()) out["phrase"] = status.phrase;
  if (status.since) out["since_ms"] = status.since->time_since_epoch().count();
  if (status.expires) out["expires_ms"] = status.expires->time_since_epoch().count();
  if (!status.trouble.empty()) out["trouble"] = status.trouble;
  if (!status.tls_trouble.empty()) out["tls_trouble"] = status.tls_trouble;
  return out;
}

}  // namespace strowger::cli
