#include "sip/refer.hpp"

#include "sip/headers.hpp"

namespace strowger::sip {

namespace {

// "?Replaces=…&Require=…" of a URI: the value, unescaped (RFC 3261 19.1.1).
std::optional<std::string> header_in(std::string_view headers, std::string_view wanted) {
  while (!headers.empty()) {
    const auto end = headers.find('&');
    const auto one = headers.substr(0, end);
    const auto equals = one.find('=');
    if (equals != std::string_view::npos && iequals(one.substr(0, equals), wanted)) {
      return unescape(one.substr(equals + 1));
    }
    if (end == std::string_view::npos) break;
    headers.remove_prefix(end + 1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<Replaces> Replaces::parse(std::string_view value) {
  const auto parts = TokenParams::parse(value);
  if (!parts || parts->token.empty()) return std::nullopt;
  Replaces replaces{.call_id = std::string(parts->token),
                    .to_tag = std::string(parts->params.get("to-tag").value_or("")),
                    .from_tag = std::string(parts->params.get("from-tag").value_or("")),
                    .early_only = parts->params.has("early-only")};
  if (replaces.to_tag.empty() || replaces.from_tag.empty()) return std::nullopt;
  return replaces;
}

std::optional<ReferTo> refer_to(const Message& refer, BadReferTo& bad) {
  const auto values = refer.values(HeaderName::refer_to);
  std::optional<NameAddr> address;
  int count = 0;
  for (const auto value : values) {
    if (++count == 1) address = NameAddr::parse(value);
  }
  bad = {400, count == 1 ? "Malformed Refer-To" : "One Refer-To Wanted"};  // RFC 3515 2.4.2
  if (count != 1 || !address) return std::nullopt;
  const auto uri = SipUri::parse(address->uri);
  if (!uri) return std::nullopt;
  bad = {416, "Unsupported URI Scheme"};
  if (uri->scheme == Scheme::other) return std::nullopt;
  bad = {501, "Only INVITE Is Done"};
  if (!iequals(uri->params.get("method").value_or("INVITE"), "INVITE")) return std::nullopt;
  ReferTo target{.user = uri->number_text(), .replaces = {}};
  if (const auto named = header_in(uri->headers, "Replaces")) {
    target.replaces = Replaces::parse(*named);
    bad = {400, "Malformed Replaces"};
    if (!target.replaces) return std::nullopt;
  }
  bad = {484, "Address Incomplete"};
  if (target.user.empty() && !target.replaces) return std::nullopt;
  return target;
}

bool wants_no_subscription(const Message& refer) {
  const auto value = refer.header(HeaderName::refer_sub);
  return value && iequals(*value, "false");
}

}  // namespace strowger::sip
