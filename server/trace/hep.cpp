#include "trace/hep.hpp"

#include "sip/peek_call_id.hpp"
#include "trace/big_endian.hpp"

#include <string_view>

namespace strowger::trace {

namespace {

enum class Chunk : std::uint16_t {
  ip_family = 0x0001,
  ip_protocol = 0x0002,
  source_v4 = 0x0003,
  destination_v4 = 0x0004,
  source_v6 = 0x0005,
  destination_v6 = 0x0006,
  source_port = 0x0007,
  destination_port = 0x0008,
  seconds = 0x0009,
  microseconds = 0x000a,
  protocol_type = 0x000b,
  capture_id = 0x000c,
  auth_key = 0x000e,
  payload = 0x000f,
  correlation_id = 0x0011,
};

constexpr std::uint16_t generic_vendor = 0;
constexpr std::size_t chunk_head_bytes = 6;
constexpr std::size_t length_at = 4;  // after "HEP3"

constexpr std::uint8_t family_v4 = 2;    // AF_INET, on whichever system
constexpr std::uint8_t family_v6 = 10;   // AF_INET6 of Linux: what collectors expect
constexpr std::uint8_t protocol_udp = 17;
constexpr std::uint8_t protocol_tcp = 6;
constexpr std::uint8_t type_sip = 1;
constexpr std::uint8_t type_rtcp = 5;

void head(std::string& out, Chunk chunk, std::size_t bytes) {
  put_16(out, generic_vendor);
  put_16(out, static_cast<std::uint16_t>(chunk));
  put_16(out, static_cast<std::uint16_t>(chunk_head_bytes + bytes));
}

void add_8(std::string& out, Chunk chunk, std::uint8_t value) {
  head(out, chunk, 1);
  put_8(out, value);
}

void add_16(std::string& out, Chunk chunk, std::uint16_t value) {
  head(out, chunk, 2);
  put_16(out, value);
}

void add_32(std::string& out, Chunk chunk, std::uint32_t value) {
  head(out, chunk, 4);
  put_32(out, value);
}

void add_text(std::string& out, Chunk chunk, std::string_view text) {
  if (text.empty()) return;
  head(out, chunk, text.size());
  out += text;
}

// Of the packet's family: the address of a socket that the kernel has not chosen yet may be of the
// other one.
void add_address(std::string& out, Chunk v4, Chunk v6, const IpAddress& address, bool wide) {
  const std::size_t bytes = wide ? 16 : 4;
  const IpAddress zero;
  const auto& shown = address.is_v6() == wide ? address : zero;
  add_text(out, wide ? v6 : v4, {reinterpret_cast<const char*>(shown.bytes.data()), bytes});
}

}  // namespace

std::string hep_packet(const Packet& packet, const HepIdentity& identity) {
  std::string out = "HEP3";
  put_16(out, 0);  // the length of all, known at the end
  const bool wide = packet.remote.address.is_v6();
  add_8(out, Chunk::ip_family, wide ? family_v6 : family_v4);
  add_8(out, Chunk::ip_protocol, sip::is_reliable(packet.transport) ? protocol_tcp : protocol_udp);
  add_address(out, Chunk::source_v4, Chunk::source_v6, packet.source().address, wide);
  add_address(out, Chunk::destination_v4, Chunk::destination_v6, packet.destination().address,
              wide);
  add_16(out, Chunk::source_port, packet.source().port);
  add_16(out, Chunk::destination_port, packet.destination().port);
  const auto micros = packet.at.time_since_epoch().count();
  add_32(out, Chunk::seconds, static_cast<std::uint32_t>(micros / 1'000'000));
  add_32(out, Chunk::microseconds, static_cast<std::uint32_t>(micros % 1'000'000));
  add_8(out, Chunk::protocol_type, packet.protocol == Protocol::sip ? type_sip : type_rtcp);
  add_32(out, Chunk::capture_id, identity.capture_id);
  add_text(out, Chunk::auth_key,
           std::string_view(identity.password).substr(0, hep_password_bytes_max));
  const auto call_id = packet.protocol == Protocol::sip ? sip::peek_call_id(packet.bytes)
                                                        : std::string_view(packet.call_id);
  add_text(out, Chunk::correlation_id, call_id.substr(0, hep_correlation_bytes_max));
  const auto room = hep_bytes_max - out.size() - chunk_head_bytes;
  add_text(out, Chunk::payload, std::string_view(packet.bytes).substr(0, room));
  std::string length;
  put_16(length, static_cast<std::uint16_t>(out.size()));
  return out.replace(length_at, length.size(), length);
}

}  // namespace strowger::trace
