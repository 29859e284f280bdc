#include "store/journal_format.hpp"

#include <array>
#include <charconv>
#include <optional>

namespace strowger::store {
namespace {

constexpr std::size_t hex_chars = 8;
constexpr std::size_t head_bytes = 2 * (hex_chars + 1);

constexpr std::size_t slices = 8;
using Tables = std::array<std::array<std::uint32_t, 256>, slices>;

// tables[0] advances the sum by one byte, tables[n] by one byte and n zero bytes behind it.
constexpr Tables make_tables() {
  Tables tables{};
  for (std::uint32_t i = 0; i < 256; ++i) {
    std::uint32_t value = i;
    for (int bit = 0; bit < 8; ++bit) {
      value = (value & 1U) != 0 ? 0xEDB88320U ^ (value >> 1) : value >> 1;
    }
    tables[0][i] = value;
  }
  for (std::size_t slice = 1; slice < slices; ++slice) {
    for (std::uint32_t i = 0; i < 256; ++i) {
      const auto before = tables[slice - 1][i];
      tables[slice][i] = tables[0][before & 0xFFU] ^ (before >> 8);
    }
  }
  return tables;
}

constexpr Tables tables = make_tables();

void append_hex(std::string& out, std::uint32_t value) {
  constexpr std::string_view hex = "0123456789abcdef";
  for (int shift = 28; shift >= 0; shift -= 4) out += hex[(value >> shift) & 15U];
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

// Eight bytes at a time: a record has some thousand bytes, and a call waits for them.
std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t sum = 0xFFFFFFFFU;
  for (; bytes.size() >= slices; bytes.remove_prefix(slices)) {
    std::uint32_t next = 0;
    for (std::size_t i = 0; i < slices; ++i) {
      const std::uint32_t mixed = i < 4 ? (sum >> (8 * i)) & 0xFFU : 0;
      next ^= tables[slices - 1 - i][static_cast<std::uint8_t>(bytes[i]) ^ mixed];
    }
    sum = next;
  }
  for (const char c : bytes) {
    sum = tables[0][(sum ^ static_cast<std::uint8_t>(c)) & 0xFFU] ^ (sum >> 8);
  }
  return ~sum;
}

void append_line(std::string& out, std::string_view json) {
  append_hex(out, static_cast<std::uint32_t>(json.size()));
  out += ' ';
  append_hex(out, crc32(json));
  out += ' ';
  out += json;
  out += '\n';
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
