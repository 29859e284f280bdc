// Names of SIP servers become addresses (RFC 3263 4.2): SRV records first, where no port is given,
// then A and AAAA. Asks and waits: never from a thread that has calls.
#pragma once

#include "base/endpoint.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "host/sip_address.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace strowger::host {

inline constexpr std::size_t resolved_max = 32;  // endpoints of one name

// The thread that calls this does not wait long for name servers that are silent.
void be_impatient_with_dns();

// In the order in which to try them. An IP address is itself. The complaint says what the resolver
// said.
Result<std::vector<Endpoint>, Complaint> resolve_sip(const std::string& host, std::uint16_t port,
                                                     sip::Transport transport, Random& random);

// Which of our addresses packets to `remote` leave from, as the routes stand; nothing when we
// listen on none that could. For TLS, where we listen on none, the port is the usual one.
std::optional<Endpoint> local_towards(const IpAddress& remote, sip::Transport transport,
                                      const std::vector<SipAddress>& ours);

}  // namespace strowger::host
