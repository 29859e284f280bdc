// Endpoint values to and from what the socket calls want.
#pragma once

#include "base/endpoint.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

namespace strowger::host {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t length = sizeof(sockaddr_storage);

  SocketAddress() = default;
  explicit SocketAddress(const Endpoint& endpoint);

  // An IPv4 address mapped into IPv6 comes back as IPv4; scope ids are not kept.
  Endpoint endpoint() const;
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

IpAddress address_of(const in_addr& address);
IpAddress address_of(const in6_addr& address);

// Where a bound socket listens.
Endpoint bound_endpoint(int fd);

// A port of this machine that nobody listens on any more may be the one that the kernel takes for
// our end: then the two SYNs meet, and the connection is one to itself (RFC 9293 §3.5).
bool connected_to_itself(int fd);

}  // namespace strowger::host
