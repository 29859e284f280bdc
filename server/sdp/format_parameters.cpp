#include "sdp/format_parameters.hpp"

#include "sdp/words.hpp"

#include <algorithm>
#include <limits>

namespace strowger::sdp {

namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::optional<std::uint32_t> number_parameter(std::string_view parameters, std::string_view name) {
  while (!parameters.empty()) {
    const std::string_view one = parameters.substr(0, parameters.find(';'));
    parameters.remove_prefix(std::min(parameters.size(), one.size() + 1));
    const auto equals = one.find('=');
    if (equals == std::string_view::npos || !same_word(trimmed(one.substr(0, equals)), name)) {
      continue;
    }
    return number(trimmed(one.substr(equals + 1)), 0, std::numeric_limits<std::uint32_t>::max());
  }
  return std::nullopt;
}

}  // namespace strowger::sdp
