#include "sip/head_scan.hpp"

#include "sip/grammar.hpp"
#include "sip/header_name.hpp"
#include "sip/name_addr.hpp"

namespace strowger::sip {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view version_2 = " SIP/2.0";

constexpr bool is_blank(char c) { return c == ' ' || c == '\t'; }

// Takes a line off `rest`, without its CRLF; nothing when it ends otherwise, or holds a CR
// (RFC 3261 7).
std::optional<std::string_view> take_line(std::string_view& rest) {
  const auto end = rest.find('\n');
  if (end == npos || end == 0 || rest[end - 1] != '\r') return std::nullopt;
  const auto line = rest.substr(0, end - 1);
  if (line.find('\r') != npos) return std::nullopt;
  rest.remove_prefix(end + 1);
  return line;
}

// A header with the lines that continue it (7.3.1).
std::optional<std::string_view> take_header(std::string_view& rest) {
  const auto whole = rest;
  auto line = take_line(rest);
  if (!line || line->empty()) return line;
  while (!rest.empty() && is_blank(rest.front())) {
    if (!take_line(rest)) return std::nullopt;
    line = whole.substr(0, whole.size() - rest.size() - 2);
  }
  return line;
}

// "INVITE sip:1000@pbx SIP/2.0"
bool take_start_line(std::string_view& rest, HeadScan& scan) {
  const auto line = take_line(rest);
  if (!line || !line->ends_with(version_2)) return false;
  const auto method_end = line->find(' ');
  scan.method_text = line->substr(0, method_end);
  const auto left = line->substr(method_end);  // there is one: it ends with " SIP/2.0"
  if (!is_token(scan.method_text) || left.size() <= version_2.size() + 1) return false;
  scan.request_uri = left.substr(1, left.size() - version_2.size() - 1);
  scan.method = method_from(scan.method_text);
  return !has_byte(scan.request_uri, [](EightBytes bytes) {
    return bytes.equal(' ') | bytes.equal('\t') | bytes.equal('\r');
  });
}

// False when it is there already.
bool put(std::string_view& where, std::string_view value) {
  if (!where.empty()) return false;
  where = value;
  return !value.empty();
}

bool put_header(HeadScan& scan, HeaderName name, std::string_view value) {
  switch (name) {
    case HeaderName::via:
      if (scan.via_lines == HeadScan::via_lines_max) return false;
      scan.vias[scan.via_lines++] = value;
      return true;
    case HeaderName::from: return put(scan.from, value);
    case HeaderName::to: return put(scan.to, value);
    case HeaderName::call_id: return put(scan.call_id, value);
    case HeaderName::cseq: return put(scan.cseq, value);
    default: return true;
  }
}

// Only the first letters that the headers we want begin with, long or compact.
bool may_be_wanted(char first) {
  switch (lower(first)) {
    case 'v':
    case 'f':
    case 't':
    case 'c':
    case 'i': return true;
    default: return false;
  }
}

bool take_headers(std::string_view& rest, HeadScan& scan) {
  while (const auto line = take_header(rest)) {
    if (line->empty()) return true;  // the end of the head
    if (!may_be_wanted(line->front())) continue;
    const auto colon = line->find(':');
    if (colon == npos) return false;
    // A name that is folded before its colon is none (25.1 HCOLON), neither here nor to the parser.
    if (has_line_break(line->substr(0, colon))) return false;
    const auto name = header_name_from(trim(line->substr(0, colon)));
    if (!put_header(scan, name, trim(line->substr(colon + 1)))) return false;
  }
  return false;
}

bool read_tag(std::string_view value, std::string_view& tag) {
  const auto address = NameAddr::parse(value);
  if (!address || address->star) return false;
  tag = address->tag().value_or("");
  return !address->tag_param || !tag.empty();  // an answer can't repeat ";tag" alone
}

bool read_values(HeadScan& scan) {
  if (scan.via_lines == 0 || scan.call_id.empty() || scan.cseq.empty()) return false;
  // Folded inside it is none (RFC 3261 25.1), and peek_call_id() would say something else.
  if (has_line_break(scan.call_id)) return false;
  std::string_view rest = scan.vias[0];
  scan.top_text = next_item(rest).value_or("");
  const auto top = Via::parse(scan.top_text);
  if (!top) return false;
  scan.top = *top;
  return read_tag(scan.from, scan.from_tag) && read_tag(scan.to, scan.to_tag);
}

}  // namespace

bool HeadScan::begins_something() const {
  switch (method) {
    case Method::ack:
    case Method::bye:
    case Method::cancel:
    case Method::prack: return false;
    default: return to_tag.empty();
  }
}

std::optional<HeadScan> scan_head(std::string_view message) {
  const auto begin = message.find_first_not_of("\r\n");
  if (begin == npos) return std::nullopt;
  message.remove_prefix(begin);
  HeadScan scan;
  if (!take_start_line(message, scan)) return std::nullopt;
  if (!take_headers(message, scan) || !read_values(scan)) return std::nullopt;
  return scan;
}

}  // namespace strowger::sip
