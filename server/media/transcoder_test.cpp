// Tones through a transcoder: each pair of codecs, each packet time; losses, disorder, pauses and
// keys between them.
#include "media/transcoder.hpp"

#include "media/tone.hpp"
#include "rtp/dtmf.hpp"

#include <gmock/gmock.h>

#include <cmath>
#include <deque>

namespace strowger::media {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;

constexpr std::uint8_t heard_type = 96;
constexpr std::uint8_t sent_type = 97;
constexpr std::uint8_t heard_events = 101;
constexpr std::uint8_t sent_events = 110;

std::uint32_t ticks(Codec codec, int ms) {
  return facts(codec).clock_rate / 1'000 * static_cast<std::uint32_t>(ms);
}

struct Sent {
  rtp::Header header;
  std::vector<std::byte> payload;
};

// A phone that speaks a tone, the transcoder, and a phone that hears.
struct Line {
  Line(Codec from, Codec to, int from_ms = 20, int to_ms = 20)
      : from_codec(from),
        to_codec(to),
        packet_ms(from_ms),
        transcoder({.sounds = {{heard_type, from}}, .events = {{heard_events, event_clock(from)}}},
                   {.codec = to,
                    .payload_type = sent_type,
                    .packet_ms = to_ms,
                    .bitrate_max = 0,
                    .events = HeardForms::Events{sent_events, event_clock(to)}},
                   now),
        encoder(make_encoder(from, {.packet_ms = from_ms})) {}

  static std::uint32_t event_clock(Codec codec) { return facts(codec).clock_rate; }

