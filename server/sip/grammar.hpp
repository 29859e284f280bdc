// The small change of RFC 3261 §25.1: character classes, trimming, numbers, quoted strings, comma
// lists. Values may still be folded, so CR and LF count as white space here.
#pragma once

#include "base/byte_search.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::sip {

// ASCII only, whatever the locale; bytes above 0x7f stay as they are.
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_hex(char c) { return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f'); }
constexpr bool is_white(char c) {
  return c <= ' ' && (c == ' ' || c == '\t' || c == '\r' || c == '\n');
}

namespace detail {
constexpr auto npos = std::string_view::npos;

enum CharClass : std::uint8_t {
  token_char = 1,
  user_char = 2,
  uri_char = 4,
  host_char = 8,
  v6_char = 16,
  value_char = 32,  // of a parameter's value that has no quotes
  value_end = 64    // behind such a value
};

constexpr auto char_classes = [] {
  std::array<std::uint8_t, 256> made{};
  const auto add = [&](std::string_view chars, unsigned classes) {
    for (const char c : chars)
      made[static_cast<unsigned char>(c)] |= static_cast<std::uint8_t>(classes);
  };
  add("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.",
      token_char | user_char | uri_char | host_char);
  add("!%*_+`'~", token_char);
  add("_", host_char);  // not in the grammar, but found in the names of containers and hosts
  add("-_.!~*'()&=+$,;?/", user_char);
  add("-_.!~*'()&=+$,;?/:@[]|^{}#", uri_char);
  add("0123456789abcdefABCDEF:.", v6_char);
  for (std::size_t c = 0x80; c < 256; ++c) made[c] = user_char | uri_char;  // UTF-8 left unescaped
  for (std::size_t c = 0x21; c < 256; ++c) {
    const bool structure = std::string_view("\"<>,;").find(static_cast<char>(c)) != npos;
    if (!structure) made[c] = static_cast<std::uint8_t>(made[c] | value_char);
  }
  add("; \t\r\n", value_end);
  return made;
}();

constexpr bool is(char c, CharClass wanted) {
  return (char_classes[static_cast<unsigned char>(c)] & wanted) != 0;
}
constexpr bool all(std::string_view text, CharClass wanted) {
  for (const char c : text) {
    if (!is(c, wanted)) return false;
  }
  return true;
}
}  // namespace detail

constexpr bool is_token_char(char c) { return detail::is(c, detail::token_char); }
// One or more token characters.
constexpr bool is_token(std::string_view text) {
  return !text.empty() && detail::all(text, detail::token_char);
}

constexpr bool iequals(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i] != b[i] && lower(a[i]) != lower(b[i])) return false;
  }
  return true;
}

constexpr std::string_view trim_front(std::string_view text) {
  while (!text.empty() && is_white(text.front())) text.remove_prefix(1);
  return text;
}
constexpr std::string_view trim(std::string_view text) {
  text = trim_front(text);
  while (!text.empty() && is_white(text.back())) text.remove_suffix(1);
  return text;
}

// Digits only, nothing else, not above `max`.
std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t max);

// Past the quoted string that `text` begins with, quotes included; npos when it never ends.
std::size_t quoted_end(std::string_view text);
// "\"a\\\"b\"" → a"b. Text without quotes comes back as it is. Folds become one space.
std::string unquoted(std::string_view text);
// a"b → "\"a\\\"b\"": quotes and backslashes escaped (RFC 3261 25.1), control characters left
// out, other bytes kept.
std::string quoted_string(std::string_view text);
// CR or LF. std::string_view::find_first_of() would ask memchr() about each character.
inline bool has_line_break(std::string_view text) {
  return has_byte(text, [](EightBytes bytes) { return bytes.equal('\r') | bytes.equal('\n'); });
}
// A header value with each fold (CRLF and white space) turned into one space (RFC 3261 7.3.1).
std::string unfolded(std::string_view value);

// Takes the next item off a comma-separated list; commas in quotes and <> do not count. Items come
// trimmed and may be empty ("a,,b"). Nothing when the list is used up.
std::optional<std::string_view> next_item(std::string_view& rest);

// Whether `item` is one of them, case-insensitively ("100rel" in Supported).
bool list_contains(std::string_view list, std::string_view item);

}  // namespace strowger::sip
