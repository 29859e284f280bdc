// Where a SIP message came from, or is to go: a transport and two addresses, as values.
#pragma once

#include "base/endpoint.hpp"

#include <cstdint>
#include <string_view>

namespace strowger::sip {

// tls, ws and wss are named so that nothing has to change shape when host/ learns them.
enum class Transport : std::uint8_t { udp, tcp, tls, ws, wss };

// "UDP", "TCP", … as in a Via.
std::string_view via_name(Transport transport);
// "udp", "tcp", … as in a ;transport= parameter.
std::string_view uri_name(Transport transport);
// RFC 3261 17: over a reliable transport nothing is retransmitted and timers D, I, J, K are zero.
constexpr bool is_reliable(Transport transport) { return transport != Transport::udp; }

struct Peer {
  Transport transport = Transport::udp;
  Endpoint local;   // our address: the socket that received it, or shall send it
  Endpoint remote;
  // TLS that we open ourselves: to whom, by name (host::TlsLinks); 0: to nobody whom we know so.
  // What comes over such a connection has it, too.
  std::uint32_t link = 0;
  // Stream transports: the connection host/ knows it by; 0 means "open one to `remote`".
  std::uint64_t connection = 0;

  bool operator==(const Peer&) const = default;
};

}  // namespace strowger::sip
