// What passed between the server and the network, for whoever watches: a copy, made only while
// somebody does.
#pragma once

#include "base/endpoint.hpp"
#include "sip/peer.hpp"

#include <chrono>
#include <cstdint>
#include <string>

namespace strowger::trace {

enum class Direction : std::uint8_t { in, out };  // seen from us
enum class Protocol : std::uint8_t { sip, rtcp };

using Time = std::chrono::sys_time<std::chrono::microseconds>;

struct Packet {
  Protocol protocol = Protocol::sip;
  Direction direction = Direction::in;
  sip::Transport transport = sip::Transport::udp;
  Endpoint local;
  Endpoint remote;
  Time at{};
  std::string call_id;  // of RTCP, which does not say it; "" for SIP, which does
  std::string bytes;

  const Endpoint& source() const { return direction == Direction::in ? remote : local; }
  const Endpoint& destination() const { return direction == Direction::in ? local : remote; }

  bool operator==(const Packet&) const = default;
};

}  // namespace strowger::trace
