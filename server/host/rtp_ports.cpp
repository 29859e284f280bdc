#include "host/rtp_ports.hpp"

#include "host/clock.hpp"
#include "host/socket_address.hpp"

#include <sys/epoll.h>

#include <charconv>

namespace strowger::host {

namespace {

constexpr UdpSocket::Options media_buffers{.receive_buffer_bytes = 256 << 10,
                                           .send_buffer_bytes = 256 << 10};
constexpr int ephemeral_tries = 32;

constexpr std::size_t even(std::uint16_t port) { return port + port % 2; }

std::optional<std::uint16_t> port_number(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

}  // namespace

std::size_t PortRange::pairs() const {
  if (ephemeral() || last < even(first) + 1) return 0;
  return (last + 1 - even(first)) / 2;
}

Result<PortRange, Complaint> PortRange::parse(std::string_view text) {
  if (text == "any") return PortRange{0, 0};
  const auto dash = text.find('-');
  if (dash != std::string_view::npos) {
    const auto first = port_number(text.substr(0, dash));
    const auto last = port_number(text.substr(dash + 1));
    if (first && last && *first >= 1'024 && PortRange{*first, *last}.pairs() > 0) {
      return PortRange{*first, *last};
    }
  }
  return complain("\"" + std::string(text) +
                  "\" is no range of RTP ports: write FIRST-LAST with FIRST from 1024 and room for "
                  "an even port and the next one, for example 10000-20000, or any");
}

RtpPorts::RtpPorts(Loop& loop, Random& random, RtpConfig config, Receive receive)
    : loop_(loop), config_(config), receive_(std::move(receive)), taken_(config.range.pairs()) {
  // Not always the first port of the range: after a restart, packets of old calls still come to it.
  if (!taken_.empty()) next_slot_ = random.bits() % taken_.size();
}

RtpPorts::~RtpPorts() {
  for (auto& [id, pair] : pairs_) {
    loop_.forget(pair.rtp.fd());
    loop_.forget(pair.rtcp.fd());
  }
}

std::optional<call::MediaPort> RtpPorts::open(const IpAddress& signalling) {
  auto pair = bind_pair(signalling);
  if (!pair) return std::nullopt;
  const auto id = ++last_id_;
  auto seen = pair->rtp.bound();
  if (config_.advertised && config_.advertised->family == signalling.family &&
      !signalling.is_loopback()) {
    seen.address = *config_.advertised;
  }
  const auto& kept = pairs_.emplace(id, std::move(*pair)).first->second;
  listen(id, kept.rtp, false);
  listen(id, kept.rtcp, true);
  return call::MediaPort{.id = id, .rtp = seen};
}

void RtpPorts::listen(call::PortId id, const UdpSocket& socket, bool rtcp) {
  loop_.watch(socket.fd(), EPOLLIN, [this, id, rtcp, &socket](std::uint32_t) {
    socket.receive([&](const Datagram& datagram) {
      receive_(id, rtcp, datagram.remote,
               std::as_bytes(std::span(datagram.bytes.data(), datagram.bytes.size())));
    });
  });
}

std::optional<RtpPorts::Pair> RtpPorts::bind_pair(const IpAddress& address) {
  if (config_.range.ephemeral()) return bind_anywhere(address);
  for (std::size_t tried = 0; tried < taken_.size(); ++tried) {
    const auto slot = next_slot_;
    next_slot_ = (next_slot_ + 1) % taken_.size();
    if (taken_[slot]) continue;
    const auto port = static_cast<std::uint16_t>(even(config_.range.first) + 2 * slot);
    if (auto pair = bind_at(address, port, slot)) {
      taken_[slot] = true;
      return pair;
    }
    // Another program has that port, or there are no descriptors: then trying on would take long.
    if (errno == EMFILE || errno == ENFILE) break;
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
    return Pair{std::move(*one), std::move(*other), 0};
  }
  warn_of_shortage();
  return std::nullopt;
}

void RtpPorts::close(call::PortId port) {
  const auto found = pairs_.find(port);
  if (found == pairs_.end()) return;
  loop_.forget(found->second.rtp.fd());
  loop_.forget(found->second.rtcp.fd());
  closed_.push_back(port);
}

void RtpPorts::send(call::PortId port, bool rtcp, const Endpoint& to,
                    std::span<const std::byte> packet) {
  const auto found = pairs_.find(port);
  if (found == pairs_.end()) return;
  const Datagram datagram{.remote = to,
                          .bytes = {reinterpret_cast<const char*>(packet.data()), packet.size()}};
  (rtcp ? found->second.rtcp : found->second.rtp).send({&datagram, 1});
}

void RtpPorts::release_closed() {
  for (const auto port : closed_) {
    const auto node = pairs_.extract(port);
    if (!node.empty() && !taken_.empty()) taken_[node.mapped().slot] = false;
  }
  closed_.clear();
}

}  // namespace strowger::host
