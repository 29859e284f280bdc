#include "model/json_line.hpp"

#include "base/byte_search.hpp"
#include "model/call_record.hpp"
#include "model/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace strowger::model {

namespace {

constexpr std::size_t usual_bytes = 4'096;
constexpr std::size_t number_bytes = 24;
constexpr std::size_t escape_bytes = 6;  // \u001f

constexpr bool is_control(unsigned char c) { return c < 0x20 || c == 0x7F; }
constexpr bool needs_escape(char c) { return c == '"' || c == '\\'; }

bool is_plain(std::string_view text) {
  return !has_byte(text, [](EightBytes eight) {
    return eight.below(0x20) | eight.equal('\x7F') | eight.beyond_ascii() | eight.equal('"') |
           eight.equal('\\');
  });
}

bool is_all_ascii(std::string_view text) {
  return !has_byte(text, [](EightBytes eight) { return eight.beyond_ascii(); });
}

}  // namespace

JsonLine::JsonLine(std::string& out)
    : out_(out),
      buffer_(std::make_unique_for_overwrite<char[]>(usual_bytes)),
      at_(buffer_.get()),
      end_(at_ + usual_bytes) {}

JsonLine::~JsonLine() { out_.append(buffer_.get(), at_); }

void JsonLine::grow(std::size_t bytes) {
  const auto written = static_cast<std::size_t>(at_ - buffer_.get());
  const auto size = std::max(2 * (written + bytes), usual_bytes);
  auto larger = std::make_unique_for_overwrite<char[]>(size);
  std::memcpy(larger.get(), buffer_.get(), written);
  buffer_ = std::move(larger);
  at_ = buffer_.get() + written;
  end_ = buffer_.get() + size;
}

void JsonLine::put(std::string_view text) {
  std::memcpy(at_, text.data(), text.size());
  at_ += text.size();
}

void JsonLine::open(char bracket) {
  room_for(2);
  separate();
  put(bracket);
  fresh_ = true;
}

void JsonLine::close(char bracket) {
  room_for(1);
  put(bracket);
  fresh_ = false;
}

void JsonLine::key(std::string_view name) {
  room_for(name.size() + 4);
  separate();
  put('"');
  put(name);
  put("\":");
  fresh_ = true;
}

void JsonLine::text(std::string_view value) {
  const bool fits = value.size() <= record_text_bytes_max;
  if (!fits || !is_plain(value)) {
    const bool good = fits && is_all_ascii(value);
    if (good) return put_escaped(value);
    return put_escaped(utf8_repaired(value, record_text_bytes_max));
  }
  room_for(value.size() + 3);
  separate();
  put('"');
  put(value);
  put('"');
}

// UTF-8.
void JsonLine::put_escaped(std::string_view value) {
  constexpr std::string_view hex = "0123456789abcdef";
  room_for(escape_bytes * value.size() + 3);
  separate();
  put('"');
  for (const char c : value) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_control(byte)) {
      put("\\u00");
      put(hex[byte >> 4]);
      put(hex[byte & 15]);
      continue;
    }
    if (needs_escape(c)) put('\\');
    put(c);
  }
  put('"');
}

void JsonLine::number(std::int64_t value) {
  room_for(number_bytes);
  separate();
  at_ = std::to_chars(at_, end_, value).ptr;
}

void JsonLine::truth(bool value) {
  room_for(number_bytes);
  separate();
  put(value ? std::string_view("true") : std::string_view("false"));
}

}  // namespace strowger::model
