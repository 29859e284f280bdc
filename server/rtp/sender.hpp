// The sending half of one RTP stream: numbers, time stamps and counts.
#pragma once

#include "base/random.hpp"
#include "rtp/packet.hpp"

#include <cstdint>

namespace strowger::rtp {

class Sender {
 public:
  // SSRC, first sequence number and first time stamp are random (RFC 3550 §5.1).
  explicit Sender(Random& random);

  // One packet of sound that lasts `samples`; marked when it follows silence (RFC 3551 §4.1).
  // Returns the written part of `out`; empty, and nothing counted, when `out` is too small.
  Bytes sound(std::uint8_t payload_type, Bytes payload, std::uint32_t samples, Buffer out);

  // Time passes without a packet: the next sound() is marked.
  void silence(std::uint32_t samples);

  // One packet of an RFC 4733 event which began at `event_timestamp`. Time is not advanced: use
  // silence() for that, once per tick.
  Bytes event(std::uint8_t payload_type, Bytes payload, std::uint32_t event_timestamp, bool marker,
              Buffer out);

  // Somebody else has sent under our SSRC up to here.
  void go_on(std::uint16_t sequence, std::uint32_t timestamp) {
    sequence_ = sequence;
    timestamp_ = timestamp;
    talking_ = false;
  }

  std::uint32_t ssrc() const { return ssrc_; }
  std::uint32_t timestamp() const { return timestamp_; }  // of the next sound
  std::uint32_t packets() const { return packets_; }
  std::uint32_t payload_octets() const { return octets_; }
  std::uint16_t next_sequence() const { return sequence_; }

 private:
  Bytes write(const Header& header, Bytes payload, Buffer out);

  std::uint32_t ssrc_;
  std::uint32_t timestamp_;
  std::uint32_t packets_ = 0;
  std::uint32_t octets_ = 0;
  std::uint16_t sequence_;
  bool talking_ = false;
};

}  // namespace strowger::rtp
