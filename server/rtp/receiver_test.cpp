#include "rtp/receiver.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace strowger::rtp {
namespace {

using Verdict = Receiver::Verdict;
using std::chrono::milliseconds;

Instant at(std::int64_t ms) { return Instant(milliseconds(ms)); }

// One packet of 20 ms for each number, arriving on time.
std::vector<Verdict> feed(Receiver& receiver, std::initializer_list<int> sequences) {
  std::vector<Verdict> verdicts;
  for (const int sequence : sequences) {
    const Header header{.sequence = static_cast<std::uint16_t>(sequence),
                        .timestamp = static_cast<std::uint32_t>(sequence) * 160,
                        .ssrc = 7};
    verdicts.push_back(receiver.receive(header, 160, at(sequence * 20)));
  }
  return verdicts;
}

TEST(RtpReceiver, CountsLossAndReordering) {
  struct Case {
    std::initializer_list<int> sequences;
    std::uint64_t expected;
    std::int64_t lost;
  };
  const Case cases[] = {
      {{0}, 1, 0},
      {{5, 6, 7}, 3, 0},
      {{5, 6, 9}, 5, 2},
      {{5, 7, 6}, 3, 0},
      {{5, 6, 6}, 2, -1},
      {{65'534, 65'535, 0, 1}, 4, 0},
      {{65'535, 1, 0}, 3, 0},
  };
  for (const Case& c : cases) {
    Receiver receiver;
    feed(receiver, c.sequences);
    EXPECT_EQ(receiver.statistics().expected, c.expected) << *c.sequences.begin();
    EXPECT_EQ(receiver.statistics().lost, c.lost) << *c.sequences.begin();
    EXPECT_EQ(receiver.statistics().payload_octets, c.sequences.size() * 160);
  }
}

TEST(RtpReceiver, JudgesEachPacket) {
  Receiver receiver;
  EXPECT_FALSE(receiver.heard());
  EXPECT_EQ(receiver.statistics().expected, 0U);
  EXPECT_EQ(feed(receiver, {100, 102, 101, 102, 20'000, 103}),
            (std::vector{Verdict::fresh, Verdict::fresh, Verdict::late, Verdict::late,
                         Verdict::discarded, Verdict::fresh}));
  EXPECT_TRUE(receiver.heard());
  EXPECT_EQ(receiver.statistics().discarded, 1U);
  EXPECT_EQ(feed(receiver, {30'000, 30'001, 30'002}),
            (std::vector{Verdict::discarded, Verdict::fresh, Verdict::fresh}))
      << "two in a row are a new start";
  EXPECT_EQ(receiver.statistics().lost, 0);
}

TEST(RtpReceiver, ReportsTheFractionLostSinceTheLastReport) {
  Receiver receiver;
  feed(receiver, {1, 2, 3, 5});
  ReportBlock block = receiver.report_block();
  EXPECT_EQ(block.ssrc, 7U);
  EXPECT_EQ(block.fraction_lost, 256 / 5);
  EXPECT_EQ(block.cumulative_lost, 1);
  EXPECT_EQ(block.highest_sequence, 5U);
  feed(receiver, {6, 7});
  block = receiver.report_block();
  EXPECT_EQ(block.fraction_lost, 0);
  EXPECT_EQ(block.cumulative_lost, 1);
  feed(receiver, {7, 7, 7});
  EXPECT_EQ(receiver.report_block().cumulative_lost, -2);

  Receiver wrapped;
  feed(wrapped, {65'530, 65'531, 4});
  EXPECT_EQ(wrapped.report_block().highest_sequence, 65'536U + 4U);
}

TEST(RtpReceiver, MeasuresJitter) {
  Receiver receiver;
  const auto receive = [&](int sequence, std::int64_t arrival_ms) {
    receiver.receive({.sequence = static_cast<std::uint16_t>(sequence),
                      .timestamp = static_cast<std::uint32_t>(sequence) * 160,
                      .ssrc = 7},
                     160, at(arrival_ms));
  };
  for (int i = 0; i < 10; ++i) receive(i, 1'000 + i * 20);
  EXPECT_EQ(receiver.statistics().jitter, 0U);
  for (int i = 10; i < 210; ++i) receive(i, 1'000 + i * 20 + (i % 2) * 10);
  // Every packet is 10 ms = 80 samples off the one before: the mean goes there.
  EXPECT_NEAR(receiver.statistics().jitter, 80, 2);
}

TEST(RtpReceiver, EventPacketsOfOneTimeStampAreNoJitter) {
  Receiver receiver;
  for (int i = 0; i < 50; ++i) {
    receiver.receive({.sequence = static_cast<std::uint16_t>(i), .timestamp = 4'000, .ssrc = 7}, 4,
                     at(i * 20));
  }
  EXPECT_EQ(receiver.statistics().jitter, 0U);
}

TEST(RtpReceiver, ANewSsrcStartsOver) {
  Receiver receiver;
  feed(receiver, {1, 5});
  receiver.receive({.sequence = 900, .ssrc = 8}, 160, at(0));
  EXPECT_EQ(receiver.ssrc(), 8U);
  EXPECT_EQ(receiver.statistics().packets, 1U);
  EXPECT_EQ(receiver.statistics().lost, 0);
}

}  // namespace
}  // namespace strowger::rtp
