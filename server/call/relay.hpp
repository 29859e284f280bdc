// What the two ends of a bridge say to each other, packet by packet: let through by the source
// guard of the one, sent to where the other wants it. What packets carry is not looked at.
//
// A transcoder would sit here: pass() is the one place where a packet of one end becomes one of the
// other.
#pragma once

#include "call/exchange.hpp"
#include "call/media_session.hpp"
#include "rtp/translation.hpp"

#include <optional>

namespace strowger::call {

class Relay {
 public:
  // Both have agreed on where their packets go, and outlive this.
  Relay(MediaSession& caller, MediaSession& callee);
  // Their streams go on under our name, if they were ours before.
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  // A packet that `from` let through, for the other end; nothing when that does not listen.
  std::optional<SendMedia> pass(const MediaSession& from, const MediaSession::Heard& heard,
                                Now now);
  // Again, when one of them has said something new.
  void agree();

 private:
  MediaSession& caller_;
  MediaSession& callee_;
  rtp::Translation to_callee_;
  rtp::Translation to_caller_;
};

}  // namespace strowger::call
