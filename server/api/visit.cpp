#include "api/visit.hpp"

#include "model/json_reader.hpp"
#include "model/utf8.hpp"

#include <algorithm>

namespace strowger::api {

namespace json = boost::json;

Answered<json::object> json_body(const Visit& visit, BodyLimits limits) {
  const auto& text = visit.request.body;
  if (text.size() > limits.bytes) {
    return refused(refusal(413, "The body may have " + std::to_string(limits.bytes) + " bytes.",
                           {{"limit", limits.bytes}}));
  }
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) return json::object();
  auto read = model::read_json(text, {limits.bytes, limits.depth});
  if (!read) return refused(refusal(read.error(), 400));
  if (!read->value.is_object()) return refused(refusal(400, "The body has to be a JSON object."));
  return std::move(read->value.as_object());
}

std::optional<Response> make_live(Visit& visit, Event event) {
  const auto live = visit.state.services.reload();
  if (!live) {
    return refusal(500, "It is saved, but could not be made live: " + live.error().what);
  }
  if (!event.type.empty()) {
    event.at = visit.now();
    visit.state.events.publish(std::move(event));
  }
  return std::nullopt;
}

Answered<bool> asked_flag(const Visit& visit, std::string_view name) {
  const auto text = visit.asked(name);
  if (text == "true") return true;
  if (text.empty() || text == "false") return false;
  return refused(refusal(400, std::string(name) + " is true or false."));
}

Answered<std::string> asked_text(const Visit& visit, std::string_view name,
                                 std::size_t chars_max) {
  auto text = visit.asked(name);
  const bool control = std::ranges::any_of(
      text, [](unsigned char c) { return c < 0x20 || c == 0x7F; });
  if (control || model::utf8_length(text) > chars_max) {
    return refused(refusal(400, std::string(name) + " has at most " + std::to_string(chars_max) +
                                    " characters, none of them a control character."));
  }
  return model::utf8_repaired(text, 4 * chars_max);
}

State::State(Services given)
    : services(std::move(given)),
      stores(services.open_store),
      passwords(services.password_cost) {
  for (const auto& action : services.actions) {
    [[maybe_unused]] const auto added = catalog.add(action.manifest);
  }
}

}  // namespace strowger::api
