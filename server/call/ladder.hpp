// The ladder of a call: every SIP message of its session as one line, for records and people.
#pragma once

#include "model/call_record.hpp"
#include "sip/message.hpp"

#include <string>
#include <string_view>

namespace strowger::call {

model::LadderLine ladder_line(std::int64_t at_ms, model::Direction direction,
                              const sip::Message& message);
// Of bytes that we wrote ourselves: cheaper than parsing them again.
model::LadderLine ladder_line(std::int64_t at_ms, model::Direction direction,
                              std::string_view bytes);

// What a message says of who made it: User-Agent, else Server (RFC 3261 §20.35, §20.41). Bounded.
std::string product_name(const sip::Message& message);

}  // namespace strowger::call
