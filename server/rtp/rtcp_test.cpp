#include "rtp/rtcp.hpp"

#include "base/random.hpp"
#include "rtp/reporter.hpp"

#include <gtest/gtest.h>

#include <array>

namespace strowger::rtp {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const ReportBlock block{.ssrc = 5,
                        .fraction_lost = 25,
                        .cumulative_lost = -3,
                        .highest_sequence = 70'000,
                        .jitter = 12,
                        .last_sr = 0x1234'5678,
                        .delay_since_last_sr = 65'536};

std::vector<RtcpPacket> everything() {
  return {SenderReport{.ssrc = 1,
                       .ntp = 0x1122'3344'5566'7788,
                       .rtp_timestamp = 2,
                       .packets = 3,
                       .octets = 4,
                       .blocks = {block, block}},
          ReceiverReport{.ssrc = 9, .blocks = {block}},
          SourceDescription{.ssrc = 1, .cname = "abcdef"},
          SourceDescription{.ssrc = 2, .cname = ""},
          Goodbye{.ssrcs = {1, 2}, .reason = "the end"},
          Goodbye{}};
}

std::vector<std::byte> bytes(std::initializer_list<int> values) {
  std::vector<std::byte> result;
  for (const int value : values) result.push_back(static_cast<std::byte>(value));
  return result;
}

TEST(Rtcp, WhatIsWrittenIsRead) {
  const auto datagram = write_rtcp(everything());
  EXPECT_EQ(datagram.size() % 4, 0U);
  const auto packets = parse_rtcp(datagram);
  ASSERT_TRUE(packets.has_value());
  EXPECT_EQ(*packets, everything());
}

TEST(Rtcp, NoCutReadsBeyondItsEnd) {
  const auto datagram = write_rtcp(everything());
  int whole = 0;
  for (std::size_t length = 0; length < datagram.size(); ++length) {
    const std::vector<std::byte> cut(datagram.begin(),
                                     datagram.begin() + static_cast<std::ptrdiff_t>(length));
    if (parse_rtcp(cut)) ++whole;
  }
  EXPECT_EQ(whole, 5) << "only cuts between two packets are whole";
}

TEST(Rtcp, RefusesLies) {
  struct Case {
    std::vector<std::byte> datagram;
    RtcpError want;
  };
  const Case cases[] = {
      {{}, RtcpError::too_short},
      {bytes({0x80}), RtcpError::too_short},
      {bytes({0x80, 200, 0}), RtcpError::too_short},
      {bytes({0x40, 200, 0, 0}), RtcpError::wrong_version},
      {bytes({0x80, 201, 0, 9, 0, 0, 0, 1}), RtcpError::length_beyond_datagram},
      {bytes({0x80, 201, 0xFF, 0xFF, 0, 0, 0, 1}), RtcpError::length_beyond_datagram},
      {bytes({0x80, 200, 0, 1, 0, 0, 0, 1}), RtcpError::count_beyond_length},
      {bytes({0x80, 201, 0, 0}), RtcpError::count_beyond_length},
      {bytes({0x9F, 201, 0, 1, 0, 0, 0, 1}), RtcpError::count_beyond_length},
      {bytes({0x9F, 203, 0, 1, 0, 0, 0, 1}), RtcpError::count_beyond_length},
      {bytes({0x81, 203, 0, 2, 0, 0, 0, 1, 9, 'a', 'b', 'c'}), RtcpError::bad_item},
      {bytes({0x81, 202, 0, 0}), RtcpError::bad_item},
      {bytes({0x81, 202, 0, 2, 0, 0, 0, 1, 1, 200, 'a', 'b'}), RtcpError::bad_item},
      {bytes({0x81, 202, 0, 2, 0, 0, 0, 1, 1, 2, 'a', 'b'}), RtcpError::bad_item},
      {bytes({0xA0, 201, 0, 0}), RtcpError::bad_padding},
      {bytes({0xA0, 201, 0, 1, 0, 0, 0, 0}), RtcpError::bad_padding},
      {bytes({0xA0, 201, 0, 1, 0, 0, 0, 8}), RtcpError::bad_padding},
      {bytes({0xA0, 201, 0, 1, 0, 0, 0, 3}), RtcpError::bad_padding},
      {std::vector<std::byte>(rtcp_datagram_bytes_max + 1), RtcpError::too_long},
  };
  for (const Case& c : cases) {
    const auto packets = parse_rtcp(c.datagram);
    ASSERT_FALSE(packets.has_value()) << static_cast<int>(c.want);
    EXPECT_EQ(packets.error(), c.want);
  }
}

TEST(Rtcp, StepsOverOtherTypesAndTakesPaddingOff) {
  auto datagram = bytes({0x80, 204, 0, 2, 0, 0, 0, 1, 'n', 'a', 'm', 'e',   // APP
                         0xA0, 201, 0, 2, 0, 0, 0, 7, 0, 0, 0, 4});         // RR with padding
  const auto packets = parse_rtcp(datagram);
  ASSERT_TRUE(packets.has_value());
  ASSERT_EQ(packets->size(), 1U);
  EXPECT_EQ((*packets)[0], RtcpPacket(ReceiverReport{.ssrc = 7}));
}

TEST(Rtcp, HoldsItsLimitsWhenWriting) {
  ReceiverReport report{.ssrc = 1, .blocks = std::vector<ReportBlock>(40, block)};
  const std::string long_name(300, 'n');
  const auto datagram = write_rtcp({report, SourceDescription{1, long_name}});
  const auto packets = parse_rtcp(datagram);
  ASSERT_TRUE(packets.has_value());
  EXPECT_EQ(std::get<ReceiverReport>((*packets)[0]).blocks.size(), report_blocks_max);
  EXPECT_EQ(std::get<SourceDescription>((*packets)[1]).cname.size(), cname_bytes_max);
}

TEST(Rtcp, RandomBytesAreReadWithinTheirBounds) {
  SeededRandom random(3550);
  for (int round = 0; round < 20'000; ++round) {
    std::vector<std::byte> datagram(random.bits() % 64);
    for (std::byte& b : datagram) b = static_cast<std::byte>(random.bits() % 8);
    if (datagram.size() >= 4) {
      datagram[0] = static_cast<std::byte>(0x80 | random.bits() % 64);
      datagram[1] = static_cast<std::byte>(200 + random.bits() % 5);
      datagram[2] = std::byte{0};
    }
    (void)parse_rtcp(datagram);
  }
}

TEST(Rtcp, KnowsTheTimeOfTheNetworkTimeProtocol) {
  EXPECT_EQ(ntp_time(WallTime(milliseconds(0))), 2'208'988'800ULL << 32);
  EXPECT_EQ(ntp_time(WallTime(milliseconds(1'500))), (2'208'988'801ULL << 32) + 0x8000'0000U);
}

// Two ends that talk to each other in virtual time.
struct End {
  End(Random& random, Instant start) : sender(random), reporter("cname", start, random) {}
  Sender sender;
  Receiver receiver;
  Reporter reporter;
};

class RtcpReporter : public testing::Test {
 protected:
  void talk(End& from, End& to) {
    std::array<std::byte, 200> buffer{};
    const std::array<std::byte, 160> frame{};
    const auto packet = parse_packet(from.sender.sound(0, frame, 160, buffer));
    to.receiver.receive(packet->header, packet->payload.size(), now.instant);
  }
  void pass(Duration time) {
    now.instant += time;
    now.wall += std::chrono::duration_cast<milliseconds>(time);
  }

  SeededRandom random{42};
  Now now{Instant(seconds(100)), WallTime(milliseconds(1'700'000'000'000))};
  End here{random, now.instant};
  End there{random, now.instant};
};

TEST_F(RtcpReporter, IsDueWithinTheSpreadInterval) {
  EXPECT_GE(here.reporter.deadline(), now.instant + milliseconds(1'250));
  EXPECT_LE(here.reporter.deadline(), now.instant + milliseconds(3'750));
  for (int i = 0; i < 100; ++i) {
    here.reporter.report(here.sender, here.receiver, now, random);
    EXPECT_GE(here.reporter.deadline(), now.instant + milliseconds(2'500));
    EXPECT_LE(here.reporter.deadline(), now.instant + milliseconds(7'500));
  }
}

TEST_F(RtcpReporter, SendsSenderReportsOnlyAfterSending) {
  auto packets = parse_rtcp(here.reporter.report(here.sender, here.receiver, now, random));
  ASSERT_TRUE(packets.has_value());
  EXPECT_TRUE(std::holds_alternative<ReceiverReport>(packets->at(0)));
  EXPECT_EQ(std::get<SourceDescription>(packets->at(1)).cname, "cname");
  talk(here, there);
  packets = parse_rtcp(here.reporter.report(here.sender, here.receiver, now, random));
  EXPECT_EQ(std::get<SenderReport>(packets->at(0)).packets, 1U);
  packets = parse_rtcp(here.reporter.report(here.sender, here.receiver, now, random));
  EXPECT_TRUE(std::holds_alternative<ReceiverReport>(packets->at(0)));
}

TEST_F(RtcpReporter, MeasuresTheRoundTrip) {
  talk(here, there);
  const auto first = here.reporter.report(here.sender, here.receiver, now, random);
  pass(milliseconds(40));
  there.reporter.receive(first, there.sender, now);
  pass(seconds(2));
  const auto second = there.reporter.report(there.sender, there.receiver, now, random);
  pass(milliseconds(60));
  const auto heard = here.reporter.receive(second, here.sender, now);
  ASSERT_TRUE(heard.round_trip.has_value());
  EXPECT_NEAR(static_cast<double>(strowger::milliseconds(*heard.round_trip)), 100, 1);
  EXPECT_EQ(heard.lost_there, 0.0);
  EXPECT_FALSE(heard.goodbye);
}

TEST_F(RtcpReporter, SaysAndHearsGoodbye) {
  talk(here, there);
  const auto heard = there.reporter.receive(
      here.reporter.goodbye(here.sender, here.receiver, now), there.sender, now);
  EXPECT_TRUE(heard.goodbye);
}

TEST_F(RtcpReporter, CountsGarbageAndGoesOn) {
  for (int i = 0; i < 100; ++i) here.reporter.receive(bytes({1, 2, 3}), here.sender, now);
  EXPECT_EQ(here.reporter.malformed(), 100U);
  // A block that quotes a report of the future tells no round trip.
  ReportBlock lie = block;
  lie.ssrc = here.sender.ssrc();
  lie.last_sr = ntp_middle(ntp_time(now.wall)) + 500;
  const auto datagram = write_rtcp({ReceiverReport{3, {lie}}});
  const auto heard = here.reporter.receive(datagram, here.sender, now);
  EXPECT_FALSE(heard.round_trip.has_value());
}

}  // namespace
}  // namespace strowger::rtp
