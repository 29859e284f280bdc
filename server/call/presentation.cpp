#include "call/presentation.hpp"

#include "sip/grammar.hpp"
#include "sip/uri.hpp"

#include <algorithm>

namespace strowger::call {

namespace {

constexpr const char* anonymous_uri = "sip:anonymous@anonymous.invalid";

}  // namespace

std::string from_value(const Presentation& shown, const CallerShown& caller) {
  auto name = shown.name_prefix + shown.name.value_or(caller.name);
  const auto number = shown.number_prefix + shown.number.value_or(caller.number);
  if (shown.hide_name) name = "Anonymous";
  std::string uri = anonymous_uri;
  if (!shown.hide_number) {
    uri = "sip:" + (number.empty() ? "" : sip::escape_user(number) + "@") + caller.host;
  }
  return (name.empty() ? "" : sip::quoted_string(name) + " ") + "<" + uri + ">";
}

sip::HeaderList presentation_headers(const Presentation& shown) {
  sip::HeaderList headers;
  if (shown.hide_number) headers.emplace_back("Privacy", "id");
  if (is_alert_info(shown.alert_info)) headers.emplace_back("Alert-Info", shown.alert_info);
  return headers;
}

bool is_alert_info(std::string_view text) {
  const bool sized = !text.empty() && text.size() <= alert_info_bytes_max;
  return sized && text.front() != ' ' && text.back() != ' ' &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace strowger::call
