// What the two ends of a bridge say to each other, packet by packet: let through by the source
// guard of the one, sent to where the other wants it. Ends that agree on a codec get each other's
// packets as they are, whatever these carry; the others get sound that we make out of them
// (docs/decisions/0035-transcoding.md).
#pragma once

#include "call/exchange.hpp"
#include "call/media_session.hpp"
#include "call/transcoding_slots.hpp"
#include "media/transcoder.hpp"
#include "rtp/translation.hpp"

#include <memory>
#include <optional>

namespace strowger::call {

class Relay {
 public:
  // Both have agreed on where their packets go, and outlive this.
  Relay(MediaSession& caller, MediaSession& callee, TranscodingSlots& slots, Now now);
  // Their streams go on under our name, if they were ours before.
  ~Relay();
  Relay(const Relay&) = delete;
  Relay& operator=(const Relay&) = delete;

  // Again, when one of them has said something new.
  void agree(Now now);
  bool transcodes() const { return transcoding_ != nullptr; }

  // A packet that `from` let through, for the other end; nothing when that does not listen. Only
  // while nothing is transcoded.
  std::optional<SendMedia> pass(const MediaSession& from, const MediaSession::Heard& heard,
                                Now now);
  // The same while packets are transcoded: one goes in, and any number comes out.
  void take(const MediaSession& from, const MediaSession::Heard& heard, Now now);
  std::optional<SendMedia> next(const MediaSession& from, Now now);

 private:
  struct Transcoding {
    TranscodingSlots::Slot slot;
    media::Transcoder to_callee;
    media::Transcoder to_caller;
  };
  bool transcode(Now now);
  void pass_untouched();
  MediaSession& beyond(const MediaSession& from) { return &from == &caller_ ? callee_ : caller_; }

  MediaSession& caller_;
  MediaSession& callee_;
  TranscodingSlots& slots_;
  rtp::Translation to_callee_;
  rtp::Translation to_caller_;
  std::unique_ptr<Transcoding> transcoding_;
};

}  // namespace strowger::call
