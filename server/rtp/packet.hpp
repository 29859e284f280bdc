// RTP packets (RFC 3550 §5.1): reading with a length check before every field, writing into the
// caller's buffer. No allocation.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>

namespace strowger::rtp {

using Bytes = std::span<const std::byte>;
using Buffer = std::span<std::byte>;

constexpr std::size_t header_bytes = 12;

struct Header {
  bool marker = false;
  std::uint8_t payload_type = 0;  // 0..127
  std::uint16_t sequence = 0;
  std::uint32_t timestamp = 0;  // in samples of the codec's clock
  std::uint32_t ssrc = 0;
};

// `payload` points into the datagram that was parsed.
struct Packet {
  Header header;
  Bytes payload;
};

enum class PacketError : std::uint8_t {
  too_short,
  wrong_version,
  csrc_cut,
  extension_cut,
  bad_padding,
};

Result<Packet, PacketError> parse_packet(Bytes datagram);

// Tells RTCP from RTP on one port (RFC 5761 §4). False for anything too short to know.
bool is_rtcp(Bytes datagram);

// Header and payload into `out`; the written part of it, empty when `out` is too small.
Bytes write_packet(const Header& header, Bytes payload, Buffer out);

}  // namespace strowger::rtp
