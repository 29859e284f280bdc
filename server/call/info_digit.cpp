#include "call/info_digit.hpp"

#include "rtp/dtmf.hpp"
#include "sip/headers.hpp"

#include <string_view>

namespace strowger::call {

std::optional<char> digit_in(const sip::Message& info) {
  constexpr std::string_view signal = "Signal=";
  const auto type = sip::content_type(info);
  if (!type) return std::nullopt;
  auto body = info.body();
  if (type->is("application", "dtmf-relay")) {
    const auto at = body.find(signal);
    if (at == std::string_view::npos) return std::nullopt;
    body = body.substr(at + signal.size());
  } else if (!type->is("application", "dtmf")) {
    return std::nullopt;
  }
  const auto digit = body.find_first_not_of(" \t\r\n");
  if (digit == std::string_view::npos) return std::nullopt;
  if (rtp::dtmf_digits.find(body[digit]) == std::string_view::npos) return std::nullopt;
  return body[digit];
}

}  // namespace strowger::call
