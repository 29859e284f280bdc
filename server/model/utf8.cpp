#include "model/utf8.hpp"

#include "base/byte_search.hpp"

#include <algorithm>
#include <cstdint>

namespace strowger::model {
namespace {

bool is_continuation(char c) { return (static_cast<std::uint8_t>(c) & 0xC0) == 0x80; }

struct Lead {
  std::size_t bytes;
  char32_t bits;
  char32_t smallest;  // below it the form is overlong
};

Lead read_lead(std::uint8_t first) {
  if (first < 0x80) return {1, first, 0};
  if (first >= 0xC2 && first <= 0xDF) return {2, first & 0x1FU, 0x80};
  if (first >= 0xE0 && first <= 0xEF) return {3, first & 0x0FU, 0x800};
  if (first >= 0xF0 && first <= 0xF4) return {4, first & 0x07U, 0x10000};
  return {0, 0, 0};
}

}  // namespace

std::size_t utf8_sequence(std::string_view text) {
  if (text.empty()) return 0;
  const Lead lead = read_lead(static_cast<std::uint8_t>(text[0]));
  if (lead.bytes == 0 || text.size() < lead.bytes) return 0;
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.bytes; ++i) {
    if (!is_continuation(text[i])) return 0;
    value = (value << 6) | (static_cast<std::uint8_t>(text[i]) & 0x3FU);
  }
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  return value < lead.smallest || surrogate || value > 0x10FFFF ? 0 : lead.bytes;
}

std::size_t utf8_length(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    text.remove_prefix(std::max<std::size_t>(utf8_sequence(text), 1));
    ++count;
  }
  return count;
}

std::string utf8_repaired(std::string_view text, std::size_t bytes_max) {
  const bool ascii = !has_byte(text, [](EightBytes bytes) { return bytes.beyond_ascii(); });
  if (ascii) return std::string(text.substr(0, bytes_max));
  constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD
  std::string out;
  while (!text.empty()) {
    const std::size_t length = utf8_sequence(text);
    const std::string_view next = length == 0 ? replacement : text.substr(0, length);
    if (out.size() + next.size() > bytes_max) break;
    out += next;
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

}  // namespace strowger::model
