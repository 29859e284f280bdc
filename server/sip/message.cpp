#include "sip/message.hpp"

#include "sip/grammar.hpp"

#include <algorithm>
#include <cstring>

namespace strowger::sip {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view version_2 = "SIP/2.0";
constexpr std::size_t usual_headers = 24;

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool has_blank(std::string_view text) { return std::any_of(text.begin(), text.end(), is_blank); }

bool starts_with_version(std::string_view text, std::string_view version) {
  return text.size() >= version.size() && iequals(text.substr(0, version.size()), version);
}

// A NUL may stand in a quoted-pair only (RFC 3261 25.1).
bool has_stray_nul(std::string_view head) {
  for (std::size_t at = head.find('\0'); at != npos; at = head.find('\0', at + 1)) {
    if (at == 0 || head[at - 1] != '\\') return true;
  }
  return false;
}

}  // namespace

std::string_view text(ParseError error) {
  switch (error) {
    case ParseError::empty:
      return "only line breaks";
    case ParseError::not_sip:
      return "not SIP";
    case ParseError::too_large:
      return "too large";
  }
  return "";
}

Result<Message, ParseError> Message::parse(std::string bytes) {
  if (bytes.size() > message_bytes_max) return unexpected(ParseError::too_large);
  // RFC 3261 7.5: line breaks before the start line are ignored.
  const std::size_t begin = bytes.find_first_not_of("\r\n");
  if (begin == npos) return unexpected(ParseError::empty);
  if (begin > 0) bytes.erase(0, begin);

  Message message;
  message.bytes_ = std::move(bytes);
  const std::size_t line_end = std::min(message.find_line_end(0), message.bytes_.size());
  message.start_line_end_ = static_cast<Offset>(line_end);
  if (!message.index_start_line(message.start_line())) return unexpected(ParseError::not_sip);
  message.index_head();
  message.read_content_length();
  return message;
}

bool Message::index_status_line(std::string_view line) {
  // "SIP/2.0 486 Busy Here"; the space before an empty phrase may be missing.
  if (line.size() < 11 || !starts_with_version(line, version_2) || line[7] != ' ') return false;
  const auto code = parse_number(line.substr(8, 3), 699);
  if (!code || *code < 100 || (line.size() > 11 && line[11] != ' ')) return false;
  status_ = static_cast<std::uint16_t>(*code);
  version_ = 0;
  version_end_ = 7;
  middle_ = static_cast<Offset>(std::min<std::size_t>(12, line.size()));
  middle_end_ = static_cast<Offset>(line.size());
  return true;
}

bool Message::index_start_line(std::string_view line) {
  if (index_status_line(line)) return true;
  // Method SP Request-URI SP SIP-Version. White space elsewhere is kept as a flaw (RFC
  // 4475 3.1.2.8–10).
  const std::string_view trimmed = trim(line);
  const std::size_t method_end = trimmed.find(' ');
  const std::size_t last = trimmed.find_last_of(" \t");
  if (method_end == npos || !is_token(trimmed.substr(0, method_end))) return false;
  if (!starts_with_version(trimmed.substr(last + 1), "SIP/")) return false;
  const auto from_line = [&](std::string_view part) { return part.data() - line.data(); };
  const std::size_t between = last > method_end ? last - method_end - 1 : 0;
  const std::string_view uri = trim(trimmed.substr(method_end + 1, between));
  method_begin_ = static_cast<Offset>(from_line(trimmed));
  method_end_ = static_cast<Offset>(method_begin_ + method_end);
  middle_ = static_cast<Offset>(from_line(uri));
  middle_end_ = static_cast<Offset>(middle_ + uri.size());
  version_ = static_cast<Offset>(method_begin_ + last + 1);
  version_end_ = static_cast<Offset>(method_begin_ + trimmed.size());
  flaws_.start_line = trimmed.size() != line.size() || uri.size() != between || uri.empty() ||
                      has_blank(uri) || trimmed[last] != ' ';
  method_ = method_from(method_text());
  return true;
}

// The line end (its CR) at or after `from`. Lines end with CRLF and nothing else (RFC 3261 7): a CR
// or LF on its own belongs to the text, so that nobody smuggles a header past us or past those
// behind us.
std::size_t Message::find_line_end(std::size_t from) {
  const std::string_view all = bytes_;
  std::size_t end = npos;
  for (std::size_t at = from; (at = all.find('\n', at)) != npos; ++at) {
    if (at > from && all[at - 1] == '\r') {
      end = at - 1;
      break;
    }
    flaws_.line_break = true;
  }
  const std::size_t length = std::min(end, all.size()) - from;
  if (length > 0 && std::memchr(all.data() + from, '\r', length) != nullptr) {
    flaws_.line_break = true;
  }
  return end;
}

