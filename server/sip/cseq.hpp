// The CSeq header field (RFC 3261 20.16): "1 INVITE".
#pragma once

#include "sip/method.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace strowger::sip {

constexpr std::uint32_t sequence_max = 0x7fff'ffff;  // less than 2^31 (RFC 3261 8.1.1.5)

struct CSeq {
  std::uint32_t number = 0;
  Method method = Method::unknown;
  std::string_view method_text;

  static std::optional<CSeq> parse(std::string_view value);
};

}  // namespace strowger::sip
