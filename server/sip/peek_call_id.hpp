// The Call-ID of a message that nobody has parsed yet: which shard it belongs to is asked before
// anything else is known of it. Allocates nothing.
#pragma once

#include <string_view>

namespace strowger::sip {

// What Message::parse will find as the first Call-ID; "" when the head has none, or an empty one.
std::string_view peek_call_id(std::string_view message);

}  // namespace strowger::sip
