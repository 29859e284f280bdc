// Whether a text has a byte of some kind, eight bytes at a time: texts of messages and records are
// some twenty bytes, where this takes a quarter of the time that a loop over bytes does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace strowger {

// Eight bytes of a text. The tests are not zero when any of the bytes is such a one.
class EightBytes {
 public:
  explicit EightBytes(const char* at) { std::memcpy(&bytes_, at, sizeof bytes_); }
  // One to seven bytes, some of them more than once.
  static EightBytes of_few(std::string_view text) {
    const auto byte = [&](std::size_t i) {
      return std::uint64_t{static_cast<unsigned char>(text[i])};
    };
    if (text.size() < 4) {
      const auto others = (each << 16) * byte(0);
      return EightBytes(others | byte(text.size() / 2) << 8 | byte(text.size() - 1));
    }
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::memcpy(&first, text.data(), sizeof first);
    std::memcpy(&last, text.data() + text.size() - sizeof last, sizeof last);
    return EightBytes(std::uint64_t{last} << 32 | first);
  }

  // 1 to 128. This and the next: "Bit Twiddling Hacks" of S. E. Anderson.
  constexpr std::uint64_t below(std::uint64_t limit) const {
    return (bytes_ - each * limit) & ~bytes_ & high_bits;
  }
  constexpr std::uint64_t equal(char byte) const {
    const std::uint64_t different = bytes_ ^ (each * static_cast<unsigned char>(byte));
    return (different - each) & ~different & high_bits;
  }
  constexpr std::uint64_t beyond_ascii() const { return bytes_ & high_bits; }

 private:
  explicit EightBytes(std::uint64_t bytes) : bytes_(bytes) {}

  static constexpr std::uint64_t each = 0x0101'0101'0101'0101;
  static constexpr std::uint64_t high_bits = 0x8080'8080'8080'8080;
  std::uint64_t bytes_;
};

// `test` says of EightBytes whether one of them is such a byte.
template <class Test>
bool has_byte(std::string_view text, Test test) {
  constexpr std::size_t step = sizeof(std::uint64_t);
  if (text.empty()) return false;
  if (text.size() < step) return test(EightBytes::of_few(text)) != 0;
  std::uint64_t found = 0;
  for (std::size_t at = 0; at + step <= text.size(); at += step) {
    found |= test(EightBytes(text.data() + at));
  }
  // The last ones, some of them for the second time.
  return (found | test(EightBytes(text.data() + text.size() - step))) != 0;
}

}  // namespace strowger
