// SIP methods by name. Methods are case-sensitive (RFC 3261 7.1): "invite" is not INVITE.
#pragma once

#include <cstdint>
#include <string_view>

namespace strowger::sip {

enum class Method : std::uint8_t {
  invite,
  ack,
  bye,
  cancel,
  options,
  register_,
  info,
  update,
  prack,
  subscribe,
  notify,
  refer,
  message,
  publish,
  unknown,
};

// Method::unknown for whatever has no name here.
Method method_from(std::string_view text);
// "INVITE", …; "UNKNOWN" for Method::unknown, which is never to be written to the wire.
std::string_view name(Method method);

}  // namespace strowger::sip
