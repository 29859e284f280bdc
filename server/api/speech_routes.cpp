// Text to speech, by espeak-ng where it is installed.
#include "api/fields.hpp"
#include "api/media_intake.hpp"
#include "api/routes.hpp"

#include <boost/json/array.hpp>

#include <algorithm>

namespace strowger::api {

namespace json = boost::json;

namespace {

constexpr std::size_t text_bytes_max = 2'000;

Response not_installed() { return refusal(503, "espeak-ng is not installed"); }

}  // namespace

Response list_voices(Visit& visit) {
  const auto voices = visit.state.services.voices();
  json::array list;
  for (const auto& voice : voices.value_or(std::vector<Voice>())) {
    list.push_back(json::object{
        {"id", voice.id}, {"name", voice.name}, {"language", voice.language}});
  }
  return json_response(200, json::object{{"installed", voices.has_value()},
                                         {"voices", std::move(list)}});
}

Response speak_media(Visit& visit) {
  const auto body = json_body(visit);
  if (!body) return body.error();
  const auto voices = visit.state.services.voices();
  if (!voices) return not_installed();
  Fields fields(*body);
  const auto name = fields.text("name", media_name_bounds);
  const auto text = fields.text("text", {.chars_min = 1, .chars_max = text_bytes_max});
  const auto voice = fields.text("voice", {.chars_min = 1});
  if (text.size() > text_bytes_max) fields.complain("text", "text has at most 2,000 bytes.");
  if (fields.good() && std::ranges::find(*voices, voice, &Voice::id) == voices->end()) {
    fields.complain("voice", "There is no such voice.");
  }
  if (!fields.good()) return fields.refusal();
  const auto spoken = visit.state.services.speak({voice, text});
  if (!spoken) {
    return refusal(model::Findings{
        {model::Severity::error, "not-spoken", "/text", "", spoken.error().what, ""}});
  }
  visit.audit_note = "spoken by " + voice;
  return add_media(visit, {.file = *spoken, .name = name, .id = ""});
}

}  // namespace strowger::api
