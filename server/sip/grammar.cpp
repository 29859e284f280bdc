#include "sip/grammar.hpp"

#include <cstring>

namespace strowger::sip {

std::optional<std::uint64_t> parse_number(std::string_view text, std::uint64_t max) {
  if (text.empty()) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : text) {
    if (!is_digit(c)) return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (number > max / 10 || number * 10 > max - digit) return std::nullopt;
    number = number * 10 + digit;
  }
  return number;
}

std::size_t quoted_end(std::string_view text) {
  for (std::size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (text[i] == '"') {
      return i + 1;
    }
  }
  return std::string_view::npos;
}

std::string unfolded(std::string_view value) {
  if (!has_line_break(value)) return std::string(value);
  std::string out;
  out.reserve(value.size());
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\r' && value[i] != '\n') {
      out.push_back(value[i]);
      continue;
    }
    while (i + 1 < value.size() && is_white(value[i + 1])) ++i;
    while (!out.empty() && is_white(out.back())) out.pop_back();
    out.push_back(' ');
  }
  return out;
}

std::string unquoted(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return unfolded(text);
  const auto between = text.substr(1, text.size() - 2);
  const bool plain = !has_byte(between, [](EightBytes bytes) { return bytes.equal('\\'); });
  if (plain && !has_line_break(between)) return std::string(between);
  const std::string inner = unfolded(between);
  std::string out;
  out.reserve(inner.size());
  for (std::size_t i = 0; i < inner.size(); ++i) {
    if (inner[i] == '\\' && i + 1 < inner.size()) ++i;
    out.push_back(inner[i]);
  }
  return out;
}

std::string quoted_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) continue;
    if (c == '"' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  out.push_back('"');
  return out;
}

namespace {

// The end of the item that `text` begins with: a comma outside of "…" and <…>, or the end.
std::size_t item_end(std::string_view text) {
  bool bracket = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"' && !bracket) {
      const std::size_t length = quoted_end(text.substr(i));
      if (length == std::string_view::npos) return text.size();
      i += length - 1;
    } else if (c == '<') {
      bracket = true;
    } else if (c == '>') {
      bracket = false;
    } else if (c == ',' && !bracket) {
      return i;
    }
  }
  return text.size();
}

}  // namespace

std::optional<std::string_view> next_item(std::string_view& rest) {
  if (rest.data() == nullptr) return std::nullopt;
  const bool has_comma = std::memchr(rest.data(), ',', rest.size()) != nullptr;
  const std::size_t end = has_comma ? item_end(rest) : rest.size();
  const std::string_view item = trim(rest.substr(0, end));
  // A null view, not an empty one, says that the list is used up: "a," has a second, empty item.
  rest = end < rest.size() ? rest.substr(end + 1) : std::string_view();
  return item;
}

bool list_contains(std::string_view list, std::string_view item) {
  while (const auto one = next_item(list)) {
    if (iequals(*one, item)) return true;
  }
  return false;
}

}  // namespace strowger::sip
