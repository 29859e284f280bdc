// One SIP message (RFC 3261 §7): immutable bytes and an index of its headers. Values are views into the
// bytes, typed on demand (see headers.hpp, uri.hpp); unknown headers stay byte-exact.
#pragma once

#include "base/result.hpp"
#include "sip/header_name.hpp"
#include "sip/method.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::sip {

// Limits of one message; beyond them it is answered 513 or 400, or dropped when nothing can be answered.
constexpr std::size_t message_bytes_max = 65'535;
constexpr std::size_t head_bytes_max = 65'535;
constexpr std::size_t headers_max = 256;
constexpr std::size_t vias_max = 70;

enum class ParseError : std::uint8_t {
  empty,            // only CRLFs: a keep-alive
  not_sip,          // the start line is neither a request nor a status line: dropped in silence
  no_end_of_head,   // the empty line is missing
  bad_header_line,  // no colon, or an illegal field name
  too_large,
  too_many_headers,
};
std::string_view text(ParseError error);

class Message {
 public:
  struct Header {
    HeaderName name;          // HeaderName::other when we have no name for it
    std::string_view text;    // the field name as it was written
    std::string_view value;   // trimmed; folded lines are still folded here, see unfolded()
  };

  // Takes one whole message: a datagram, or what the stream framer cut out. Bytes beyond Content-Length are
  // ignored (RFC 3261 18.3). Succeeds on anything that can be indexed; whether the request is acceptable
  // is said by check_request() in validation.hpp, so that a bad one can still be answered 400.
  static Result<Message, ParseError> parse(std::string bytes);

  bool is_request() const { return status_ == 0; }

  // Requests. The method is Method::unknown when we have no name for it; method_text() is always as written.
  Method method() const { return method_; }
  std::string_view method_text() const;
  std::string_view request_uri() const;
  std::string_view version() const;  // "SIP/2.0" when all is well

  // Responses
  int status() const { return status_; }
  std::string_view reason_phrase() const;

  const std::vector<Header>& headers() const;
  // The first header of that name; nothing when there is none.
  std::optional<std::string_view> header(HeaderName name) const;
  std::optional<std::string_view> header(std::string_view name) const;  // any name, case-insensitive
  std::size_t count(HeaderName name) const;
  // Every value of a comma-separated list header, across lines, in order (quotes and <> respected).
  std::vector<std::string_view> values(HeaderName name) const;

  std::string_view body() const;
  std::string_view bytes() const;   // the whole message as received
  std::string_view start_line() const;

 private:
  // Offsets into bytes_, so that moving or copying a Message keeps them right… (owner decides the layout)
  struct Index;
  // [implementation is the parser author's]
  int status_ = 0;
  Method method_ = Method::unknown;
};

}  // namespace strowger::sip
