// name-addr or addr-spec with header parameters: From, To, Contact, Route, Refer-To, … (RFC
// 3261 20.10).
#pragma once

#include "sip/params.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace strowger::sip {

// Views into the header's value.
struct NameAddr {
  std::string_view display;  // as written: a quoted string with its quotes, or tokens; may be empty
  std::string_view uri;      // without < >
  Params params;             // of the header, never of the URI
  bool bracketed = false;    // written with < >
  bool star = false;         // the "*" of a Contact; everything else is empty then
  std::optional<std::string_view> tag_param;  // the first ;tag, also an empty one

  // Nothing when it is malformed: unterminated quote or bracket, white space in the URI, bad
  // parameters. Takes one value; cut lists with next_item() or Message::values() first.
  static std::optional<NameAddr> parse(std::string_view value);

  std::string display_text() const;             // without quotes and escapes
  std::optional<std::string_view> tag() const;  // nothing when absent or empty
};

}  // namespace strowger::sip
