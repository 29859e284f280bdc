// Big-endian numbers in datagrams: read with a check before every one, and written. For this room.
#pragma once

#include "rtp/packet.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace strowger::rtp {

// Reads beyond the end give zeros and make ok() false; nothing is ever read out of bounds.
class Reader {
 public:
  explicit Reader(Bytes bytes) : bytes_(bytes) {}

  std::uint32_t number(std::size_t width) {
    const Bytes taken = take(width);
    std::uint32_t value = 0;
    for (const std::byte b : taken) value = value << 8 | std::to_integer<std::uint32_t>(b);
    return value;
  }
  std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return number(4); }
  std::uint64_t u64() {
    const std::uint64_t high = u32();
    return high << 32 | u32();
  }
  // Empty when there are not so many.
  Bytes take(std::size_t count) {
    if (count > bytes_.size()) {
      ok_ = false;
      bytes_ = {};
      return {};
    }
    const Bytes taken = bytes_.first(count);
    bytes_ = bytes_.subspan(count);
    return taken;
  }
  Bytes rest() const { return bytes_; }
  bool ok() const { return ok_; }

 private:
  Bytes bytes_;
  bool ok_ = true;
};

class Writer {
 public:
  Writer& number(std::uint32_t value, std::size_t width) {
    for (std::size_t i = width; i > 0; --i) {
      bytes_.push_back(static_cast<std::byte>(value >> (8 * (i - 1)) & 0xFF));
    }
    return *this;
  }
  Writer& u8(std::uint32_t value) { return number(value, 1); }
  Writer& u16(std::uint32_t value) { return number(value, 2); }
  Writer& u32(std::uint32_t value) { return number(value, 4); }
  Writer& text(std::string_view value) {
    for (const char c : value) bytes_.push_back(static_cast<std::byte>(c));
    return *this;
  }
  std::size_t size() const { return bytes_.size(); }
  std::byte& operator[](std::size_t at) { return bytes_[at]; }
  std::vector<std::byte> release() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

}  // namespace strowger::rtp
