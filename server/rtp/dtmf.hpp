// Keypad digits as telephone-events (RFC 4733): heard once each, sent so that losses don't matter.
#pragma once

#include "rtp/packet.hpp"
#include "rtp/sender.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::rtp {

constexpr std::string_view dtmf_digits = "0123456789*#ABCD";  // the index is the event code
constexpr std::size_t dtmf_send_digits_max = 64;

struct TelephoneEvent {
  std::uint8_t code = 0;  // 0..15 are the digits
  bool end = false;
  std::uint8_t volume = 10;  // 0..63, -dBm0
  std::uint16_t duration = 0;  // in samples
};

// None when shorter than 4 bytes.
std::optional<TelephoneEvent> parse_event(Bytes payload);

class DtmfReceiver {
 public:
  explicit DtmfReceiver(std::uint32_t clock_rate = 8000) : clock_rate_(clock_rate) {}  // Hz

  // A packet of the negotiated telephone-event payload type, let through by SourceGuard. The digit
  // is told at the first packet of its event that arrives, be it the end packet, and never again.
  std::optional<char> receive(const Packet& packet);

 private:
  bool known(const Header& header, const TelephoneEvent& event);

  std::uint32_t clock_rate_;
  bool started_ = false;
  std::uint32_t ssrc_ = 0;
  std::uint32_t timestamp_ = 0;  // of the newest event
  std::uint8_t code_ = 0;
};

// Sends a string of digits, one packet per 20 ms tick at most.
class DtmfSender {
 public:
  struct Timing {
    std::chrono::milliseconds tone{100};
    std::chrono::milliseconds gap{80};  // at least 60: three end packets go out in it
  };
  // Characters outside of dtmf_digits are left out; lower case is taken as upper. `clock_rate`: Hz,
  // of the payload type and of the sound it interrupts.
  DtmfSender(std::string_view digits, std::uint8_t payload_type, Timing timing,
             std::uint32_t clock_rate = 8000);
  DtmfSender(std::string_view digits, std::uint8_t payload_type)
      : DtmfSender(digits, payload_type, Timing{}) {}

  // Once per 20 ms instead of sound; advances the sender's time. Empty during gaps.
  Bytes tick(Sender& sender, Buffer out);
  bool done() const { return next_ >= digits_.size(); }

 private:
  Bytes packet(Sender& sender, Buffer out);

  std::string digits_;
  std::uint8_t payload_type_;
  std::uint32_t tick_samples_;
  int tone_ticks_;
  int gap_ticks_;
  std::size_t next_ = 0;
  int tick_ = 0;  // within the current digit
  std::uint32_t started_at_ = 0;
};

}  // namespace strowger::rtp
