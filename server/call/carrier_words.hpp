// What is written to a carrier: the address that is called, and as whom the caller is shown in
// From, P-Asserted-Identity (RFC 3325) and Privacy (RFC 3323).
#pragma once

#include "model/call_preferences.hpp"
#include "sip/header_list.hpp"
#include "sip/peer.hpp"

#include <cstdint>
#include <string>

namespace strowger::call {

struct CarrierAddress {
  std::string host;        // as the trunk names it
  std::uint16_t port = 0;  // 0: none is written
  sip::Transport transport = sip::Transport::udp;
};
// "sip:+493012345@sip.example.net:5070;transport=tcp"
std::string carrier_uri(const std::string& number, const CarrierAddress& address);

struct ShownCaller {
  std::string from;  // a whole value without tag
  sip::HeaderList headers;
};
struct Showing {
  model::CallerId who;
  std::string host;      // of the addresses
  bool asserted = true;  // P-Asserted-Identity, too
  bool hidden = false;   // only the carrier learns who it is (RFC 3323 4.1.1.3)
};
ShownCaller shown_to_carrier(const Showing& showing);

}  // namespace strowger::call
