#include "host/rtp_ports.hpp"

#include "host/clock.hpp"
#include "host/socket_address.hpp"

#include <sys/epoll.h>

namespace strowger::host {

namespace {

constexpr UdpSocket::Options media_buffers{.receive_buffer_bytes = 256 << 10,
                                           .send_buffer_bytes = 256 << 10};
constexpr int ephemeral_tries = 32;

}  // namespace

RtpPorts::RtpPorts(Loop& loop, RtpConfig config, Receive receive)
    : loop_(loop), config_(config), receive_(std::move(receive)) {}

RtpPorts::~RtpPorts() {
  for (const auto& place : places_) {
    if (!place.pair) continue;
    loop_.forget(place.pair->rtp.fd());
    loop_.forget(place.pair->rtcp.fd());
  }
}

std::optional<call::MediaPort> RtpPorts::open(const IpAddress& signalling) {
  auto pair = bind_pair(signalling);
  if (!pair) return std::nullopt;
  auto seen = pair->rtp.bound();
  if (config_.advertised && config_.advertised->family == signalling.family &&
      !signalling.is_loopback()) {
    seen.address = *config_.advertised;
  }
  auto& place = free_place();
  place.pair.emplace(std::move(*pair));
  listen(place.id, place.pair->rtp, false);
  listen(place.id, place.pair->rtcp, true);
  return call::MediaPort{.id = place.id, .rtp = seen};
}

RtpPorts::Place& RtpPorts::free_place() {
  if (free_.empty()) {
    free_.push_back(places_.size());
    places_.emplace_back();
  }
  const auto index = free_.back();
  free_.pop_back();
  ++taken_;
  places_[index].id = (++opened_ << place_bits) | index;
  return places_[index];
}

// Null: it is not open.
const RtpPorts::Pair* RtpPorts::find(call::PortId port) const {
  const auto index = port & ((call::PortId{1} << place_bits) - 1);
  if (index >= places_.size() || places_[index].id != port) return nullptr;
  const auto& pair = places_[index].pair;
  return pair ? &*pair : nullptr;
}

void RtpPorts::listen(call::PortId id, const UdpSocket& socket, bool rtcp) {
  loop_.watch(socket.fd(), EPOLLIN, [this, id, rtcp, &socket](std::uint32_t) {
    socket.receive_one([&](const Datagram& datagram) {
      receive_(id, rtcp, datagram.remote,
               std::as_bytes(std::span(datagram.bytes.data(), datagram.bytes.size())));
    });
  });
}

std::optional<RtpPorts::Pair> RtpPorts::bind_pair(const IpAddress& address) {
  const auto& range = config_.pairs.range();
  if (range.ephemeral()) return bind_anywhere(address);
  for (std::size_t tried = 0; tried < range.pairs(); ++tried) {
    const auto slot = config_.pairs.take();
    if (!slot) break;
    if (auto pair = bind_at(address, range.even_port(*slot), *slot)) return pair;
    // Another program has that port, or there are no descriptors: then trying on would take long.
    const bool no_descriptors = errno == EMFILE || errno == ENFILE;
    config_.pairs.give_back(*slot);
    if (no_descriptors) break;
  }
  warn_of_shortage();
  return std::nullopt;
}

void RtpPorts::warn_of_shortage() {
  if (!shortage_warning_.now(monotonic_now())) return;
  log_warning("no RTP ports left: calls go on without media; widen rtp.ports or ulimit -n");
}

std::optional<RtpPorts::Pair> RtpPorts::bind_at(const IpAddress& address, std::uint16_t port,
                                                std::size_t slot) const {
  auto rtp = UdpSocket::bind({address, port}, media_buffers);
  if (!rtp) return std::nullopt;
  auto rtcp = UdpSocket::bind({address, static_cast<std::uint16_t>(port + 1)}, media_buffers);
  if (!rtcp) return std::nullopt;
  return Pair{std::move(*rtp), std::move(*rtcp), slot};
}

std::optional<RtpPorts::Pair> RtpPorts::bind_anywhere(const IpAddress& address) {
  for (int tried = 0; tried < ephemeral_tries; ++tried) {
    auto one = UdpSocket::bind({address, 0}, media_buffers);
    if (!one) break;
    const auto port = one->bound().port;
    auto other = UdpSocket::bind({address, static_cast<std::uint16_t>(port ^ 1)}, media_buffers);
    if (!other) continue;
    if (port % 2 != 0) std::swap(*one, *other);
    return Pair{std::move(*one), std::move(*other), std::nullopt};
  }
  warn_of_shortage();
  return std::nullopt;
}

void RtpPorts::close(call::PortId port) {
  const auto* const pair = find(port);
  if (pair == nullptr) return;
  loop_.forget(pair->rtp.fd());
  loop_.forget(pair->rtcp.fd());
  closed_.push_back(port);
}

void RtpPorts::fetch(call::PortId port) const {
  const auto index = port & ((call::PortId{1} << place_bits) - 1);
  if (index >= places_.size()) return;
  __builtin_prefetch(&places_[index].id);
  __builtin_prefetch(&places_[index].pair);
}

void RtpPorts::send(call::PortId port, bool rtcp, const Endpoint& to,
                    std::span<const std::byte> packet) {
  const auto* const pair = find(port);
  if (pair == nullptr) return;
  (rtcp ? pair->rtcp : pair->rtp)
      .send_one(to, {reinterpret_cast<const char*>(packet.data()), packet.size()});
}

Endpoint RtpPorts::rtcp_end(call::PortId port) const {
  const auto* const pair = find(port);
  return pair == nullptr ? Endpoint{} : pair->rtcp.bound();
}

void RtpPorts::release_closed() {
  for (const auto port : closed_) {
    if (find(port) == nullptr) continue;
    const auto index = port & ((call::PortId{1} << place_bits) - 1);
    const auto slot = places_[index].pair->slot;
    places_[index] = {};  // closes the sockets
    free_.push_back(index);
    --taken_;
    if (slot) config_.pairs.give_back(*slot);
  }
  closed_.clear();
}

}  // namespace strowger::host
