#include "host/shared_port.hpp"

#include <sys/socket.h>

namespace strowger::host {

namespace {

int allow_sharing(int fd) {
  const int yes = 1;
  return setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &yes, sizeof yes);
}

}  // namespace

// The first one is bound before it allows sharing. That fails when the port is taken, even by
// another server of ours that allows it, which would get half of our calls.
int bind_port(int fd, const SocketAddress& address, PortUse use) {
  if (use == PortUse::further && allow_sharing(fd) != 0) return -1;
  if (::bind(fd, address.get(), address.length) != 0) return -1;
  return use == PortUse::first ? allow_sharing(fd) : 0;
}

}  // namespace strowger::host
