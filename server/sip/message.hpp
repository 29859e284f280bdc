// One SIP message (RFC 3261 7): immutable bytes and an index of its headers. Values are views into
// the bytes, typed on demand (see headers.hpp, uri.hpp); unknown headers stay byte-exact.
#pragma once

#include "base/result.hpp"
#include "sip/essentials.hpp"
#include "sip/header_name.hpp"
#include "sip/method.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::sip {

// Limits of one message; beyond them it is answered 513 or 400, or dropped when nothing can be
// answered.
constexpr std::size_t message_bytes_max = 65'535;
constexpr std::size_t head_bytes_max = 65'535;
constexpr std::size_t headers_max = 256;
constexpr std::size_t vias_max = 70;

enum class ParseError : std::uint8_t {
  empty,      // only CRLFs: a keep-alive
  not_sip,    // the start line is neither a request nor a status line: dropped in silence
  too_large,  // above message_bytes_max
};
std::string_view text(ParseError error);

// What is wrong with the head of a message that could be indexed all the same, so that it can be
// answered.
struct Flaws {
  bool start_line : 1 = false;        // white space where none may be
  bool header_line : 1 = false;       // a line without colon, or an illegal name; it is left out
  bool line_break : 1 = false;        // a CR or LF on its own
  bool nul : 1 = false;               // a NUL that is no quoted-pair
  bool unfinished : 1 = false;        // the empty line is missing
  bool too_many_headers : 1 = false;  // those beyond headers_max are left out

  bool any() const {
    return start_line || header_line || line_break || nul || unfinished || too_many_headers;
  }
};

class Message {
 public:
  struct Header {
    HeaderName name;         // HeaderName::other when we have no name for it
    std::string_view text;   // the field name as it was written
    std::string_view value;  // trimmed; folded lines are still folded here, see unfolded()
    std::string_view line;   // the whole header as received, folds included, without the last CRLF
  };

  // Takes one whole message: a datagram, or what the stream framer cut out. Bytes beyond
  // Content-Length are ignored (RFC 3261 18.3). Succeeds on anything that can be indexed; whether
  // the request is acceptable is said by check_request() in validation.hpp, so that a bad one can
  // still be answered 400.
  static Result<Message, ParseError> parse(std::string bytes);

  bool is_request() const { return status_ == 0; }

  // Requests. The method is Method::unknown when we have no name for it; method_text() is always as
  // written.
  Method method() const { return method_; }
  std::string_view method_text() const;
  std::string_view request_uri() const;
  std::string_view version() const;  // "SIP/2.0" when all is well

  // Responses
  int status() const { return status_; }
  std::string_view reason_phrase() const;

  // Headers in order, made on the fly: `for (const auto header : message.headers())`.
  class Headers;
  Headers headers() const;
  std::size_t size() const { return slots_.size(); }
  Header at(std::size_t index) const;  // index < size()
  HeaderName name_at(std::size_t index) const { return slots_[index].name; }

  // The first header of that name; nothing when there is none.
  std::optional<std::string_view> header(HeaderName name) const;
  std::optional<std::string_view> header(std::string_view name) const;  // case-insensitive
  std::size_t count(HeaderName name) const;
  // The first value of a comma-separated list header: the top Via, Route or Contact.
  std::optional<std::string_view> first_value(HeaderName name) const;
  // Every value of a comma-separated list header, across lines, in order (quotes and <> respected).
  std::vector<std::string_view> values(HeaderName name) const;

  // Nothing when there is none, when it is not a number, or when two of them differ.
  std::optional<std::size_t> content_length() const { return content_length_; }
  // Cut at Content-Length; all that came when that is absent, bad, or larger than what came.
  std::string_view body() const;
  // The whole message as received, without leading CRLFs.
  std::string_view bytes() const { return bytes_; }
  std::string_view start_line() const;
  Flaws flaws() const { return flaws_; }
  const Essentials& essentials() const { return essentials_; }

 private:
  using Offset = std::uint16_t;  // into bytes_, so that moving or copying a Message keeps it right
  static_assert(message_bytes_max <= 0xffff);

  struct Slot {
    Offset line, text_end, value, value_end, line_end;
    HeaderName name;
  };

  std::string_view piece(std::size_t from, std::size_t to) const {
    return std::string_view(bytes_).substr(from, to - from);
  }
  bool index_start_line(std::string_view line);
  bool index_status_line(std::string_view line);
  void index_head();
  std::size_t find_line_end(std::size_t from);
  void index_header(std::size_t begin, std::size_t end);
  void read_content_length();

  std::string bytes_;
  std::vector<Slot> slots_;
  std::optional<std::size_t> content_length_;
  Offset start_line_end_ = 0;
  Offset method_begin_ = 0, method_end_ = 0;
  Offset middle_ = 0, middle_end_ = 0;  // the Request-URI or the Reason-Phrase
  Offset version_ = 0, version_end_ = 0;
  Offset body_ = 0, body_end_ = 0;
  std::uint16_t status_ = 0;
  Method method_ = Method::unknown;
  Flaws flaws_;
  Essentials essentials_;
};

class Message::Headers {
 public:
  class Iterator {
   public:
    Iterator(const Message* message, std::size_t index) : message_(message), index_(index) {}
    Header operator*() const { return message_->at(index_); }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    const Message* message_;
    std::size_t index_;
  };

  explicit Headers(const Message* message) : message_(message) {}
  Iterator begin() const { return {message_, 0}; }
  Iterator end() const { return {message_, message_->size()}; }

 private:
  const Message* message_;
};

inline Message::Header Message::at(std::size_t index) const {
  const Slot& slot = slots_[index];
  return {slot.name, piece(slot.line, slot.text_end), piece(slot.value, slot.value_end),
          piece(slot.line, slot.line_end)};
}

inline Message::Headers Message::headers() const { return Headers(this); }

}  // namespace strowger::sip
