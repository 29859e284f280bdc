// The UDP port pairs that calls send and receive their media on: RTP on an even port, RTCP on the
// next one (RFC 3550 §11), from a configured range or wherever the kernel has room.
#pragma once

#include "call/media_ports.hpp"
#include "host/log.hpp"
#include "host/loop.hpp"
#include "host/port_range.hpp"
#include "host/udp_socket.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace strowger::host {

struct RtpConfig {
  FreePairs& pairs;
  // Told to peers instead of our own address, except to those who reached us on loopback.
  std::optional<IpAddress> advertised;
};

class RtpPorts final : public call::MediaPorts {
 public:
  using Receive = std::function<void(call::PortId port, bool rtcp, const Endpoint& from,
                                     std::span<const std::byte> packet)>;

  RtpPorts(Loop& loop, RtpConfig config, Receive receive);
  ~RtpPorts() override;

  std::optional<call::MediaPort> open(const IpAddress& signalling) override;
  // Hears nothing more at once; the sockets stay for packets of this turn until release_closed().
  void close(call::PortId port) override;
  void send(call::PortId port, bool rtcp, const Endpoint& to, std::span<const std::byte> packet);
  void release_closed();
  // Something will be sent from it in a moment: what that takes comes into the processor's cache.
  void fetch(call::PortId port) const;

  // Where its RTCP comes in; nothing known: 0.0.0.0:0.
  Endpoint rtcp_end(call::PortId port) const;
  std::size_t open_pairs() const { return taken_ - closed_.size(); }

 private:
  struct Pair {
    UdpSocket rtp;
    UdpSocket rtcp;
    std::optional<std::size_t> slot;  // in the range; none when ephemeral
  };
  // Found without a search, as each packet of a call asks for its own: a port's id says where it is
  // kept, below a count of how many have been opened.
  struct Place {
    call::PortId id = 0;  // 0: free
    std::optional<Pair> pair;
  };
  static constexpr unsigned place_bits = 20;  // more than there are ports

  std::optional<Pair> bind_pair(const IpAddress& address);
  std::optional<Pair> bind_at(const IpAddress& address, std::uint16_t port, std::size_t slot) const;
  std::optional<Pair> bind_anywhere(const IpAddress& address);
  void warn_of_shortage();
  void listen(call::PortId id, const UdpSocket& socket, bool rtcp);
  Place& free_place();
  const Pair* find(call::PortId port) const;

  Loop& loop_;
  RtpConfig config_;
  Receive receive_;
  std::deque<Place> places_;  // whoever listens refers to them
  std::vector<std::size_t> free_;
  std::size_t taken_ = 0;
  call::PortId opened_ = 0;
  std::vector<call::PortId> closed_;
  Seldom shortage_warning_;
};

}  // namespace strowger::host
