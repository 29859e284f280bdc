// The words of one line, and numbers read from them with bounds. For this room's parser.
#pragma once

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace strowger::sdp {

// A whole word of decimal digits within [min, max]; no sign, no blank, no fraction.
inline std::optional<std::uint32_t> number(std::string_view word, std::uint32_t min,
                                           std::uint32_t max) {
  std::uint32_t value = 0;
  const char* const end = word.data() + word.size();
  const auto [stop, error] = std::from_chars(word.data(), end, value);
  if (error != std::errc{} || stop != end || value < min || value > max) return std::nullopt;
  return value;
}

// Without regard to case.
inline bool same_word(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

// Takes words off the front of a line, blanks between them.
class Words {
 public:
  explicit Words(std::string_view line) : rest_(line) {}

  // Empty when there is none left.
  std::string_view next() {
    skip_blanks();
    const std::string_view word = rest_.substr(0, rest_.find(' '));
    rest_.remove_prefix(word.size());
    return word;
  }
  std::string_view rest() {
    skip_blanks();
    return rest_;
  }

 private:
  void skip_blanks() {
    const auto first = rest_.find_first_not_of(' ');
    rest_.remove_prefix(first == std::string_view::npos ? rest_.size() : first);
  }

  std::string_view rest_;
};

}  // namespace strowger::sdp
