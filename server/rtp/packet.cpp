#include "rtp/packet.hpp"

#include "rtp/wire.hpp"

#include <algorithm>
#include <array>

namespace strowger::rtp {

namespace {

constexpr unsigned version = 2;

Result<Bytes, PacketError> without_padding(Bytes payload) {
  if (payload.empty()) return unexpected(PacketError::bad_padding);
  const auto count = std::to_integer<std::size_t>(payload.back());
  if (count == 0 || count > payload.size()) return unexpected(PacketError::bad_padding);
  return payload.first(payload.size() - count);
}

}  // namespace

Result<Packet, PacketError> parse_packet(Bytes datagram) {
  Reader reader(datagram);
  const unsigned flags = reader.u8();
  const unsigned type = reader.u8();
  Packet packet;
  packet.header.marker = (type & 0x80U) != 0;
  packet.header.payload_type = static_cast<std::uint8_t>(type & 0x7FU);
  packet.header.sequence = reader.u16();
  packet.header.timestamp = reader.u32();
  packet.header.ssrc = reader.u32();
  if (!reader.ok()) return unexpected(PacketError::too_short);
  if (flags >> 6 != version) return unexpected(PacketError::wrong_version);

  reader.take(std::size_t{flags & 0x0FU} * 4);
  if (!reader.ok()) return unexpected(PacketError::csrc_cut);
  if ((flags & 0x10U) != 0) {
    reader.u16();  // the profile's own mark
    reader.take(std::size_t{reader.u16()} * 4);
    if (!reader.ok()) return unexpected(PacketError::extension_cut);
  }
  packet.payload = reader.rest();
  if ((flags & 0x20U) != 0) {
    const auto payload = without_padding(packet.payload);
    if (!payload) return unexpected(payload.error());
    packet.payload = *payload;
  }
  return packet;
}

bool is_rtcp(Bytes datagram) {
  if (datagram.size() < 2 || std::to_integer<unsigned>(datagram[0]) >> 6 != version) return false;
  // RTCP's types 192..223 would be RTP's payload types 64..95 with the marker, which stay unused.
  const auto type = std::to_integer<unsigned>(datagram[1]);
  return type >= 192 && type <= 223;
}

Bytes write_packet(const Header& header, Bytes payload, Buffer out) {
  if (out.size() < header_bytes || out.size() - header_bytes < payload.size()) return {};
  const std::uint32_t marker = header.marker ? 0x80U : 0U;
  const std::uint32_t sequence = header.sequence;
  const std::array<std::uint32_t, header_bytes> bytes = {
      version << 6,
      marker | (header.payload_type & 0x7FU),
      sequence >> 8,
      sequence,
      header.timestamp >> 24,
      header.timestamp >> 16,
      header.timestamp >> 8,
      header.timestamp,
      header.ssrc >> 24,
      header.ssrc >> 16,
      header.ssrc >> 8,
      header.ssrc};
  for (std::size_t i = 0; i < header_bytes; ++i) out[i] = static_cast<std::byte>(bytes[i] & 0xFFU);
  std::ranges::copy(payload, out.begin() + header_bytes);
  return out.first(header_bytes + payload.size());
}

}  // namespace strowger::rtp