void Message::index_head() {
  const std::string_view all = bytes_;
  slots_.reserve(usual_headers);
  std::size_t begin = std::min<std::size_t>(start_line_end_ + 2U, all.size());
  while (true) {
    std::size_t end = find_line_end(begin);
    if (end == begin) {
      body_ = static_cast<Offset>(begin + 2);
      break;
    }
    // A line that begins with white space continues the one before (7.3.1).
    while (end != npos && end + 2 < all.size() && is_blank(all[end + 2])) {
      end = find_line_end(end + 2);
    }
    if (end == npos) {
      flaws_.unfinished = true;
      if (begin < all.size()) index_header(begin, all.size());
      body_ = static_cast<Offset>(all.size());
      break;
    }
    index_header(begin, end);
    begin = end + 2;
  }
  flaws_.nul = has_stray_nul(all.substr(0, body_));
}

void Message::index_header(std::size_t begin, std::size_t end) {
  const std::string_view line = piece(begin, end);
  const std::size_t colon = line.find(':');
  if (colon == npos) {
    flaws_.header_line = true;
    return;
  }
  // White space may stand before the colon (25.1 HCOLON): the name is compared without it.
  std::size_t text_end = colon;
  while (text_end > 0 && is_blank(line[text_end - 1])) --text_end;
  const std::string_view text = line.substr(0, text_end);
  if (!is_token(text)) {
    flaws_.header_line = true;
    return;
  }
  if (slots_.size() == headers_max) {
    flaws_.too_many_headers = true;
    return;
  }
  const std::string_view value = trim(line.substr(colon + 1));
  const auto value_begin = static_cast<std::size_t>(value.data() - bytes_.data());
  slots_.push_back({static_cast<Offset>(begin), static_cast<Offset>(begin + text_end),
                    static_cast<Offset>(value_begin),
                    static_cast<Offset>(value_begin + value.size()), static_cast<Offset>(end),
                    header_name_from(text)});
}

void Message::read_content_length() {
  bool good = true;
  for (const Slot& slot : slots_) {
    if (slot.name != HeaderName::content_length) continue;
    const auto number = parse_number(piece(slot.value, slot.value_end), 0xffff'ffff);
    if (!number || (content_length_ && *content_length_ != *number)) good = false;
    content_length_ = number;
  }
  if (!good) content_length_.reset();
  const std::size_t arrived = bytes_.size() - body_;
  body_end_ = static_cast<Offset>(body_ + std::min(content_length_.value_or(arrived), arrived));
}

std::string_view Message::method_text() const { return piece(method_begin_, method_end_); }

std::string_view Message::request_uri() const {
  return is_request() ? piece(middle_, middle_end_) : std::string_view();
}

std::string_view Message::version() const { return piece(version_, version_end_); }

std::string_view Message::reason_phrase() const {
  return is_request() ? std::string_view() : piece(middle_, middle_end_);
}

std::string_view Message::start_line() const { return piece(0, start_line_end_); }

std::string_view Message::body() const { return piece(body_, body_end_); }

std::optional<std::string_view> Message::header(HeaderName name) const {
  for (const Slot& slot : slots_) {
    if (slot.name == name) return piece(slot.value, slot.value_end);
  }
  return std::nullopt;
}

std::optional<std::string_view> Message::header(std::string_view name) const {
  const HeaderName known = header_name_from(name);
  if (known != HeaderName::other) return header(known);
  for (const Slot& slot : slots_) {
    if (slot.name == HeaderName::other && iequals(piece(slot.line, slot.text_end), name)) {
      return piece(slot.value, slot.value_end);
    }
  }
  return std::nullopt;
}

std::size_t Message::count(HeaderName name) const {
  const auto same = [&](const Slot& slot) { return slot.name == name; };
  return static_cast<std::size_t>(std::count_if(slots_.begin(), slots_.end(), same));
}

std::optional<std::string_view> Message::first_value(HeaderName name) const {
  auto value = header(name);
  if (!value) return std::nullopt;
  return next_item(*value);
}

std::vector<std::string_view> Message::values(HeaderName name) const {
  std::vector<std::string_view> found;
  for (const Slot& slot : slots_) {
    if (slot.name != name) continue;
    std::string_view rest = piece(slot.value, slot.value_end);
    while (const auto item = next_item(rest)) found.push_back(*item);
  }
  return found;
}

}  // namespace strowger::sip
