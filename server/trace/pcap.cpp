#include "trace/pcap.hpp"

#include "trace/big_endian.hpp"

#include <algorithm>
#include <string_view>

namespace strowger::trace {

namespace {

constexpr std::uint32_t magic = 0xa1b2c3d4;  // microseconds; all numbers big-endian, as this one
constexpr std::uint32_t link_type_raw_ip = 101;
constexpr std::size_t udp_head_bytes = 8;
constexpr std::size_t ipv4_head_bytes = 20;
constexpr std::uint8_t protocol_udp = 17;
constexpr std::uint8_t hop_limit = 64;

// RFC 1071.
std::uint16_t checksum(std::string_view bytes) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const auto byte = static_cast<unsigned char>(bytes[i]);
    sum += i % 2 == 0 ? byte << 8 : byte;
    sum = (sum & 0xffff) + (sum >> 16);
  }
  return static_cast<std::uint16_t>(~sum);
}

void set_16(std::string& bytes, std::size_t at, std::uint16_t value) {
  bytes[at] = static_cast<char>(value >> 8);
  bytes[at + 1] = static_cast<char>(value);
}

// An address of the other family is one that the kernel has not chosen yet.
std::string address_bytes(const IpAddress& address, bool wide) {
  const std::size_t size = wide ? 16 : 4;
  if (address.is_v6() != wide) return std::string(size, '\0');
  return {reinterpret_cast<const char*>(address.bytes.data()), size};
}

// RFC 768; over IPv6 the checksum may not be left out (RFC 8200 8.1).
std::string udp(const Packet& packet, std::string_view payload, const std::string& addresses) {
  std::string out;
  const auto length = static_cast<std::uint16_t>(udp_head_bytes + payload.size());
  put_16(out, packet.source().port);
  put_16(out, packet.destination().port);
  put_16(out, length);
  put_16(out, 0);
  out += payload;
  std::string summed = addresses;
  put_16(summed, protocol_udp);
  put_16(summed, length);
  const auto sum = checksum(summed + out);
  set_16(out, 6, sum == 0 ? 0xffff : sum);
  return out;
}

// RFC 791.
std::string ipv4_head(std::size_t payload, const std::string& addresses) {
  std::string out;
  put_8(out, 0x45);  // version 4, five words of header
  put_8(out, 0);
  put_16(out, static_cast<std::uint16_t>(ipv4_head_bytes + payload));
  put_32(out, 0);  // not fragmented
  put_8(out, hop_limit);
  put_8(out, protocol_udp);
  put_16(out, 0);
  out += addresses;
  set_16(out, 10, checksum(out));
  return out;
}

// RFC 8200.
std::string ipv6_head(std::size_t payload, const std::string& addresses) {
  std::string out;
  put_32(out, 0x6000'0000);  // version 6
  put_16(out, static_cast<std::uint16_t>(payload));
  put_8(out, protocol_udp);
  put_8(out, hop_limit);
  return out + addresses;
}

std::string ip_packet(const Packet& packet) {
  const bool wide = packet.remote.address.is_v6();
  const std::size_t heads = udp_head_bytes + (wide ? 0 : ipv4_head_bytes);
  const auto payload = std::string_view(packet.bytes).substr(0, pcap_ip_bytes_max - heads);
  const auto addresses = address_bytes(packet.source().address, wide) +
                         address_bytes(packet.destination().address, wide);
  const auto datagram = udp(packet, payload, addresses);
  return (wide ? ipv6_head(datagram.size(), addresses) : ipv4_head(datagram.size(), addresses)) +
         datagram;
}

}  // namespace

std::string pcap_file_header() {
  std::string out;
  put_32(out, magic);
  put_16(out, 2);  // version 2.4
  put_16(out, 4);
  put_32(out, 0);  // times are UTC
  put_32(out, 0);
  put_32(out, 262'144);  // no packet is longer
  put_32(out, link_type_raw_ip);
  return out;
}

std::string pcap_record(const Packet& packet) {
  const auto bytes = ip_packet(packet);
  const auto micros = packet.at.time_since_epoch().count();
  std::string out;
  put_32(out, static_cast<std::uint32_t>(micros / 1'000'000));
  put_32(out, static_cast<std::uint32_t>(micros % 1'000'000));
  put_32(out, static_cast<std::uint32_t>(bytes.size()));
  put_32(out, static_cast<std::uint32_t>(bytes.size()));
  return out + bytes;
}

}  // namespace strowger::trace
