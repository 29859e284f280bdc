// Where a call gets its RTP ports from: sockets in host/, numbers in sim/.
#pragma once

#include "base/endpoint.hpp"

#include <cstdint>
#include <optional>

namespace strowger::call {

using PortId = std::uint64_t;  // 0 is never a port

struct MediaPort {
  PortId id = 0;
  Endpoint rtp;  // as the peer shall see it; RTCP is rtp.port + 1 (RFC 3550 §11)
};

class MediaPorts {
 public:
  virtual ~MediaPorts() = default;
  // A pair of ports on the address family and interface that `signalling` (our SIP address for this
  // call) belongs to; nothing when they have run out.
  virtual std::optional<MediaPort> open(const IpAddress& signalling) = 0;
  virtual void close(PortId port) = 0;
};

}  // namespace strowger::call
