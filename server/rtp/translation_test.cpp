#include "rtp/translation.hpp"

#include "rtp/rtcp.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace strowger::rtp {
namespace {

using std::chrono::milliseconds;

Instant at(int ms) { return Instant(milliseconds(ms)); }

Header passed(Translation& translation, const Header& header, Instant now) {
  std::array<std::byte, 64> buffer{};
  const std::array<std::byte, 4> payload{};
  const auto written = write_packet(header, payload, buffer);
  translation.rtp(header, Buffer(buffer).first(written.size()), now);
  return parse_packet(Bytes(buffer).first(written.size()))->header;
}

TEST(Translation, NothingToGoOnWithLeavesPacketsAlone) {
  Translation translation;
  const Header header{
      .marker = true, .payload_type = 8, .sequence = 5, .timestamp = 99, .ssrc = 7};
  const auto out = passed(translation, header, at(0));
  EXPECT_TRUE(out.marker);
  EXPECT_EQ(out.sequence, 5);
  EXPECT_EQ(out.timestamp, 99u);
  EXPECT_EQ(out.ssrc, 7u);
}

TEST(Translation, AnotherStreamGoesOnWithOurs) {
  Translation translation({.ssrc = 1, .sequence = 65'535, .timestamp = 1'000, .at = at(0)});
  const auto first = passed(translation, {.sequence = 10, .timestamp = 5'000, .ssrc = 7}, at(100));
  EXPECT_TRUE(first.marker);
  EXPECT_EQ(first.ssrc, 1u);
  EXPECT_EQ(first.sequence, 65'535);
  EXPECT_EQ(first.timestamp, 1'800u);  // 100 ms of 8 samples each
  const auto next = passed(translation, {.sequence = 11, .timestamp = 5'160, .ssrc = 7}, at(120));
  EXPECT_FALSE(next.marker);
  EXPECT_EQ(next.sequence, 0);
  EXPECT_EQ(next.timestamp, 1'960u);
  const auto late = passed(translation, {.sequence = 9, .timestamp = 4'840, .ssrc = 7}, at(130));
  EXPECT_EQ(late.sequence, 65'534);
  EXPECT_EQ(translation.standing()->sequence, 1);
  // The far end begins anew.
  const auto other = passed(translation, {.sequence = 900, .timestamp = 1, .ssrc = 8}, at(140));
  EXPECT_EQ(other.ssrc, 1u);
  EXPECT_EQ(other.sequence, 1);
}

TEST(Translation, PayloadTypesAreRenamed) {
  Translation translation;
  translation.rename(101, 97);
  EXPECT_EQ(passed(translation, {.payload_type = 101}, at(0)).payload_type, 97);
  EXPECT_EQ(passed(translation, {.payload_type = 0}, at(0)).payload_type, 0);
}

TEST(Translation, ReportsSpeakOfTheStreamsThatTheirReadersKnow) {
  Translation theirs({.ssrc = 1, .sequence = 100, .timestamp = 1'000, .at = at(0)});
  passed(theirs, {.sequence = 50, .timestamp = 500, .ssrc = 7}, at(0));
  const Translation untouched;
  const SenderReport report{.ssrc = 7, .ntp = 1, .rtp_timestamp = 660};
  auto bytes = write_rtcp({report, SourceDescription{.ssrc = 7, .cname = "x"}});
  translate_rtcp(bytes, theirs, untouched);
  const auto read = parse_rtcp(bytes);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(std::get<SenderReport>(read->at(0)).ssrc, 1u);
  EXPECT_EQ(std::get<SenderReport>(read->at(0)).rtp_timestamp, 1'160u);
  EXPECT_EQ(std::get<SourceDescription>(read->at(1)).ssrc, 1u);

  // And back: the listener reports on 1, which the sender knows as 7.
  ReceiverReport back{.ssrc = 9, .blocks = {{.ssrc = 1, .highest_sequence = 0x0001'0066}}};
  auto answer = write_rtcp({back});
  translate_rtcp(answer, untouched, theirs);
  const auto heard = parse_rtcp(answer);
  ASSERT_TRUE(heard.has_value());
  const auto& block = std::get<ReceiverReport>(heard->at(0)).blocks.at(0);
  EXPECT_EQ(block.ssrc, 7u);
  EXPECT_EQ(block.highest_sequence, 0x0001'0034u);
}

TEST(Translation, WhatIsCutShortDoesNoHarm) {
  Translation theirs({.ssrc = 1, .sequence = 100, .timestamp = 1'000, .at = at(0)});
  passed(theirs, {.sequence = 50, .timestamp = 500, .ssrc = 7}, at(0));
  const auto whole = write_rtcp({ReceiverReport{.ssrc = 9, .blocks = {{.ssrc = 1}, {.ssrc = 1}}}});
  for (std::size_t length = 0; length < whole.size(); ++length) {
    std::vector<std::byte> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(length));
    translate_rtcp(cut, theirs, theirs);
  }
  for (int type = 0; type < 256; ++type) {
    std::vector<std::byte> odd{std::byte{0x9F}, static_cast<std::byte>(type), std::byte{0},
                               std::byte{0}};
    translate_rtcp(odd, theirs, theirs);
  }
}

}  // namespace
}  // namespace strowger::rtp
