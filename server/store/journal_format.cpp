#include "store/journal_format.hpp"

#include "store/crc32.hpp"

#include <charconv>
#include <optional>

namespace strowger::store {
namespace {

constexpr std::size_t hex_chars = 8;
constexpr std::size_t head_bytes = 2 * (hex_chars + 1);

void put_hex(char* to, std::uint32_t value) {
  constexpr std::string_view hex = "0123456789abcdef";
  for (int shift = 28; shift >= 0; shift -= 4) *to++ = hex[(value >> shift) & 15U];
}

std::optional<std::uint32_t> read_hex(std::string_view text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, 16);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  return whole ? std::optional(value) : std::nullopt;
}

// The JSON of the line at the start of `text`; nothing when the line is torn or damaged.
std::optional<std::string_view> read_line(std::string_view text) {
  if (text.size() < head_bytes || text[hex_chars] != ' ' || text[head_bytes - 1] != ' ') {
    return std::nullopt;
  }
  const auto length = read_hex(text.substr(0, hex_chars));
  const auto sum = read_hex(text.substr(hex_chars + 1, hex_chars));
  if (!length || !sum || *length > journal_record_bytes_max) return std::nullopt;
  const std::size_t end = head_bytes + *length;
  if (text.size() <= end || text[end] != '\n') return std::nullopt;
  const std::string_view json = text.substr(head_bytes, *length);
  return crc32(json) == *sum ? std::optional(json) : std::nullopt;
}

}  // namespace

std::size_t begin_line(std::string& out) {
  out.append(head_bytes, ' ');
  return out.size();
}

void end_line(std::string& out, std::size_t json_begin) {
  const auto json = std::string_view(out).substr(json_begin);
  char* const head = out.data() + json_begin - head_bytes;
  put_hex(head, static_cast<std::uint32_t>(json.size()));
  put_hex(head + hex_chars + 1, crc32(json));
  out += '\n';
}

void append_line(std::string& out, std::string_view json) {
  const auto begin = begin_line(out);
  out += json;
  end_line(out, begin);
}

std::size_t scan_lines(std::string_view file, const std::function<void(std::string_view)>& take) {
  std::size_t damaged = 0;
  while (!file.empty()) {
    if (const auto json = read_line(file)) {
      take(*json);
      file.remove_prefix(head_bytes + json->size() + 1);
      continue;
    }
    const std::size_t line_break = file.find('\n');
    const std::size_t skipped = line_break == file.npos ? file.size() : line_break + 1;
    damaged += skipped;
    file.remove_prefix(skipped);
  }
  return damaged;
}

}  // namespace strowger::store
