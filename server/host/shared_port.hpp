// One port for several sockets, one of each shard: the kernel spreads among them what comes, by the
// addresses and ports of both ends (SO_REUSEPORT).
#pragma once

#include "host/socket_address.hpp"

#include <cstdint>

namespace strowger::host {

enum class PortUse : std::uint8_t {
  alone,
  first,    // of several sockets
  further,  // on the port of the first
};

// As bind(2).
int bind_port(int fd, const SocketAddress& address, PortUse use);

}  // namespace strowger::host
