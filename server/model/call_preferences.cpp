#include "model/call_preferences.hpp"

#include "model/callflow.hpp"

namespace strowger::model {
namespace {

constexpr auto number_wanted = "a number: 1 to 35 digits, letters, or the characters * # + - . _";

CallerId read_caller_id(DocumentReader reader) {
  return {reader.text("name", {.chars_max = caller_name_chars_max}),
          reader.text("number", is_dialable, number_wanted)};
}

CallForward read_call_forward(DocumentReader reader) {
  const CallForward usual;
  CallForward forward{
      .enabled = reader.flag("enabled", usual.enabled),
      .number = reader.text("number", is_dialable, number_wanted),
      .keep_caller_id = reader.flag("keep_caller_id", usual.keep_caller_id),
      .require_keypress = reader.flag("require_keypress", usual.require_keypress),
      .substitute = reader.flag("substitute", usual.substitute),
      .direct_calls_only = reader.flag("direct_calls_only", usual.direct_calls_only),
      .ignore_early_media = reader.flag("ignore_early_media", usual.ignore_early_media)};
  const auto* const number = reader.find("number");
  const bool empty = number == nullptr || (number->is_string() && number->get_string().empty());
  if (forward.enabled && empty) {
    reader.complain("number", "missing", "Calls are forwarded, but it is not said where to.",
                    "Give a number, or set enabled to false.");
  }
  return forward;
}

}  // namespace

bool is_dialable(std::string_view text) {
  return text.size() <= caller_number_chars_max && text != no_match_number && is_number(text);
}

CallPreferences read_call_preferences(DocumentReader& reader) {
  auto ids = reader.object("caller_id");
  return {.caller_id = {read_caller_id(ids.object("internal")),
                        read_caller_id(ids.object("external"))},
          .call_forward = read_call_forward(reader.object("call_forward")),
          .do_not_disturb = reader.object("do_not_disturb").flag("enabled", false)};
}

}  // namespace strowger::model
