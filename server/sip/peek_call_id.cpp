#include "sip/peek_call_id.hpp"

#include "sip/grammar.hpp"

#include <optional>

namespace strowger::sip {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::string_view long_name = "Call-ID";

bool is_blank(char c) { return c == ' ' || c == '\t'; }

void skip_blanks(std::string_view& text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
}

// "Call-ID : x" → "x"; nothing when the line is another header's. The value may stand on a folded
// line (RFC 3261 7.3.1).
std::optional<std::string_view> value_of(std::string_view line) {
  const bool is_long = iequals(line.substr(0, long_name.size()), long_name);
  line.remove_prefix(is_long ? long_name.size() : 1);
  skip_blanks(line);
  if (!line.starts_with(':')) return std::nullopt;
  line.remove_prefix(1);
  skip_blanks(line);
  while (line.size() > 2 && line.starts_with("\r\n") && is_blank(line[2])) {
    line.remove_prefix(3);
    skip_blanks(line);
  }
  line = line.substr(0, line.find_first_of("\r\n"));
  while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
  return line;
}

bool may_be_call_id(std::string_view line) {
  switch (line.front()) {
    case 'c':
    case 'C': return iequals(line.substr(0, long_name.size()), long_name);
    case 'i':
    case 'I': return line.size() > 1 && (line[1] == ':' || is_blank(line[1]));
    default: return false;
  }
}

}  // namespace

std::string_view peek_call_id(std::string_view message) {
  std::size_t at = message.find_first_not_of("\r\n");
  while (at != npos && (at = message.find('\n', at)) != npos) {
    const auto line = message.substr(++at);
    if (line.empty() || line.front() == '\r') break;
    if (!may_be_call_id(line)) continue;
    if (const auto value = value_of(line)) return *value;
  }
  return {};
}

}  // namespace strowger::sip
