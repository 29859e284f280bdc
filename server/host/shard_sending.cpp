// What a shard sends, once all of a portion is known: records are written before.
#include "host/clock.hpp"
#include "host/shard.hpp"
#include "sip/inside.hpp"
#include "sip/peek_call_id.hpp"

namespace strowger::host {

void Shard::send_all() {
  sending_.swap(sends_);  // sending may want something sent
  for (const auto& output : sending_) {
    std::visit([this](const auto& o) { send(o); }, output);
  }
  send_datagrams();
  sending_.clear();
  if (answer_times_.waiting()) answer_times_.left(real_now());
}

// UDP messages in a row share a system call. Their bytes live until send_all() is done.
void Shard::send(const call::SendSip& message) {
  const auto& peer = message.peer;
  if (sip::is_inside(peer)) return send_inside(message);
  if (sip::is_reliable(peer.transport)) {
    send_datagrams();
    const auto holder = Junctions::holder(peer.connection);
    const bool ours = peer.connection == 0 || holder == place_.index;
    if (ours) send_on_connection(message);
    else outbound_[holder].emplace_back(message);
    return;
  }
  const auto* const socket = socket_for(peer.local);
  if (!socket) return counters_.messages_unsent.add();
  if (socket != batch_socket_ || batch_.size() == datagrams_per_batch) send_datagrams();
  if (tap_.wanted()) tap_.sip(trace::Direction::out, peer, *message.bytes);
  batch_socket_ = socket;
  batch_.push_back(
      {.local = peer.local.address, .remote = peer.remote, .bytes = *message.bytes});
}

// To the shard that has the other end of the dialog.
void Shard::send_inside(const call::SendSip& message) {
  if (tap_.wanted()) tap_.sip(trace::Direction::out, message.peer, *message.bytes);
  const auto other = place_.junctions.across(sip::peek_call_id(*message.bytes), place_.index);
  if (!other) return counters_.messages_unsent.add();
  hand_over(*other, {message.peer, *message.bytes, monotonic_now()});
}

void Shard::send_on_connection(const call::SendSip& message) {
  if (tap_.wanted()) tap_.sip(trace::Direction::out, message.peer, *message.bytes);
  const bool sent = tcp_.send(message.peer, message.bytes);
  (sent ? counters_.messages_sent : counters_.messages_unsent).add();
  if (sent) return;
  if (message.peer.connection != 0) connection_lost(message.peer.connection);
  else unreachable(message.peer);
}

void Shard::send(const call::SendMedia& packet) {
  send_datagrams();
  ports_.send(packet.port, packet.rtcp, packet.to, packet.bytes);
  counters_.media_sent.add();
}

void Shard::tap_rtcp(trace::Direction direction, call::PortId port, const Endpoint& remote,
                     std::span<const std::byte> packet) {
  tap_.rtcp({.direction = direction,
             .local = ports_.rtcp_end(port),
             .remote = remote,
             .bytes = {reinterpret_cast<const char*>(packet.data()), packet.size()}});
}

void Shard::send_datagrams() {
  if (batch_.empty()) return;
  const auto sent = batch_socket_->send(batch_);
  counters_.messages_sent.add(sent);
  counters_.messages_unsent.add(batch_.size() - sent);
  batch_.clear();
}

const UdpSocket* Shard::socket_for(const Endpoint& local) const {
  const UdpSocket* wildcard = nullptr;
  for (const auto& socket : udp_) {
    const auto& bound = socket->bound();
    if (bound == local) return socket.get();
    const bool fits = bound.port == local.port && bound.address.family == local.address.family;
    if (fits && bound.address.is_unspecified()) wildcard = socket.get();
  }
  return wildcard;
}

}  // namespace strowger::host
