// The bytes by RFC 791, 8200 and 768; a wire test lets tshark read a whole file.
#include "trace/pcap.hpp"

#include "trace/packets_for_tests.hpp"

#include <gtest/gtest.h>

namespace strowger::trace {
namespace {

unsigned number(std::string_view bytes, std::size_t at, std::size_t size) {
  unsigned value = 0;
  for (const char c : bytes.substr(at, size)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

// Over what is its own checksum the sum is all ones (RFC 1071).
bool sums_up(const std::string& bytes) {
  unsigned sum = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    sum += static_cast<unsigned char>(bytes[i]) << (i % 2 == 0 ? 8 : 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return sum == 0xffff;
}

std::string words(unsigned a, unsigned b) {
  return {static_cast<char>(a >> 8), static_cast<char>(a), static_cast<char>(b >> 8),
          static_cast<char>(b)};
}

TEST(Pcap, TheFileSaysWhatIsInIt) {
  const auto header = pcap_file_header();
  ASSERT_EQ(header.size(), 24U);
  EXPECT_EQ(number(header, 0, 4), 0xa1b2c3d4U);
  EXPECT_EQ(number(header, 4, 2), 2U);
  EXPECT_EQ(number(header, 6, 2), 4U);
  EXPECT_GE(number(header, 16, 4), 65'535U + 40U);
  EXPECT_EQ(number(header, 20, 4), 101U);  // LINKTYPE_RAW
}

TEST(Pcap, AMessageOverIpv4) {
  const auto record = pcap_record(packet_for_tests());
  EXPECT_EQ(number(record, 0, 4), 1'764'331'200U);
  EXPECT_EQ(number(record, 4, 4), 123'456U);
  const auto ip = record.substr(16);
  EXPECT_EQ(number(record, 8, 4), ip.size());
  EXPECT_EQ(number(record, 12, 4), ip.size());
  EXPECT_EQ(number(ip, 0, 1), 0x45U);
  EXPECT_EQ(number(ip, 2, 2), ip.size());
  EXPECT_EQ(number(ip, 9, 1), 17U);
  EXPECT_TRUE(sums_up(ip.substr(0, 20)));
  EXPECT_EQ(number(ip, 12, 4), 0xc0000201U);
  EXPECT_EQ(number(ip, 16, 4), 0x7f000001U);
  EXPECT_EQ(number(ip, 20, 2), 5070U);
  EXPECT_EQ(number(ip, 22, 2), 5060U);
  EXPECT_EQ(number(ip, 24, 2), ip.size() - 20);
  EXPECT_EQ(ip.substr(28), invite_for_tests);
  EXPECT_TRUE(sums_up(ip.substr(12, 8) + words(17, number(ip, 24, 2)) + ip.substr(20)));
}

TEST(Pcap, AMessageOverIpv6ThatWeSent) {
  const auto ip = pcap_record(v6_packet_for_tests()).substr(16);
  EXPECT_EQ(number(ip, 0, 1), 0x60U);
  EXPECT_EQ(number(ip, 4, 2), ip.size() - 40);
  EXPECT_EQ(number(ip, 6, 1), 17U);  // shown as UDP, although it went over TCP
  EXPECT_EQ(number(ip, 8, 4), 0U);
  EXPECT_EQ(number(ip, 24, 4), 0x20010db8U);
  EXPECT_EQ(number(ip, 40, 2), 5060U);
  EXPECT_TRUE(sums_up(ip.substr(8, 32) + words(17, number(ip, 44, 2)) + ip.substr(40)));
}

TEST(Pcap, TheLongestMessageIsCutToAnIpPacket) {
  for (Packet packet : {packet_for_tests(), v6_packet_for_tests()}) {
    packet.bytes.assign(70'000, 'x');
    const auto ip = pcap_record(packet).substr(16);
    const bool wide = packet.remote.address.is_v6();
    EXPECT_EQ(ip.size(), pcap_ip_bytes_max + (wide ? 40 : 0));
  }
}

TEST(Pcap, AnAddressThatIsNotKnownIsZero) {
  Packet packet = v6_packet_for_tests();
  packet.local = {};
  const auto ip = pcap_record(packet).substr(16);
  EXPECT_EQ(ip.substr(8, 16), std::string(16, '\0'));
}

}  // namespace
}  // namespace strowger::trace
