// Copies of what passes, sent to a collector as HEPv3. Nothing waits for it: what finds no room in
// the socket is lost, and counted.
#pragma once

#include "host/udp_socket.hpp"
#include "trace/hep.hpp"
#include "trace/packet.hpp"

#include <cstddef>
#include <span>

namespace strowger::host {

struct HepConfig {
  Endpoint to;
  trace::HepIdentity identity;
};

class HepMirror {
 public:
  static Result<HepMirror, Complaint> open(const HepConfig& config);

  // In batches. Returns how many were handed to the kernel.
  std::size_t send(std::span<const trace::Packet> packets) const;

 private:
  HepMirror(UdpSocket socket, HepConfig config)
      : socket_(std::move(socket)), config_(std::move(config)) {}

  UdpSocket socket_;
  HepConfig config_;
};

}  // namespace strowger::host
