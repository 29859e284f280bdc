// What a relay changes in packets that pass through it, in place: headers only, never what they
// carry. For a receiver that has heard another stream of ours before, which must go on.
#pragma once

#include "base/time.hpp"
#include "rtp/packet.hpp"

#include <cstdint>
#include <optional>

namespace strowger::rtp {

// Where the stream that a receiver knows stands.
struct Continuation {
  std::uint32_t ssrc = 0;
  std::uint16_t sequence = 0;   // of the next packet
  std::uint32_t timestamp = 0;  // of the next packet, if it leaves at `at`
  Instant at{};
  std::int64_t ticks_per_ms = 8;  // of its codec's clock
};

// One direction of a relay.
class Translation {
 public:
  // Nothing to go on with: packets pass as they are.
  Translation() = default;
  explicit Translation(const Continuation& from) : next_(from) {}

  // Payload type `from` is called `to` by the receiver.
  void rename(int from, int to) { renamed_ = {from, to}; }

  // A whole, parsed RTP packet.
  void rtp(const Header& header, Buffer packet, Instant now);

  bool active() const { return next_.has_value(); }
  // Where the receiver's stream stands now; nothing when it was never ours.
  const std::optional<Continuation>& standing() const { return next_; }
  bool begun() const { return begun_; }
  // Of a stream that has begun: what its numbers were, and what they are now.
  std::uint32_t source() const { return source_; }
  std::uint32_t shown() const { return next_ ? next_->ssrc : source_; }
  std::uint32_t timestamp_shift() const { return timestamp_shift_; }
  std::uint16_t sequence_shift() const { return sequence_shift_; }

 private:
  void begin(const Header& header, Instant now);

  struct Renamed {
    int from = -1;
    int to = -1;
  };
  std::optional<Continuation> next_;
  Renamed renamed_;
  bool begun_ = false;
  std::uint32_t source_ = 0;
  std::uint32_t timestamp_shift_ = 0;
  std::uint16_t sequence_shift_ = 0;
};

// An RTCP datagram of the far end whose own stream goes through `theirs`, and who reports on the
// stream that reaches it through `to_them`. What is cut short stays as it is from there on.
void translate_rtcp(Buffer datagram, const Translation& theirs, const Translation& to_them);

}  // namespace strowger::rtp
