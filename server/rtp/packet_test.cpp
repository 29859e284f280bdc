#include "rtp/packet.hpp"

#include "base/random.hpp"
#include "rtp/sender.hpp"

#include <gtest/gtest.h>

#include <array>
#include <initializer_list>
#include <vector>

namespace strowger::rtp {
namespace {

std::vector<std::byte> bytes(std::initializer_list<int> values) {
  std::vector<std::byte> result;
  for (const int value : values) result.push_back(static_cast<std::byte>(value));
  return result;
}

TEST(RtpPacket, ReadsEveryPartOfTheHeader) {
  const auto datagram = bytes({0xB2, 0x88, 0x12, 0x34, 0, 0, 1, 2, 0xDE, 0xAD, 0xBE, 0xEF,  // fixed
                               1, 2, 3, 4, 5, 6, 7, 8,                                      // CSRC
                               0xBE, 0xDE, 0, 1, 9, 9, 9, 9,                           // extension
                               0x55, 0x66, 0, 2});                             // payload, padding
  const auto packet = parse_packet(datagram);
  ASSERT_TRUE(packet.has_value());
  EXPECT_TRUE(packet->header.marker);
  EXPECT_EQ(packet->header.payload_type, 8);
  EXPECT_EQ(packet->header.sequence, 0x1234);
  EXPECT_EQ(packet->header.timestamp, 0x102U);
  EXPECT_EQ(packet->header.ssrc, 0xDEADBEEFU);
  ASSERT_EQ(packet->payload.size(), 2U);
  EXPECT_EQ(packet->payload[0], std::byte{0x55});
}

TEST(RtpPacket, EveryCutOfItIsRefusedOrShorter) {
  auto datagram = bytes({0x92, 0x88, 0x12, 0x34, 0, 0, 1, 2, 0xDE, 0xAD, 0xBE, 0xEF,
                         1, 2, 3, 4, 5, 6, 7, 8, 0xBE, 0xDE, 0, 1, 9, 9, 9, 9, 0x55});
  const auto want = [](std::size_t length) {
    if (length < 12) return PacketError::too_short;
    return length < 20 ? PacketError::csrc_cut : PacketError::extension_cut;
  };
  for (std::size_t length = 0; length < 28; ++length) {
    const std::vector<std::byte> cut(datagram.begin(),
                                     datagram.begin() + static_cast<std::ptrdiff_t>(length));
    const auto packet = parse_packet(cut);
    ASSERT_FALSE(packet.has_value()) << length;
    EXPECT_EQ(packet.error(), want(length)) << length;
  }
  EXPECT_TRUE(parse_packet(datagram).has_value());
}

TEST(RtpPacket, RefusesLies) {
  struct Case {
    std::vector<std::byte> datagram;
    PacketError want;
  };
  const Case cases[] = {
      {bytes({0x00, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}), PacketError::wrong_version},
      {bytes({0xC0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}), PacketError::wrong_version},
      {bytes({0xA0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}), PacketError::bad_padding},
      {bytes({0xA0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 0}), PacketError::bad_padding},
      {bytes({0xA0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 7, 3}), PacketError::bad_padding},
      {bytes({0x90, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 1}),
       PacketError::extension_cut},
  };
  for (const Case& c : cases) {
    const auto packet = parse_packet(c.datagram);
    ASSERT_FALSE(packet.has_value());
    EXPECT_EQ(packet.error(), c.want);
  }
}

TEST(RtpPacket, TellsRtcpFromRtp) {
  EXPECT_TRUE(is_rtcp(bytes({0x80, 200})));
  EXPECT_TRUE(is_rtcp(bytes({0x81, 203})));
  EXPECT_FALSE(is_rtcp(bytes({0x80, 0})));
  EXPECT_FALSE(is_rtcp(bytes({0x80, 0x80 | 101})));
  EXPECT_FALSE(is_rtcp(bytes({0x80, 0x80 | 8})));
  EXPECT_FALSE(is_rtcp(bytes({0x00, 200})));
  EXPECT_FALSE(is_rtcp(bytes({0x80})));
  EXPECT_FALSE(is_rtcp({}));
}

TEST(RtpPacket, WhatIsWrittenIsRead) {
  std::array<std::byte, 200> buffer{};
  const Header header{true, 127, 65'535, 0xFFFF'FFF0, 0x01020304};
  const auto payload = bytes({1, 2, 3});
  const Bytes written = write_packet(header, payload, buffer);
  ASSERT_EQ(written.size(), 15U);
  const auto packet = parse_packet(written);
  ASSERT_TRUE(packet.has_value());
  EXPECT_EQ(packet->header.marker, true);
  EXPECT_EQ(packet->header.payload_type, 127);
  EXPECT_EQ(packet->header.sequence, 65'535);
  EXPECT_EQ(packet->header.timestamp, 0xFFFF'FFF0);
  EXPECT_EQ(packet->header.ssrc, 0x01020304U);
  EXPECT_EQ(packet->payload.size(), 3U);

  EXPECT_TRUE(write_packet(header, payload, Buffer(buffer).first(14)).empty());
  EXPECT_TRUE(write_packet(header, payload, {}).empty());
}

TEST(RtpPacket, RandomBytesAreReadWithinTheirBounds) {
  SeededRandom random(3550);
  for (int round = 0; round < 20'000; ++round) {
    std::vector<std::byte> datagram(random.bits() % 40);
    for (std::byte& b : datagram) b = static_cast<std::byte>(random.bits());
    if (!datagram.empty()) datagram[0] = (datagram[0] & std::byte{0x3F}) | std::byte{0x80};
    const auto packet = parse_packet(datagram);
    if (packet) {
      EXPECT_LE(packet->payload.size() + header_bytes, datagram.size());
    }
  }
}

TEST(RtpSender, NumbersSoundAndMarksTheStartOfTalk) {
  SeededRandom random(1);
  Sender sender(random);
  std::array<std::byte, 200> buffer{};
  const std::array<std::byte, 160> frame{};
  const auto sequence = sender.next_sequence();
  const auto timestamp = sender.timestamp();
  const auto sound = [&] { return parse_packet(sender.sound(0, frame, 160, buffer))->header; };

  const Header first = sound();
  EXPECT_TRUE(first.marker);
  EXPECT_EQ(first.sequence, sequence);
  EXPECT_EQ(first.timestamp, timestamp);
  const Header second = sound();
  EXPECT_FALSE(second.marker);
  EXPECT_EQ(second.sequence, static_cast<std::uint16_t>(sequence + 1));
  EXPECT_EQ(second.timestamp, timestamp + 160);
  sender.silence(800);
  const Header third = sound();
  EXPECT_TRUE(third.marker);
  EXPECT_EQ(third.timestamp, timestamp + 320 + 800);
  EXPECT_EQ(third.ssrc, sender.ssrc());
  EXPECT_EQ(sender.packets(), 3U);
  EXPECT_EQ(sender.payload_octets(), 480U);

  EXPECT_TRUE(sender.sound(0, frame, 160, Buffer(buffer).first(100)).empty());
  EXPECT_EQ(sender.packets(), 3U) << "a packet that was not written does not count";
}

}  // namespace
}  // namespace strowger::rtp
