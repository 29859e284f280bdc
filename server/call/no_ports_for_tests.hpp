// For tests of what has no media: there are no ports for any.
#pragma once

#include "call/media_ports.hpp"

namespace strowger::call {

class NoPorts final : public MediaPorts {
 public:
  std::optional<MediaPort> open(const IpAddress&) override { return std::nullopt; }
  void close(PortId) override {}
};

}  // namespace strowger::call
