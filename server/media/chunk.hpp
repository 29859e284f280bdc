// Little-endian numbers of WAV files and of the intake frame, with bounds. For this room.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::media {

using Bytes = std::span<const std::byte>;

// Reads beyond the end give zeros and make ok() false.
class ChunkReader {
 public:
  explicit ChunkReader(Bytes bytes) : rest_(bytes) {}

  Bytes take(std::size_t count) {
    if (count > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const Bytes taken = rest_.first(count);
    rest_ = rest_.subspan(count);
    return taken;
  }
  std::uint32_t number(std::size_t width) {
    const Bytes taken = take(width);
    std::uint32_t value = 0;
    for (std::size_t i = taken.size(); i > 0; --i) {
      value = value << 8 | std::to_integer<std::uint32_t>(taken[i - 1]);
    }
    return value;
  }
  std::string text(std::size_t count) {
    std::string result;
    for (const std::byte b : take(count)) result += static_cast<char>(b);
    return result;
  }
  std::size_t left() const { return rest_.size(); }
  bool ok() const { return ok_; }

 private:
  Bytes rest_;
  bool ok_ = true;
};

class ChunkWriter {
 public:
  ChunkWriter& number(std::uint32_t value, std::size_t width) {
    for (std::size_t i = 0; i < width; ++i) {
      bytes_.push_back(static_cast<std::byte>(value >> (8 * i) & 0xFFU));
    }
    return *this;
  }
  ChunkWriter& text(std::string_view value) {
    for (const char c : value) bytes_.push_back(static_cast<std::byte>(c));
    return *this;
  }
  ChunkWriter& bytes(Bytes value) {
    bytes_.insert(bytes_.end(), value.begin(), value.end());
    return *this;
  }
  void reserve(std::size_t count) { bytes_.reserve(count); }
  std::vector<std::byte> release() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

}  // namespace strowger::media
