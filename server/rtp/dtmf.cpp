#include "rtp/dtmf.hpp"

#include "rtp/wire.hpp"

#include <algorithm>
#include <array>

namespace strowger::rtp {

namespace {

constexpr int tick_ms = 20;
constexpr std::uint32_t ticks_per_second = 1'000 / tick_ms;
constexpr int end_packets = 3;         // RFC 4733 §2.5.1.4
constexpr int tone_ticks_min = 2;      // 40 ms: shorter tones are noise to most receivers
constexpr int gap_ticks_max = 400;
constexpr std::uint32_t segment_samples = 0xFFFF;  // RFC 4733 §2.5.1.3: a long event's segments

// An event packet older than the newest event by up to this is a late copy; by more, a new clock.
constexpr std::int64_t late_seconds_max = 2;

// The duration field ends at 65,535 samples: 8 s at 8 kHz.
int tone_ticks_max(std::uint32_t tick_samples) {
  return static_cast<int>(segment_samples / tick_samples);
}

int ticks(std::chrono::milliseconds time, int min, int max) {
  const auto whole = (time.count() + tick_ms - 1) / tick_ms;
  return static_cast<int>(std::clamp<std::int64_t>(whole, min, max));
}

std::string only_digits(std::string_view text) {
  std::string digits;
  for (char c : text) {
    if (c >= 'a' && c <= 'd') c = static_cast<char>(c - 'a' + 'A');
    if (dtmf_digits.find(c) == std::string_view::npos) continue;
    if (digits.size() < dtmf_send_digits_max) digits += c;
  }
  return digits;
}

}  // namespace

std::optional<TelephoneEvent> parse_event(Bytes payload) {
  Reader reader(payload);
  TelephoneEvent event;
  event.code = reader.u8();
  const unsigned flags = reader.u8();
  event.end = (flags & 0x80U) != 0;
  event.volume = static_cast<std::uint8_t>(flags & 0x3FU);
  event.duration = reader.u16();
  if (!reader.ok()) return std::nullopt;
  return event;
}

std::optional<char> DtmfReceiver::receive(const Packet& packet) {
  const auto event = parse_event(packet.payload);
  if (!event || event->code >= dtmf_digits.size()) return std::nullopt;
  if (known(packet.header, *event)) return std::nullopt;
  started_ = true;
  ssrc_ = packet.header.ssrc;
  timestamp_ = packet.header.timestamp;
  code_ = event->code;
  return dtmf_digits[event->code];
}

// All packets of an event carry the time stamp of its beginning.
bool DtmfReceiver::known(const Header& header, const TelephoneEvent& event) {
  if (!started_ || header.ssrc != ssrc_) return false;
  const auto newer = static_cast<std::int32_t>(header.timestamp - timestamp_);
  if (newer <= 0) return newer >= -late_seconds_max * clock_rate_;
  const bool next_segment = event.code == code_ && !header.marker &&
                            static_cast<std::uint32_t>(newer) == segment_samples;
  if (next_segment) timestamp_ = header.timestamp;
  return next_segment;
}

DtmfSender::DtmfSender(std::string_view digits, std::uint8_t payload_type, Timing timing,
                       std::uint32_t clock_rate)
    : digits_(only_digits(digits)),
      payload_type_(payload_type),
      tick_samples_(clock_rate / ticks_per_second),
      tone_ticks_(ticks(timing.tone, tone_ticks_min, tone_ticks_max(tick_samples_))),
      gap_ticks_(ticks(timing.gap, end_packets, gap_ticks_max)) {}

Bytes DtmfSender::tick(Sender& sender, Buffer out) {
  if (done()) return {};
  if (tick_ == 0) started_at_ = sender.timestamp();
  Bytes written;
  if (tick_ < tone_ticks_ + end_packets) written = packet(sender, out);
  sender.silence(tick_samples_);
  if (++tick_ == tone_ticks_ + gap_ticks_) {
    tick_ = 0;
    ++next_;
  }
  return written;
}

Bytes DtmfSender::packet(Sender& sender, Buffer out) {
  const bool end = tick_ >= tone_ticks_;
  const std::uint32_t duration =
      static_cast<std::uint32_t>(end ? tone_ticks_ : tick_ + 1) * tick_samples_;
  const auto code = static_cast<std::byte>(dtmf_digits.find(digits_[next_]));
  constexpr unsigned volume = 10;  // -10 dBm0
  const unsigned flags = (end ? 0x80U : 0U) | volume;
  const std::array<std::byte, 4> payload = {code, static_cast<std::byte>(flags),
                                            static_cast<std::byte>(duration >> 8),
                                            static_cast<std::byte>(duration & 0xFFU)};
  return sender.event(payload_type_, payload, started_at_, tick_ == 0, out);
}

}  // namespace strowger::rtp
