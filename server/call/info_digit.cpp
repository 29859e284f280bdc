#include "call/info_digit.hpp"

#include "rtp/dtmf.hpp"
#include "sip/grammar.hpp"
#include "sip/headers.hpp"

#include <algorithm>
#include <string_view>

namespace strowger::call {

namespace {

constexpr std::string_view blanks = " \t\r\n";

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

// The value of the line "Signal=…", however it is written.
std::optional<std::string_view> signal_in(std::string_view body) {
  while (!body.empty()) {
    const auto line = body.substr(0, body.find_first_of("\r\n"));
    body.remove_prefix(std::min(line.size() + 1, body.size()));
    const auto equals = line.find('=');
    if (equals == line.npos) continue;
    if (sip::iequals(trimmed(line.substr(0, equals)), "Signal")) {
      return trimmed(line.substr(equals + 1));
    }
  }
  return std::nullopt;
}

// A key, or the number of its event (RFC 4733 §3.2): some gear writes 10 and 11 for * and #, and
// 16 for a flash, which is no key.
std::optional<char> key_of(std::string_view signal) {
  if (signal == "10") return '*';
  if (signal == "11") return '#';
  if (signal.size() != 1) return std::nullopt;
  const char key = signal[0] >= 'a' && signal[0] <= 'd'
                       ? static_cast<char>(signal[0] - 'a' + 'A')
                       : signal[0];
  if (rtp::dtmf_digits.find(key) == std::string_view::npos) return std::nullopt;
  return key;
}

}  // namespace

std::optional<char> digit_in(const sip::Message& info) {
  const auto type = sip::content_type(info);
  if (!type) return std::nullopt;
  if (type->is("application", "dtmf")) return key_of(trimmed(info.body()));
  if (!type->is("application", "dtmf-relay")) return std::nullopt;
  const auto signal = signal_in(info.body());
  return signal ? key_of(*signal) : std::nullopt;
}

}  // namespace strowger::call
