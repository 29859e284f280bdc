#include "host/tap.hpp"

#include <chrono>
#include <utility>

namespace strowger::host {

namespace {

// Only labels packets: nothing is timed by it.
trace::Time wall_microseconds() {
  return std::chrono::time_point_cast<trace::Time::duration>(std::chrono::system_clock::now());
}

}  // namespace

Result<void, Complaint> Tap::mirror_to(const HepConfig& config) {
  auto mirror = HepMirror::open(config);
  if (!mirror) return unexpected(mirror.error());
  mirror_.emplace(std::move(*mirror));
  return {};
}

void Tap::sip(trace::Direction direction, const sip::Peer& peer, std::string_view bytes) {
  seen_.push_back({.direction = direction,
                   .transport = peer.transport,
                   .local = peer.local,
                   .remote = peer.remote,
                   .at = wall_microseconds(),
                   .bytes = std::string(bytes)});
}

void Tap::rtcp(trace::Packet packet) {
  packet.protocol = trace::Protocol::rtcp;
  packet.at = wall_microseconds();
  seen_.push_back(std::move(packet));
}

void Tap::pass_on() {
  if (seen_.empty()) return;
  if (mirror_) {
    const auto sent = mirror_->send(seen_);
    counters_.hep_sent.add(sent);
    counters_.hep_dropped.add(seen_.size() - sent);
  }
  std::erase_if(seen_, [](const auto& packet) { return packet.protocol != trace::Protocol::sip; });
  if (hub_.watched() && !seen_.empty()) hub_.publish(std::move(seen_));
  seen_.clear();
}

}  // namespace strowger::host
