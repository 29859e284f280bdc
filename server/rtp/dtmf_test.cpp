#include "rtp/dtmf.hpp"

#include "base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace strowger::rtp {
namespace {

using Datagram = std::vector<std::byte>;

std::vector<Datagram> sent(std::string_view digits, Sender& sender,
                           DtmfSender::Timing timing = DtmfSender::Timing{}) {
  DtmfSender dtmf(digits, 101, timing);
  std::array<std::byte, 64> buffer{};
  std::vector<Datagram> datagrams;
  while (!dtmf.done()) {
    const Bytes written = dtmf.tick(sender, buffer);
    if (!written.empty()) datagrams.emplace_back(written.begin(), written.end());
  }
  return datagrams;
}

std::string heard(const std::vector<Datagram>& datagrams) {
  DtmfReceiver receiver;
  std::string digits;
  for (const Datagram& datagram : datagrams) {
    if (const auto digit = receiver.receive(*parse_packet(datagram))) digits += *digit;
  }
  return digits;
}

Packet event_packet(std::uint32_t timestamp, const std::array<std::byte, 4>& payload,
                    bool marker = false, std::uint32_t ssrc = 1) {
  return {{.marker = marker, .payload_type = 101, .timestamp = timestamp, .ssrc = ssrc}, payload};
}

std::array<std::byte, 4> event_payload(int code) {
  return {static_cast<std::byte>(code), std::byte{10}, std::byte{0}, std::byte{160}};
}

TEST(Dtmf, EveryDigitIsHeardOnce) {
  SeededRandom random(1);
  Sender sender(random);
  EXPECT_EQ(heard(sent("0123456789*#ABCD", sender)), "0123456789*#ABCD");
  EXPECT_EQ(heard(sent("111", sender)), "111");
}

TEST(Dtmf, TheClockIsThatOfTheCodec) {
  SeededRandom random(1);
  Sender sender(random);
  const std::uint32_t start = sender.timestamp();
  DtmfSender dtmf("5", 110, {.tone = std::chrono::milliseconds(60)}, 48'000);
  std::array<std::byte, 64> buffer{};
  const auto event = parse_event(parse_packet(dtmf.tick(sender, buffer))->payload);
  ASSERT_TRUE(event);
  EXPECT_EQ(event->duration, 960) << "20 ms at 48 kHz";
  EXPECT_EQ(sender.timestamp() - start, 960U);

  DtmfSender endless("5", 110, {.tone = std::chrono::seconds(60)}, 48'000);
  std::uint16_t longest = 0;
  while (!endless.done()) {
    const auto packet = parse_packet(endless.tick(sender, buffer));
    if (packet) longest = std::max(longest, parse_event(packet->payload)->duration);
  }
  EXPECT_EQ(longest, 65'280) << "what the field holds of whole ticks";
}

TEST(Dtmf, ALateCopyIsKnownByTheClock) {
  const std::array<std::byte, 4> payload = event_payload(5);
  constexpr std::uint32_t second = 48'000;
  DtmfReceiver receiver(48'000);
  EXPECT_EQ(receiver.receive(event_packet(10 * second, payload)), '5');
  EXPECT_EQ(receiver.receive(event_packet(9 * second, payload)), std::nullopt);
  EXPECT_EQ(receiver.receive(event_packet(7 * second, payload)), '5') << "a new clock";
}

TEST(Dtmf, AnEventGrowsAndEndsThreeTimes) {
  SeededRandom random(1);
  Sender sender(random);
  const std::uint32_t start = sender.timestamp();
  const auto datagrams = sent("5", sender, {.tone = std::chrono::milliseconds(60)});
  struct Want {
    bool marker;
    bool end;
    std::uint16_t duration;
  };
  const std::vector<Want> wants = {{true, false, 160}, {false, false, 320}, {false, false, 480},
                                   {false, true, 480}, {false, true, 480},  {false, true, 480}};
  ASSERT_EQ(datagrams.size(), wants.size());
  for (std::size_t i = 0; i < wants.size(); ++i) {
    const auto packet = parse_packet(datagrams[i]);
    const auto event = parse_event(packet->payload);
    EXPECT_EQ(packet->header.marker, wants[i].marker) << i;
    EXPECT_EQ(packet->header.timestamp, start) << i;
    EXPECT_EQ(packet->header.payload_type, 101) << i;
    EXPECT_EQ(event->code, 5) << i;
    EXPECT_EQ(event->end, wants[i].end) << i;
    EXPECT_EQ(event->duration, wants[i].duration) << i;
  }
  EXPECT_EQ(sender.timestamp(), start + 160 * (3 + 4)) << "tone and gap take time";
}

// Any packet of an event that arrives is enough, in any number of copies and in any near order.
TEST(Dtmf, SurvivesLossDuplicatesAndReordering) {
  SeededRandom random(4733);
  for (int round = 0; round < 500; ++round) {
    Sender sender(random);
    std::string want;
    for (int i = 0; i < 6; ++i) want += dtmf_digits[random.bits() % dtmf_digits.size()];
    std::vector<Datagram> arrived;
    for (std::size_t i = 0; i < want.size(); ++i) {
      const auto event = sent(want.substr(i, 1), sender);
      const std::size_t sure = random.bits() % event.size();
      for (std::size_t k = 0; k < event.size(); ++k) {
        if (k != sure && random.bits() % 10 < 5) continue;
        arrived.push_back(event[k]);
        if (random.bits() % 10 < 3) arrived.push_back(event[k]);
      }
    }
    for (std::size_t k = 0; k + 1 < arrived.size(); ++k) {
      const auto here = parse_packet(arrived[k])->header.timestamp;
      const auto next = parse_packet(arrived[k + 1])->header.timestamp;
      if (here == next && random.bits() % 2 == 0) std::swap(arrived[k], arrived[k + 1]);
    }
    EXPECT_EQ(heard(arrived), want);
  }
}

TEST(Dtmf, LateCopiesOfAnOlderEventAreSilent) {
  DtmfReceiver receiver;
  const auto one = event_payload(1);
  const auto two = event_payload(2);
  EXPECT_EQ(receiver.receive(event_packet(1'000, one)), '1');
  EXPECT_EQ(receiver.receive(event_packet(3'000, two)), '2');
  EXPECT_EQ(receiver.receive(event_packet(1'000, one)), std::nullopt);
  EXPECT_EQ(receiver.receive(event_packet(3'000, two)), std::nullopt);
}

TEST(Dtmf, TimeStampsMayWrapAndStartAnew) {
  DtmfReceiver receiver;
  const auto one = event_payload(1);
  EXPECT_EQ(receiver.receive(event_packet(0xFFFF'FF00, one)), '1');
  EXPECT_EQ(receiver.receive(event_packet(0x100, one)), '1') << "wrapped";
  EXPECT_EQ(receiver.receive(event_packet(0xF000'0000, one)), '1') << "a new clock";
  EXPECT_EQ(receiver.receive(event_packet(0xEFFF'FFFF, one, false, 2)), '1') << "a new SSRC";
}

TEST(Dtmf, ALongEventIsOneDigit) {
  DtmfReceiver receiver;
  const auto one = event_payload(1);
  EXPECT_EQ(receiver.receive(event_packet(1'000, one, true)), '1');
  EXPECT_EQ(receiver.receive(event_packet(1'000 + 65'535, one)), std::nullopt);
  EXPECT_EQ(receiver.receive(event_packet(1'000 + 65'535, one)), std::nullopt);
  EXPECT_EQ(receiver.receive(event_packet(1'000 + 2 * 65'535, one)), std::nullopt);
  EXPECT_EQ(receiver.receive(event_packet(1'000 + 3 * 65'535, one, true)), '1')
      << "the marker says that this is a new one";
}

TEST(Dtmf, OtherEventsAndShortPayloadsAreNoDigits) {
  DtmfReceiver receiver;
  EXPECT_EQ(receiver.receive(event_packet(1, event_payload(16))), std::nullopt);  // flash hook
  EXPECT_EQ(receiver.receive(event_packet(1, event_payload(255))), std::nullopt);
  const std::array<std::byte, 3> cut{};
  EXPECT_EQ(receiver.receive({{.timestamp = 1}, cut}), std::nullopt);
  EXPECT_EQ(receiver.receive({{.timestamp = 1}, {}}), std::nullopt);
  EXPECT_EQ(receiver.receive(event_packet(1, event_payload(0))), '0');
}

TEST(Dtmf, SendsOnlyDigitsAndNotTooMany) {
  SeededRandom random(1);
  Sender sender(random);
  EXPECT_EQ(heard(sent("1x2 d\r\n", sender)), "12D");
  EXPECT_EQ(heard(sent(std::string(100, '7'), sender)).size(), dtmf_send_digits_max);
  EXPECT_TRUE(sent("", sender).empty());
  EXPECT_EQ(heard(sent("1", sender, {std::chrono::milliseconds(-5), std::chrono::hours(9)})), "1");
}

}  // namespace
}  // namespace strowger::rtp
