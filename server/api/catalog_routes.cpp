// What there is to build with: actions with their help, SIP response codes; and the contract.
#include "api/openapi.hpp"
#include "api/routes.hpp"

#include "model/response_code.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

namespace strowger::api {

namespace json = boost::json;

namespace {

std::string_view duty_name(model::Duty duty) {
  switch (duty) {
    case model::Duty::none: return "none";
    case model::Duty::may: return "may";
    case model::Duty::should: return "should";
    case model::Duty::must: return "must";
  }
  return "";
}

json::object as_json(const model::ResponseCode& code) {
  json::object out{{"code", code.code},
                   {"phrase", code.phrase},
                   {"rfc", code.rfc},
                   {"verdict", model::verdict_name(code.verdict)},
                   {"doubtful", code.doubtful},
                   {"companion", model::companion_name(code.companion)},
                   {"duty", duty_name(code.duty)},
                   {"retry_after", code.retry_after},
                   {"explanation", code.explanation},
                   {"instead", code.instead},
                   {"search", code.search}};
  if (const auto cause = model::q850_cause(code.code)) {
    out["q850"] = json::object{{"cause", *cause}, {"text", model::q850_text(*cause)}};
  }
  return out;
}

}  // namespace

Response list_actions(Visit& visit) {
  json::array list;
  for (const auto& action : visit.state.services.actions) {
    json::error_code error;
    auto entry = json::parse(action.manifest, error);
    if (error || !entry.is_object()) continue;
    entry.as_object()["help"] = action.help;
    list.push_back(std::move(entry));
  }
  return json_response(200, json::object{{"items", std::move(list)}});
}

Response list_response_codes(Visit&) {
  json::array codes;
  for (const auto& code : model::response_codes()) codes.push_back(as_json(code));
  json::array others;
  for (const auto& code : model::unregistered_codes()) {
    others.push_back({{"code", code.code}, {"name", code.name}, {"note", code.note}});
  }
  return json_response(200, json::object{{"items", std::move(codes)},
                                         {"unregistered", std::move(others)}});
}

Response get_openapi(Visit&) {
  return {.type = "application/json", .body = std::string(openapi_text())};
}

}  // namespace strowger::api
