#include "trace/hep.hpp"

#include "trace/packets_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace strowger::trace {
namespace {

using testing::Contains;
using testing::Key;
using testing::Not;
using testing::Pair;

using Chunks = std::map<int, std::string>;

unsigned number(std::string_view bytes) {
  unsigned value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

// By the document: "HEP3", the length of all, then chunks of vendor, type, length with head, value.
Chunks chunks_of(std::string_view packet) {
  Chunks chunks;
  EXPECT_TRUE(packet.starts_with("HEP3"));
  EXPECT_EQ(number(packet.substr(4, 2)), packet.size());
  packet.remove_prefix(6);
  while (packet.size() >= 6) {
    EXPECT_EQ(number(packet.substr(0, 2)), 0U) << "vendor";
    const auto length = number(packet.substr(4, 2));
    EXPECT_TRUE(length > 6 && length <= packet.size()) << length;
    chunks[static_cast<int>(number(packet.substr(2, 2)))] = packet.substr(6, length - 6);
    packet.remove_prefix(std::min<std::size_t>(length, packet.size()));
  }
  EXPECT_TRUE(packet.empty());
  return chunks;
}

TEST(Hep, AMessageOverIpv4) {
  const auto chunks = chunks_of(hep_packet(packet_for_tests(), {.capture_id = 2001}));
  const Chunks want = {{0x01, "\x02"},
                       {0x02, "\x11"},
                       {0x03, std::string("\xc0\x00\x02\x01", 4)},
                       {0x04, std::string("\x7f\x00\x00\x01", 4)},
                       {0x07, "\x13\xce"},
                       {0x08, "\x13\xc4"},
                       {0x09, "\x69\x29\x8e\xc0"},
                       {0x0a, std::string("\x00\x01\xe2\x40", 4)},
                       {0x0b, "\x01"},
                       {0x0c, std::string("\x00\x00\x07\xd1", 4)},
                       {0x0f, invite_for_tests},
                       {0x11, "abc@192.0.2.1"}};
  EXPECT_EQ(chunks, want);
}

TEST(Hep, AMessageOverIpv6AndTcpThatWeSent) {
  const auto chunks = chunks_of(hep_packet(v6_packet_for_tests(), {.password = "secret"}));
  EXPECT_THAT(chunks, Contains(Pair(0x01, "\x0a")));
  EXPECT_THAT(chunks, Contains(Pair(0x02, "\x06")));
  EXPECT_THAT(chunks, Contains(Pair(0x05, std::string(15, '\0') + "\x01")));
  EXPECT_THAT(chunks, Contains(Pair(0x06, "\x20\x01\x0d\xb8" + std::string(11, '\0') + "\x01")));
  EXPECT_THAT(chunks, Contains(Pair(0x07, "\x13\xc4")));
  EXPECT_THAT(chunks, Contains(Pair(0x0e, "secret")));
  EXPECT_THAT(chunks, Not(Contains(Key(0x03))));
}

TEST(Hep, RtcpSaysWhoseCallItIs) {
  Packet packet = packet_for_tests();
  packet.protocol = Protocol::rtcp;
  packet.call_id = "abc";
  packet.bytes = "\x80\xc8";
  const auto chunks = chunks_of(hep_packet(packet, {}));
  EXPECT_THAT(chunks, Contains(Pair(0x0b, "\x05")));
  EXPECT_THAT(chunks, Contains(Pair(0x11, "abc")));
  EXPECT_THAT(chunks, Contains(Pair(0x0f, "\x80\xc8")));
}

TEST(Hep, AnAddressThatIsNotKnownIsOfTheOthersFamily) {
  Packet packet = v6_packet_for_tests();
  packet.local = {};
  const auto chunks = chunks_of(hep_packet(packet, {}));
  EXPECT_THAT(chunks, Contains(Pair(0x05, std::string(16, '\0'))));
  EXPECT_THAT(chunks, Not(Contains(Key(0x03))));
}

TEST(Hep, EverythingIsCutToADatagram) {
  Packet packet = packet_for_tests();
  const std::string call_id(60'000, 'c');
  packet.bytes = "OPTIONS sip:a SIP/2.0\r\nCall-ID: " + call_id + "\r\n\r\n" +
                 std::string(10'000, 'b');
  const auto made = hep_packet(packet, {.password = std::string(1'000, 'p')});
  EXPECT_EQ(made.size(), hep_bytes_max);
  const auto chunks = chunks_of(made);
  EXPECT_EQ(chunks.at(0x11).size(), hep_correlation_bytes_max);
  EXPECT_EQ(chunks.at(0x0e).size(), hep_password_bytes_max);
  EXPECT_TRUE(packet.bytes.starts_with(chunks.at(0x0f)));
}

TEST(Hep, AnEmptyMessageHasNoPayload) {
  Packet packet = packet_for_tests();
  packet.bytes.clear();
  EXPECT_THAT(chunks_of(hep_packet(packet, {})), Not(Contains(Key(0x0f))));
}

}  // namespace
}  // namespace strowger::trace
