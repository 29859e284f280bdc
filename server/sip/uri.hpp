// A URI as SIP meets it (RFC 3261 19.1, tel: RFC 3966), as views into the text it was parsed from.
#pragma once

#include "sip/params.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::sip {

enum class Scheme : std::uint8_t { sip, sips, tel, other };

// The scheme before the first colon; nothing when there is no well-formed one.
std::optional<Scheme> scheme_of(std::string_view uri);

// Percent-decoding. %00 becomes a NUL byte inside the string and cuts nothing; a '%' that is not
// followed by two hex digits stays as it is.
std::string unescape(std::string_view text);
// Percent-encodes whatever may not stand in a user part (RFC 3261 25.1 `user`).
std::string escape_user(std::string_view text);
// Compares with escapes resolved, without copying: "%61" equals "a", "%00" differs from "%00%00".
bool equal_unescaped(std::string_view a, std::string_view b, bool case_sensitive);

struct SipUri {
  Scheme scheme = Scheme::sip;
  std::string_view text;  // the whole URI
  bool has_user = false;  // "sip:@host" is malformed, "sip:host" has none
  std::string_view
      user;  // still escaped; for tel: the number; for other schemes: all after the colon
  std::string_view password;  // still escaped
  std::string_view host;      // IPv6 literals with their brackets
  std::optional<std::uint16_t> port;
  Params params;
  std::string_view headers;  // after '?', still escaped

  // Nothing when it is malformed. Schemes other than sip, sips and tel are only checked for their
  // characters.
  static std::optional<SipUri> parse(std::string_view text);

  std::string user_text() const { return unescape(user); }
  // Where it stands for a number, without the parameters of a tel URI behind it (19.1.6):
  // "+358-555-1234567;postd=pp22".
  std::string number_text() const;
  bool is_sip() const { return scheme == Scheme::sip || scheme == Scheme::sips; }
  // "sip:" to the end of host and port: what a registrar or a dialog compares first, without
  // parameters.
  std::string_view base() const;
};

// RFC 3261 19.1.4. Not transitive, as the RFC says itself.
bool operator==(const SipUri& a, const SipUri& b);

}  // namespace strowger::sip
