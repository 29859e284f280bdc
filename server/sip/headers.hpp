// Typed values of header fields. All are views, parsed on demand; every parser gives nothing for
// bad input.
#pragma once

#include "sip/cseq.hpp"
#include "sip/grammar.hpp"
#include "sip/message.hpp"
#include "sip/name_addr.hpp"
#include "sip/params.hpp"
#include "sip/uri.hpp"
#include "sip/via.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace strowger::sip {

// RFC 3262 7.2: "776656 1 INVITE".
struct RAck {
  std::uint32_t rseq = 0;
  std::uint32_t cseq = 0;
  Method method = Method::unknown;
  std::string_view method_text;

  static std::optional<RAck> parse(std::string_view value);
};

// Content-Type, and any other "type/subtype;params".
struct ContentType {
  std::string_view type;
  std::string_view subtype;
  Params params;

  static std::optional<ContentType> parse(std::string_view value);
  // is("application", "sdp"), case-insensitively.
  bool is(std::string_view want_type, std::string_view want_subtype) const;
};

// "token;params": Content-Disposition, Event, Reason, Session-Expires, Subscription-State,
// Replaces.
struct TokenParams {
  std::string_view token;
  Params params;

  // The token may hold any character but white space, ';' and ',' (a Call-ID in Replaces does).
  static std::optional<TokenParams> parse(std::string_view value);
};

// ---- straight from a message; nothing when the header is absent or malformed
// Also of a malformed Via what can be used, so that a bad request can be answered. The message
// remembers these four.
const std::optional<Via>& top_via(const Message& message);
const std::optional<NameAddr>& from(const Message& message);
const std::optional<NameAddr>& to(const Message& message);
const std::optional<CSeq>& cseq(const Message& message);
std::optional<RAck> rack(const Message& message);
std::optional<std::uint32_t> rseq(const Message& message);  // 1 to 2^31-1
std::optional<NameAddr> contact(const Message& message);    // the first one, never "*"
std::optional<std::uint8_t> max_forwards(const Message& message);
std::optional<std::uint32_t> expires(const Message& message);  // seconds
std::optional<ContentType> content_type(const Message& message);
// An option tag, event package or the like in any line of a list header:
// has_token(message, HeaderName::supported, "100rel").
bool has_token(const Message& message, HeaderName header, std::string_view token);
// The value of the To or From tag; empty when there is none.
std::string_view to_tag(const Message& message);
std::string_view from_tag(const Message& message);
// The Call-ID as written; empty when there is none.
std::string_view call_id(const Message& message);

}  // namespace strowger::sip
