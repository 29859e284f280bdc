// How a caller is shown to the phones that are rung: as the caller's own phone said, but for what
// blocks of the callflow have changed. Texts of any kind may be in it: what goes onto the wire is
// quoted, escaped or left out here.
#pragma once

#include "sip/header_list.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace strowger::call {

struct CallerShown {
  std::string name;    // "" for none
  std::string number;  // "" for none
  std::string host;    // of the From URI
};

struct Presentation {
  std::optional<std::string> name;    // instead of the caller's
  std::optional<std::string> number;  // likewise
  std::string name_prefix;
  std::string number_prefix;
  bool hide_name = false;
  bool hide_number = false;
  std::string alert_info;  // "" for none

  bool operator==(const Presentation&) const = default;
};

// A From value without tag. Who is hidden is so as RFC 3323 §4.1.1.3 wants it: the anonymous URI,
// no name.
std::string from_value(const Presentation& shown, const CallerShown& caller);
// Privacy (RFC 3323, RFC 3325 §9.3) and Alert-Info (RFC 3261 §20.4), where there are any.
sip::HeaderList presentation_headers(const Presentation& shown);

// Printable ASCII without blanks at its ends, at most so many bytes: nothing that could begin a
// line of its own.
inline constexpr std::size_t alert_info_bytes_max = 256;
bool is_alert_info(std::string_view text);

}  // namespace strowger::call
