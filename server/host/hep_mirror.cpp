#include "host/hep_mirror.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace strowger::host {

Result<HepMirror, Complaint> HepMirror::open(const HepConfig& config) {
  const IpAddress any{.family = config.to.address.family};
  auto socket = UdpSocket::bind({any, 0});
  if (!socket) return unexpected(socket.error());
  return HepMirror(std::move(*socket), config);
}

std::size_t HepMirror::send(std::span<const trace::Packet> packets) const {
  std::size_t sent = 0;
  while (!packets.empty()) {
    const auto some = packets.first(std::min(packets.size(), datagrams_per_batch));
    packets = packets.subspan(some.size());
    std::vector<std::string> made;
    for (const auto& packet : some) made.push_back(trace::hep_packet(packet, config_.identity));
    std::vector<Datagram> batch;
    for (const auto& bytes : made) batch.push_back({.remote = config_.to, .bytes = bytes});
    sent += socket_.send(batch);
  }
  return sent;
}

}  // namespace strowger::host
