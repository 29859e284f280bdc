#include "rtp/translation.hpp"

#include <algorithm>

namespace strowger::rtp {

namespace {

enum RtcpType : std::uint8_t {
  sender_report = 200,
  receiver_report = 201,
  source_description = 202,
  goodbye = 203,
  transport_feedback = 205,
  payload_feedback = 206,
};

std::uint16_t get16(Buffer at) {
  return static_cast<std::uint16_t>(std::to_integer<unsigned>(at[0]) << 8U |
                                    std::to_integer<unsigned>(at[1]));
}

std::uint32_t get32(Buffer at) {
  return std::uint32_t{get16(at)} << 16U | get16(at.subspan(2));
}

void put16(Buffer at, std::uint16_t value) {
  at[0] = static_cast<std::byte>(value >> 8U);
  at[1] = static_cast<std::byte>(value & 0xFFU);
}

void put32(Buffer at, std::uint32_t value) {
  put16(at, static_cast<std::uint16_t>(value >> 16U));
  put16(at.subspan(2), static_cast<std::uint16_t>(value & 0xFFFFU));
}

// The SSRC of the far end's own stream at `offset`.
void show_source(Buffer packet, std::size_t offset, const Translation& theirs) {
  if (packet.size() < offset + 4) return;
  const auto at = packet.subspan(offset);
  if (theirs.begun() && get32(at) == theirs.source()) put32(at, theirs.shown());
}

// The SSRC of the stream that the far end hears, as its sender knows it.
bool name_sender(Buffer at, const Translation& to_them) {
  if (!to_them.begun() || get32(at) != to_them.shown()) return false;
  put32(at, to_them.source());
  return true;
}

void report_blocks(Buffer blocks, std::size_t count, const Translation& to_them) {
  constexpr std::size_t block_bytes = 24;
  for (; count > 0 && blocks.size() >= block_bytes; --count) {
    const auto highest = blocks.subspan(10, 2);  // the lower half; the upper one counts rounds
    if (name_sender(blocks, to_them)) {
      put16(highest, static_cast<std::uint16_t>(get16(highest) - to_them.sequence_shift()));
    }
    blocks = blocks.subspan(block_bytes);
  }
}

void translate(Buffer packet, const Translation& theirs, const Translation& to_them) {
  const std::size_t count = std::to_integer<std::size_t>(packet[0]) & 31U;
  switch (std::to_integer<std::uint8_t>(packet[1])) {
    case sender_report:
      if (packet.size() < 28) return;
      show_source(packet, 4, theirs);
      put32(packet.subspan(16), get32(packet.subspan(16)) + theirs.timestamp_shift());
      return report_blocks(packet.subspan(28), count, to_them);
    case receiver_report:
      show_source(packet, 4, theirs);
      if (packet.size() >= 8) report_blocks(packet.subspan(8), count, to_them);
      return;
    case source_description:  // of a phone: one chunk
    case goodbye:
      return show_source(packet, 4, theirs);
    case transport_feedback:
    case payload_feedback:
      show_source(packet, 4, theirs);
      if (packet.size() >= 12) name_sender(packet.subspan(8), to_them);
      return;
    default:
      return;
  }
}

}  // namespace

// Also when a stream is followed by another one: the receiver hears one all the time.
void Translation::begin(const Header& header, Instant now) {
  if (next_) {
    const auto pause =
        std::max<std::int64_t>(milliseconds(now - next_->at), 0) * next_->ticks_per_ms;
    const auto timestamp = next_->timestamp + static_cast<std::uint32_t>(pause);
    timestamp_shift_ = timestamp - header.timestamp;
    sequence_shift_ = static_cast<std::uint16_t>(next_->sequence - header.sequence);
  }
  source_ = header.ssrc;
  begun_ = true;
}

void Translation::rtp(const Header& header, Buffer packet, Instant now) {
  const bool first = !begun_ || header.ssrc != source_;
  if (first) begin(header, now);
  const unsigned type = header.payload_type == renamed_.from
                            ? static_cast<unsigned>(renamed_.to)
                            : header.payload_type;
  const bool marked = header.marker || (first && next_);
  packet[1] = static_cast<std::byte>((marked ? 0x80U : 0U) | type);
  if (!next_) return;
  const auto sequence = static_cast<std::uint16_t>(header.sequence + sequence_shift_);
  const auto timestamp = header.timestamp + timestamp_shift_;
  put16(packet.subspan(2), sequence);
  put32(packet.subspan(4), timestamp);
  put32(packet.subspan(8), next_->ssrc);
  const bool newest = static_cast<std::int16_t>(sequence - next_->sequence) >= 0;
  if (!newest) return;
  next_->sequence = static_cast<std::uint16_t>(sequence + 1);
  next_->timestamp = timestamp;
  next_->at = now;
}

void translate_rtcp(Buffer datagram, const Translation& theirs, const Translation& to_them) {
  if (!theirs.active() && !to_them.active()) return;
  while (datagram.size() >= 4) {
    const std::size_t bytes = (std::size_t{get16(datagram.subspan(2))} + 1) * 4;
    if (bytes > datagram.size()) return;
    translate(datagram.first(bytes), theirs, to_them);
    datagram = datagram.subspan(bytes);
  }
}

}  // namespace strowger::rtp
