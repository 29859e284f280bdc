#include "model/identifier.hpp"

#include <algorithm>

namespace strowger::model {

bool is_identifier(std::string_view text) {
  if (text.empty() || text.size() > identifier_chars_max) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '_';
  });
}

}  // namespace strowger::model
