#include "cli/carrier_json.hpp"

#include <boost/json/array.hpp>

namespace strowger::cli {

namespace json = boost::json;

json::object trunk_state_json(const call::CarrierState& state) {
  const auto status = state.status();
  json::array places;
  for (const auto& place : *state.places()) {
    places.emplace_back(std::string(sip::uri_name(place.peer.transport)) + ":" +
                        place.peer.remote.text());
  }
  json::object out{{"registration", call::carrier_login_name(status.login)},
                   {"calls", state.calls()},
                   {"worked", state.worked()},
                   {"failed", state.failed()},
                   {"reached_at", std::move(places)}};
  if (status.code != 0) out["code"] = status.code;
  if (!status.phrase.empty()) out["phrase"] = status.phrase;
  if (status.since) out["since_ms"] = status.since->time_since_epoch().count();
  if (status.expires) out["expires_ms"] = status.expires->time_since_epoch().count();
  if (!status.trouble.empty()) out["trouble"] = status.trouble;
  return out;
}

}  // namespace strowger::cli
