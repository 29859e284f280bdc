// Looks into SIP messages that scripted callers, their scripts and ladders have in common.
#pragma once

#include "sip/message.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::sim {

// The method of the CSeq: of a request its own, of a response the one it answers. "" when there is
// none.
std::string_view message_method(const sip::Message& message);
// The number of the CSeq; 0 when there is none.
std::uint32_t message_sequence(const sip::Message& message);
// "INVITE", "486".
std::string start_word(const sip::Message& message);
// All lines of a header joined with ", "; nothing when there is none.
std::optional<std::string> joined_header(const sip::Message& message, std::string_view name);
// "486 Busy Here (INVITE)", "BYE".
std::string summary(const sip::Message& message);

}  // namespace strowger::sim
