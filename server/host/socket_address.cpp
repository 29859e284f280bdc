#include "host/socket_address.hpp"

#include <algorithm>
#include <cstring>

namespace strowger::host {

SocketAddress::SocketAddress(const Endpoint& endpoint) {
  if (endpoint.address.is_v6()) {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(endpoint.port);
    std::memcpy(&address.sin6_addr, endpoint.address.bytes.data(), sizeof address.sin6_addr);
    std::memcpy(&storage, &address, sizeof address);
    length = sizeof address;
  } else {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(endpoint.port);
    std::memcpy(&address.sin_addr, endpoint.address.bytes.data(), sizeof address.sin_addr);
    std::memcpy(&storage, &address, sizeof address);
    length = sizeof address;
  }
}

IpAddress address_of(const in_addr& address) {
  IpAddress value;
  std::memcpy(value.bytes.data(), &address, sizeof address);
  return value;
}

IpAddress address_of(const in6_addr& address) {
  if (IN6_IS_ADDR_V4MAPPED(&address)) {
    IpAddress value;
    std::copy_n(address.s6_addr + 12, 4, value.bytes.begin());
    return value;
  }
  IpAddress value{.family = IpAddress::Family::v6};
  std::memcpy(value.bytes.data(), &address, sizeof address);
  return value;
}

Endpoint SocketAddress::endpoint() const {
  if (storage.ss_family == AF_INET6) {
    sockaddr_in6 address{};
    std::memcpy(&address, &storage, sizeof address);
    return {address_of(address.sin6_addr), ntohs(address.sin6_port)};
  }
  sockaddr_in address{};
  std::memcpy(&address, &storage, sizeof address);
  return {address_of(address.sin_addr), ntohs(address.sin_port)};
}

Endpoint bound_endpoint(int fd) {
  SocketAddress address;
  getsockname(fd, address.get(), &address.length);
  return address.endpoint();
}

bool connected_to_itself(int fd) {
  SocketAddress far_end;
  if (getpeername(fd, far_end.get(), &far_end.length) != 0) return false;
  return far_end.endpoint() == bound_endpoint(fd);
}

}  // namespace strowger::host
