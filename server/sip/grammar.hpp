// The small change of RFC 3261 §25.1: character classes, trimming, numbers, quoted strings, comma lists.
// Values may still be folded, so CR and LF count as white space here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::sip {

// ASCII only, whatever the locale; bytes above 0x7f stay as they are.
constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_hex(char c) {
  return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
}
constexpr bool is_white(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_token_char(char c);
// One or more token characters.
bool is_token(std::string_view text);

bool iequals(std::string_view a, std::string_view b);
std::string_view trim(std::string_view text);

// Digits only, nothing else, not above `max`.
std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t max);

// Past the quoted string that `text` begins with, quotes included; npos when it never ends.
std::size_t quoted_end(std::string_view text);
// "\"a\\\"b\"" → a"b. Text without quotes comes back as it is. Folds become one space.
std::string unquoted(std::string_view text);
// a"b → "\"a\\\"b\"": quotes and backslashes escaped, other bytes kept.
std::string quoted(std::string_view text);
// A header value with each fold (CRLF and white space) turned into one space (RFC 3261 7.3.1).
std::string unfolded(std::string_view value);

// Takes the next item off a comma-separated list; commas in "…" and <…> do not count. Items come trimmed
// and may be empty ("a,,b"). Nothing when the list is used up.
std::optional<std::string_view> next_item(std::string_view& rest);

// Counts items and says whether `item` is one of them, case-insensitively ("100rel" in Supported).
bool list_contains(std::string_view list, std::string_view item);

}  // namespace strowger::sip