  // A second of sound, as packets.
  std::deque<Sent> speak(double hz) {
    const auto samples = sine({.hz = hz, .rate = facts(from_codec).sampling_rate});
    const auto length =
        static_cast<std::size_t>(facts(from_codec).sampling_rate / 1'000 * packet_ms);
    std::deque<Sent> packets;
    for (std::size_t at = 0; at + length <= samples.size(); at += length) {
      const auto payload = encoder->encode(std::span(samples).subspan(at, length));
      packets.push_back({next(heard_type), {payload.begin(), payload.end()}});
      timestamp += ticks(from_codec, packet_ms);
    }
    return packets;
  }
  rtp::Header next(std::uint8_t type) {
    return {.payload_type = type, .sequence = sequence++, .timestamp = timestamp, .ssrc = 5};
  }
  void pass(const std::deque<Sent>& packets) {
    for (const auto& packet : packets) pass(packet);
  }
  void pass(const Sent& packet) {
    now += milliseconds{packet_ms};
    transcoder.take({packet.header, packet.payload}, now);
    while (true) {
      const auto made = transcoder.next(sender);
      if (made.empty()) return;
      const auto parsed = rtp::parse_packet(made);
      ASSERT_TRUE(parsed);
      sent.push_back({parsed->header, {parsed->payload.begin(), parsed->payload.end()}});
    }
  }
  void key(std::uint8_t code, int ms, bool end, bool first) {
    const auto lasts = static_cast<std::uint32_t>(ms) * (event_clock(from_codec) / 1'000);
    auto header = next(heard_events);
    header.marker = first;
    pass({header,
          {std::byte{code}, std::byte{end ? std::uint8_t{0x8A} : std::uint8_t{0x0A}},
           static_cast<std::byte>(lasts >> 8U), static_cast<std::byte>(lasts & 0xFFU)}});
  }
  std::vector<std::int16_t> heard() const {
    const auto decoder = make_decoder(to_codec);
    std::vector<std::int16_t> all;
    for (const auto& packet : sent) {
      if (packet.header.payload_type != sent_type) continue;
      const auto samples = decoder->decode(packet.payload);
      all.insert(all.end(), samples.begin(), samples.end());
    }
    return all;
  }
  double share(double hz) const { return tone_share(heard(), hz, facts(to_codec).sampling_rate); }

  Codec from_codec;
  Codec to_codec;
  int packet_ms;
  Instant now{std::chrono::seconds{1}};
  SeededRandom random{3};
  rtp::Sender sender{random};
  Transcoder transcoder;
  std::unique_ptr<Encoder> encoder;
  std::uint16_t sequence = 65'530;
  std::uint32_t timestamp = 0xFFFF'FF00;
  std::vector<Sent> sent;
};

std::string pair_name(Codec from, Codec to) {
  return std::string(facts(from).name) + " to " + std::string(facts(to).name);
}

void expect_continuous(const Line& line, int to_ms) {
  const auto first = line.sent.front().header;
  for (std::size_t i = 0; i < line.sent.size(); ++i) {
    const auto& header = line.sent[i].header;
    const auto n = static_cast<std::uint32_t>(i);
    EXPECT_EQ(header.marker, i == 0) << i;
    EXPECT_EQ(header.ssrc, line.sender.ssrc());
    EXPECT_EQ(header.sequence, static_cast<std::uint16_t>(first.sequence + i));
    EXPECT_EQ(header.timestamp, first.timestamp + n * ticks(line.to_codec, to_ms)) << i;
  }
}

TEST(Transcoder, AToneIsHeardFromEachCodecInEachOther) {
  for (const Codec from : every_codec) {
    for (const Codec to : every_codec) {
      if (from == to) continue;
      SCOPED_TRACE(pair_name(from, to));
      Line line(from, to);
      line.pass(line.speak(440));
      ASSERT_EQ(line.sent.size(), 50U);
      expect_continuous(line, 20);
      EXPECT_GT(line.share(440), 0.95);
      EXPECT_NEAR(loudness(line.heard()), 0.25 / std::sqrt(2.0), 0.03);
    }
  }
}

TEST(Transcoder, WidebandStaysWideband) {
  for (const auto& [from, to] : {std::pair{Codec::g722, Codec::opus}, {Codec::opus, Codec::g722}}) {
    Line line(from, to);
    line.pass(line.speak(6'000));
    EXPECT_GT(line.share(6'000), 0.9) << pair_name(from, to);
  }
}

TEST(Transcoder, PacketsOfAnyLengthAreMadeOfAnyOther) {
  for (const auto& [from, to] :
       {std::pair{Codec::pcmu, Codec::opus}, {Codec::opus, Codec::pcma}, {Codec::g722, Codec::pcmu},
        {Codec::pcma, Codec::g722}}) {
    for (const int from_ms : {10, 20, 30, 60}) {
      if (packet_ms_for(from, from_ms) != from_ms) continue;
      for (const int to_ms : {10, 20, 30, 60}) {
        SCOPED_TRACE(pair_name(from, to) + ", " + std::to_string(from_ms) + " to " +
                     std::to_string(to_ms) + " ms");
        Line line(from, to, from_ms, to_ms);
        line.pass(line.speak(1'000));
        const int made = packet_ms_for(to, to_ms);
        expect_continuous(line, made);
        EXPECT_GE(static_cast<int>(line.sent.size()), (1'000 - from_ms - made) / made);
        EXPECT_GT(line.share(1'000), 0.9);
      }
    }
  }
}

TEST(Transcoder, OpusHasNoPacketsOf30Ms) {
  EXPECT_EQ(packet_ms_for(Codec::opus, 30), 20);
  EXPECT_EQ(packet_ms_for(Codec::opus, 50), 40);
  EXPECT_EQ(packet_ms_for(Codec::opus, 60), 60);
  EXPECT_EQ(packet_ms_for(Codec::pcmu, 30), 30);
  EXPECT_EQ(packet_ms_for(Codec::pcmu, 200), 60);
  EXPECT_EQ(packet_ms_for(Codec::g722, 5), 10);
}

TEST(Transcoder, WhatIsLostIsMadeUpFor) {
  for (const auto& [from, to] :
       {std::pair{Codec::pcmu, Codec::opus}, {Codec::opus, Codec::pcmu}, {Codec::g722, Codec::opus},
        {Codec::pcma, Codec::g722}}) {
    SCOPED_TRACE(pair_name(from, to));
    Line line(from, to);
    auto packets = line.speak(400);
    for (const std::size_t lost : {40U, 30U, 20U, 19U, 10U}) {
      packets.erase(packets.begin() + static_cast<std::ptrdiff_t>(lost));
    }
    line.pass(packets);
    ASSERT_EQ(line.sent.size(), 50U);
    expect_continuous(line, 20);
    EXPECT_GT(line.share(400), 0.9);
  }
}

TEST(Transcoder, DisorderIsPutRight) {
  Line straight(Codec::pcmu, Codec::pcma);
  Line line(Codec::pcmu, Codec::pcma);
  straight.pass(straight.speak(700));
  auto packets = line.speak(700);
  std::swap(packets[10], packets[11]);
  std::swap(packets[20], packets[22]);
  packets.insert(packets.begin() + 30, packets[30]);
  line.pass(packets);
  EXPECT_EQ(line.heard(), straight.heard());
  expect_continuous(line, 20);
}

TEST(Transcoder, APauseIsToldByTimeStampAndMarker) {
  Line line(Codec::opus, Codec::pcmu);
  auto packets = line.speak(440);
  line.pass(packets);
  line.timestamp += ticks(Codec::opus, 3'000);
  line.now += milliseconds{3'000};
  const auto before = line.sent.back().header;
  const auto count = line.sent.size();
  line.pass(line.speak(440));
  ASSERT_GT(line.sent.size(), count);
  const auto after = line.sent[count].header;
  EXPECT_TRUE(after.marker);
  EXPECT_EQ(after.timestamp - before.timestamp, 24'000U + 160U);
  EXPECT_EQ(after.sequence, static_cast<std::uint16_t>(before.sequence + 1));
}

TEST(Transcoder, ComfortNoiseAndWhatNobodyAgreedOnIsAPause) {
  Line line(Codec::pcmu, Codec::opus);
  line.pass(line.speak(440));
  const auto count = line.sent.size();
  for (int i = 0; i < 5; ++i) {
    line.pass({line.next(13), {std::byte{0x40}}});
    line.timestamp += ticks(Codec::pcmu, 200);
  }
  EXPECT_EQ(line.sent.size(), count);
  line.pass(line.speak(440));
  EXPECT_TRUE(line.sent[count].header.marker);
  EXPECT_EQ(line.sent[count].header.timestamp - line.sent[count - 1].header.timestamp,
            ticks(Codec::opus, 1'020));
}

TEST(Transcoder, AnotherSenderGoesOnInOurStream) {
  Line line(Codec::pcma, Codec::pcmu);
  line.pass(line.speak(440));
  const auto count = line.sent.size();
  line.now += milliseconds{480};
  auto packets = line.speak(440);
  for (auto& packet : packets) {
    packet.header.ssrc = 6;
    packet.header.timestamp += 1'000'000;
    packet.header.sequence = static_cast<std::uint16_t>(packet.header.sequence + 20'000);
  }
  line.pass(packets);
  const auto& before = line.sent[count - 1].header;
  const auto& after = line.sent[count].header;
  EXPECT_TRUE(after.marker);
  EXPECT_EQ(after.ssrc, before.ssrc);
  EXPECT_EQ(after.sequence, static_cast<std::uint16_t>(before.sequence + 1));
  EXPECT_EQ(after.timestamp - before.timestamp, 8U * 500U);
}

std::string digits_in(const Line& line) {
  rtp::DtmfReceiver receiver(Line::event_clock(line.to_codec));
  std::string digits;
  for (const auto& packet : line.sent) {
    if (packet.header.payload_type != sent_events) continue;
    if (const auto digit = receiver.receive({packet.header, packet.payload})) digits += *digit;
  }
  return digits;
}

// 100 ms of a key, with the three end packets of RFC 4733 §2.5.1.4.
void press(Line& line, std::uint8_t code, int ms = 100) {
  for (int at = 20; at <= ms; at += 20) line.key(code, at, at == ms, at == 20);
  line.key(code, ms, true, false);
  line.key(code, ms, true, false);
  line.timestamp += ticks(line.from_codec, ms);
}

TEST(Transcoder, KeysPassByTheOtherNumberAndClockAndAreNeverSound) {
  for (const auto& [from, to] :
       {std::pair{Codec::pcmu, Codec::opus}, {Codec::opus, Codec::pcma},
        {Codec::g722, Codec::pcmu}}) {
    SCOPED_TRACE(pair_name(from, to));
    Line line(from, to);
    line.pass(line.speak(440));
    const auto count = line.sent.size();
    press(line, 5);
    ASSERT_EQ(line.sent.size(), count + 7);
    const auto begun = line.sent[count].header;
    EXPECT_TRUE(begun.marker);
    EXPECT_EQ(begun.timestamp, line.sent[count - 1].header.timestamp + ticks(to, 20));
    const auto last = rtp::parse_event(line.sent.back().payload);
    ASSERT_TRUE(last);
    EXPECT_TRUE(last->end);
    EXPECT_EQ(last->volume, 10);
    EXPECT_EQ(last->duration, ticks(to, 100));
    EXPECT_EQ(line.sent.back().header.timestamp, begun.timestamp);
    press(line, 5);
    line.timestamp += ticks(from, 60);
    press(line, 11);
    line.pass(line.speak(440));
    EXPECT_EQ(digits_in(line), "55#");
    const auto sound = std::ranges::find_if(
        line.sent.begin() + static_cast<std::ptrdiff_t>(count), line.sent.end(),
        [](const Sent& packet) { return packet.header.payload_type == sent_type; });
    ASSERT_NE(sound, line.sent.end());
    EXPECT_TRUE(sound->header.marker);
    EXPECT_EQ(sound->header.timestamp - begun.timestamp, ticks(to, 360));
  }
}

TEST(Transcoder, ALongKeyIsCutIntoSegmentsWhereItsDurationDoesNotFit) {
  Line line(Codec::pcmu, Codec::opus);
  press(line, 9, 4'000);
  EXPECT_EQ(digits_in(line), "9");
  const auto last = rtp::parse_event(line.sent.back().payload);
  const auto begun = line.sent.front().header.timestamp;
  EXPECT_EQ(line.sent.back().header.timestamp - begun + last->duration, ticks(Codec::opus, 4'000));
}

TEST(Transcoder, KeysAreDroppedWhereTheOtherEndTakesNone) {
  Line line(Codec::pcmu, Codec::opus);
  line.transcoder = Transcoder({.sounds = {{heard_type, Codec::pcmu}}, .events = {{101, 8'000}}},
                               {.codec = Codec::opus, .payload_type = sent_type}, line.now);
  press(line, 1);
  EXPECT_TRUE(line.sent.empty());
}

TEST(Transcoder, APhoneMayChangeBetweenTheCodecsThatItWasTold) {
  Line line(Codec::pcmu, Codec::opus);
  line.transcoder =
      Transcoder({.sounds = {{heard_type, Codec::pcmu}, {9, Codec::g722}}, .events = {}},
                 {.codec = Codec::opus, .payload_type = sent_type}, line.now);
  line.pass(line.speak(440));
  line.encoder = make_encoder(Codec::g722);
  line.from_codec = Codec::g722;
  auto packets = line.speak(440);
  for (auto& packet : packets) packet.header.payload_type = 9;
  line.pass(packets);
  EXPECT_EQ(line.sent.size(), 100U);
  const auto heard = line.heard();
  for (const auto& second : {std::span(heard).first(48'000), std::span(heard).last(48'000)}) {
    EXPECT_GT(tone_share(second, 440, 48'000), 0.95);
  }
}

// Told PCMU and Opus, by a phone whose other end has Opus: nothing is to be decoded at 48 kHz.
TEST(Transcoder, LossesAreMadeUpForInTheCodecThatIsSentToo) {
  Line line(Codec::opus, Codec::opus);
  auto packets = line.speak(440);
  packets.erase(packets.begin() + 10);
  for (auto& packet : packets) {
    if (packet.header.sequence % 7 == 0) packet.payload.assign(3, std::byte{0xFF});
  }
  line.pass(packets);
  EXPECT_GE(line.sent.size(), 40U);
}

TEST(Transcoder, HostilePacketsStayWithinBounds) {
  SeededRandom random(11);
  for (const Codec from : every_codec) {
    for (const Codec to : every_codec) {
      Line line(from, to);
      for (int round = 0; round < 100; ++round) {
        Sent packet{line.next(random.bits() % 3 == 0 ? heard_events : heard_type), {}};
        const bool steady = random.bits() % 2 == 0;
        const auto jump = static_cast<std::uint16_t>(random.bits());
        if (random.bits() % 4 == 0) packet.header.sequence ^= jump;
        packet.header.timestamp = static_cast<std::uint32_t>(random.bits());
        if (steady) packet.header.timestamp = line.timestamp += ticks(from, 20);
        packet.payload.resize(random.bits() % 1'700);
        for (std::byte& b : packet.payload) b = static_cast<std::byte>(random.bits());
        line.pass(packet);
      }
      EXPECT_LT(line.sent.size(), 5'000U) << pair_name(from, to);
    }
  }
}

}  // namespace
}  // namespace strowger::media
