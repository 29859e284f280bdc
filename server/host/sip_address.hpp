// Where to listen for SIP, as written in a configuration or on the command line:
// "udp:127.0.0.1:5060".
#pragma once

#include "base/endpoint.hpp"
#include "base/result.hpp"
#include "sip/peer.hpp"

#include <string>
#include <string_view>

namespace strowger::host {

struct SipAddress {
  sip::Transport transport = sip::Transport::udp;
  Endpoint endpoint;

  // udp, tcp or tls, an IPv4 or bracketed IPv6 address, a port (0: pick one).
  static Result<SipAddress, Complaint> parse(std::string_view text);
  std::string text() const;

  bool operator==(const SipAddress&) const = default;
};

}  // namespace strowger::host
