#include "rtp/source_guard.hpp"

namespace strowger::rtp {

SourceGuard::SourceGuard(Endpoint signalled, IpAddress signalling_peer, Instant start)
    : signalled_(signalled), signalling_peer_(signalling_peer), start_(start) {}

bool SourceGuard::accept(const Endpoint& from, std::uint32_t ssrc, Instant now) {
  if (!source_) {
    if (!may_start(from)) return refuse();
  } else if (from == *source_) {
    if (ssrc != ssrc_ && now - last_heard_ < ssrc_change_silence) return refuse();
  } else if (!learning(now) || (from != signalled_ && !may_go_on(from, now))) {
    return refuse();
  }
  if (source_ && from != *source_) may_move_ = false;
  source_ = from;
  ssrc_ = ssrc;
  last_heard_ = now;
  return true;
}

bool SourceGuard::accept_rtcp(const Endpoint& from) const {
  if (source_) return from.address == source_->address;
  return from.address == signalled_.address || from.address == signalling_peer_;
}

std::optional<Endpoint> SourceGuard::send_to() const {
  if (source_) return source_;
  if (signalled_.port == 0 || signalled_.address.is_unspecified()) return std::nullopt;
  return signalled_;
}

void SourceGuard::reopen(Instant now) { start_ = now; }

void SourceGuard::described_again(Instant now) {
  start_ = now;
  may_move_ = true;
}

bool SourceGuard::may_start(const Endpoint& from) const {
  if (from == signalled_) return true;
  // An SDP that names the peer's own address has no NAT before it: its port is right, too, and
  // whoever else sends from there is another program of the same host.
  const bool behind_nat = signalling_peer_ != signalled_.address;
  return behind_nat && from.address == signalling_peer_;
}

bool SourceGuard::may_go_on(const Endpoint& from, Instant now) const {
  return may_move_ && may_start(from) && from.address == source_->address &&
         now - last_heard_ >= ssrc_change_silence;
}

bool SourceGuard::learning(Instant now) const { return now - start_ < learning_window; }

bool SourceGuard::refuse() {
  ++rejected_;
  return false;
}

}  // namespace strowger::rtp
