// The key that an INFO tells, from gear without telephone-event: "Signal=5"
// (application/dtmf-relay) or "5" (application/dtmf). Nothing when it tells something else.
#pragma once

#include "sip/message.hpp"

#include <optional>

namespace strowger::call {

std::optional<char> digit_in(const sip::Message& info);

}  // namespace strowger::call
