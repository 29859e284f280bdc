// A caller and a phone without a codec in common: what they are told, what they hear, and that they
// may change it.
#include "call/parties_for_tests.hpp"
#include "media/coder.hpp"
#include "media/tone.hpp"
#include "rtp/dtmf.hpp"
#include "rtp/rtcp.hpp"

namespace strowger::call {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr std::string_view opus_only =
    "a=rtpmap:111 opus/48000/2\r\na=rtpmap:96 telephone-event/48000\r\n";

struct TranscodingTest : Parties {
  bool answer_first = false;
  bool forbidden = false;

  static Task<> script(Call& call, TranscodingTest& test) {
    if (test.forbidden) call.forbid_transcoding();
    if (test.answer_first) co_await call.answer();
    std::vector<Target> targets{test.bob().target()};
    const RingOptions options{};
    const auto rung = co_await call.ring(targets, options);
    if (rung.leg == nullptr) {
      call.reject(standard_rejection(rung.code));
      co_return;
    }
    co_await call.bridge(*rung.leg);
    if (!call.over()) call.hang_up();
  }
  void start(std::size_t most = 100) {
    Exchange::Config config;
    config.transcoded_calls_max = most;
    open([this](Call& call) { return script(call, *this); }, config);
  }
  void connect(std::string callers, std::string bobs) {
    invite(std::move(callers));
    answer(bob(), std::move(bobs));
    caller().heard();
    bob().heard();
  }
  void connect() {
    start();
    connect(caller().sdp("0 101"), bob().sdp("111 96", opus_only));
  }

  // 20 ms at a time of a tone that `phone` speaks; what comes out on the other side.
  std::vector<SendMedia> speak(Party& phone, media::Codec codec, std::uint8_t type, int packets) {
    const auto samples = media::sine({.hz = 440,
                                      .length = milliseconds{20 * packets},
                                      .rate = media::facts(codec).sampling_rate});
    const auto encoder = media::make_encoder(codec);
    const std::size_t length = media::facts(codec).frame_samples();
    std::vector<SendMedia> all;
    for (std::size_t at = 0; at + length <= samples.size(); at += length) {
      const auto payload = encoder->encode(std::span(samples).subspan(at, length));
      const auto made = send(phone, type, {payload.begin(), payload.end()});
      all.insert(all.end(), made.begin(), made.end());
      timestamps[&phone] += media::facts(codec).frame_ticks();
    }
    return all;
  }
  std::vector<SendMedia> send(Party& phone, std::uint8_t type, std::vector<std::byte> payload) {
    std::array<std::byte, 1'500> buffer{};
    const auto packet = rtp::write_packet({.payload_type = type,
                                           .sequence = sequences[&phone]++,
                                           .timestamp = timestamps[&phone],
                                           .ssrc = 0xABC},
                                          payload, buffer);
    go_to(now.instant + milliseconds{20});
    return pass(phone, {packet.begin(), packet.end()}, false);
  }
  static double tone_in(const std::vector<SendMedia>& packets, media::Codec codec) {
    const auto decoder = media::make_decoder(codec);
    std::vector<std::int16_t> heard;
    for (const auto& packet : packets) {
      const auto samples = decoder->decode(rtp::parse_packet(packet.bytes)->payload);
      heard.insert(heard.end(), samples.begin(), samples.end());
    }
    return media::tone_share(heard, 440, media::facts(codec).sampling_rate);
  }
  static int type_of(const SendMedia& packet) {
    return rtp::parse_packet(packet.bytes)->header.payload_type;
  }
  // Both talk: what the caller speaks and hears is `callers`, and so on.
  void expect_talk(media::Codec callers, std::uint8_t callers_type, media::Codec bobs,
                   std::uint8_t bobs_type) {
    const auto there = speak(caller(), callers, callers_type, 50);
    ASSERT_THAT(there, SizeIs(50));
    EXPECT_EQ(type_of(there[0]), bobs_type);
    EXPECT_EQ(there[0].to.port, bob().media_port());
    EXPECT_GT(tone_in(there, bobs), 0.9);
    const auto back = speak(bob(), bobs, bobs_type, 50);
    ASSERT_THAT(back, SizeIs(50));
    EXPECT_EQ(type_of(back[0]), callers_type);
    EXPECT_EQ(back[0].to.port, caller().media_port());
    EXPECT_GT(tone_in(back, callers), 0.9);
  }
  // The caller's offer, and what the phone answers to it.
  void reinvite(Party& by, Party& other, std::string offer, std::string answer) {
    by.agent.reinvite(by.session, {"application/sdp", std::move(offer)}, now);
    settle();
    other.agent.answer_offer(other.session, {"application/sdp", std::move(answer)}, now);
    settle();
  }

  // The phone, transcoded so far, comes to the caller's codec: the caller hears one stream.
  void expect_that_it_goes_on_untouched() {
    const auto last = rtp::parse_packet(speak(bob(), media::Codec::g722, 9, 1)[0].bytes)->header;
    reinvite(bob(), caller(), bob().sdp("0 101"), caller().sdp("0 101"));
    EXPECT_EQ(exchange->transcoded_calls(), 0U);
    const auto again = speak(bob(), media::Codec::pcmu, 0, 1);
    ASSERT_EQ(again.size(), 1U);
    const auto header = rtp::parse_packet(again[0].bytes)->header;
    EXPECT_EQ(header.ssrc, last.ssrc) << "the caller hears one stream";
    EXPECT_EQ(header.sequence, static_cast<std::uint16_t>(last.sequence + 1));
    EXPECT_NEAR(header.timestamp - last.timestamp, 160, 20 * 8) << "and no time is counted twice";
  }

  std::map<Party*, std::uint16_t> sequences;
  std::map<Party*, std::uint32_t> timestamps;
};

TEST_F(TranscodingTest, WhoSpeaksOnlyOpusHearsTheRingingToneToo) {
  answer_first = true;
  start();
  invite(caller().sdp("111 96", opus_only));
  ring(bob());
  media.clear();
  advance(milliseconds{500});
  EXPECT_NEAR(static_cast<double>(media.size()), 25, 1);
  EXPECT_EQ(rtp::parse_packet(media.back().bytes)->header.payload_type, 111);
}

TEST_F(TranscodingTest, ThePhoneIsOfferedMoreAndTheCallerIsAnsweredInItsOwnCodec) {
  start();
  invite(caller().sdp("0 101"));
  EXPECT_THAT(bob().body, HasSubstr("RTP/AVP 0 101 8 111 96 9\r\n"));
  EXPECT_THAT(bob().body, HasSubstr("a=rtpmap:111 opus/48000/2\r\n"));
  EXPECT_THAT(bob().body, HasSubstr("a=rtpmap:96 telephone-event/48000\r\n"));
  answer(bob(), bob().sdp("111 96", opus_only));
  EXPECT_THAT(caller().body, HasSubstr("RTP/AVP 0 101\r\n"));
  EXPECT_THAT(caller().body, Not(HasSubstr("opus")));
  EXPECT_EQ(exchange->transcoded_calls(), 1U);
  expect_talk(media::Codec::pcmu, 0, media::Codec::opus, 111);
  hang_up(caller());
  EXPECT_EQ(exchange->transcoded_calls(), 0U);
  EXPECT_EQ(records.back().transcoded, (model::Transcoded{"PCMU", "opus"}));
}

TEST_F(TranscodingTest, EndsThatShareACodecAreRelayedUntouched) {
  start();
  connect(caller().sdp("0 101"), bob().sdp("0 111 101", opus_only));
  EXPECT_THAT(caller().body, HasSubstr("RTP/AVP 0 101\r\n")) << "Opus was not offered by it";
  const auto there = say(caller(), {.sequence = 7, .timestamp = 160, .ssrc = 0xABCD});
  ASSERT_EQ(there.size(), 1U);
  EXPECT_EQ(rtp::parse_packet(there[0].bytes)->header.ssrc, 0xABCDU);
  EXPECT_EQ(exchange->transcoded_calls(), 0U);
  hang_up(caller());
  EXPECT_FALSE(records.back().transcoded);
}

TEST_F(TranscodingTest, NothingIsAddedWhereNothingCouldBeMade) {
  start();
  invite(caller().sdp("18 101", "a=rtpmap:18 G729/8000\r\n"));
  EXPECT_THAT(bob().body, HasSubstr("RTP/AVP 18 101\r\n"));
}

TEST_F(TranscodingTest, NothingIsAddedWhereItIsForbidden) {
  forbidden = true;
  start();
  invite(caller().sdp("0 101"));
  EXPECT_THAT(bob().body, HasSubstr("RTP/AVP 0 101\r\n"));
}

TEST_F(TranscodingTest, NothingIsAddedAboveTheLimit) {
  start(0);
  invite(caller().sdp("0 101"));
  EXPECT_THAT(bob().body, HasSubstr("RTP/AVP 0 101\r\n"));
}

TEST_F(TranscodingTest, WhoAnswersWhenNoSlotIsLeftIsHungUpAndTheCallerGets488) {
  start(1);
  invite(caller().sdp("0 101"));
  Exchange::Config none;
  none.transcoded_calls_max = 0;
  exchange->configure(none);
  answer(bob(), bob().sdp("111 96", opus_only));
  EXPECT_THAT(caller().heard(), testing::Contains("488 INVITE"));
  EXPECT_THAT(bob().heard(), testing::Contains("BYE"));
}

TEST_F(TranscodingTest, ACallerThatHeardUsFirstNeedsNoOtherCodec) {
  answer_first = true;
  start();
  connect(caller().sdp("0 101"), bob().sdp("111 96", opus_only));
  expect_talk(media::Codec::pcmu, 0, media::Codec::opus, 111);
}

TEST_F(TranscodingTest, ALateOfferIsMadeOfThePhones) {
  start();
  invite(std::nullopt);
  answer(bob(), bob().sdp("111 96", opus_only));
  EXPECT_THAT(caller().body, HasSubstr("RTP/AVP 111 96 9 "));
  caller().agent.set_answer(caller().session, {"application/sdp", caller().sdp("8 101")});
  settle();
  EXPECT_THAT(bob().body, HasSubstr("RTP/AVP 111 96\r\n"));
  expect_talk(media::Codec::pcma, 8, media::Codec::opus, 111);
}

TEST_F(TranscodingTest, KeysPassByTheOtherNumberAndClock) {
  connect();
  speak(caller(), media::Codec::pcmu, 0, 5);
  const auto there = send(caller(), 101, {std::byte{4}, std::byte{0x8A}, std::byte{3},
                                          std::byte{0x20}});
  ASSERT_EQ(there.size(), 1U);
  EXPECT_EQ(type_of(there[0]), 96);
  const auto event = rtp::parse_event(rtp::parse_packet(there[0].bytes)->payload);
  EXPECT_EQ(event->code, 4);
  EXPECT_EQ(event->duration, 4'800);
  const auto back = send(bob(), 96, {std::byte{11}, std::byte{0x8A}, std::byte{0x12},
                                     std::byte{0xC0}});
  ASSERT_EQ(back.size(), 1U);
  EXPECT_EQ(type_of(back[0]), 101);
  EXPECT_EQ(rtp::parse_event(rtp::parse_packet(back[0].bytes)->payload)->duration, 800);
}

TEST_F(TranscodingTest, BothHearOurReportsAndNotEachOthers) {
  connect();
  expect_talk(media::Codec::pcmu, 0, media::Codec::opus, 111);
  EXPECT_THAT(say(bob(), {.payload_type = 73, .sequence = 1}, true), IsEmpty());
  media.clear();
  advance(seconds{15});
  std::map<std::uint16_t, std::uint32_t> packets_told;
  for (const auto& packet : media) {
    if (!packet.rtcp) continue;
    const auto all = rtp::parse_rtcp(packet.bytes);
    ASSERT_TRUE(all);
    if (const auto* report = std::get_if<rtp::SenderReport>(all->data())) {
      packets_told[packet.to.port] = report->packets;
      EXPECT_THAT(report->blocks, SizeIs(1));
    }
  }
  EXPECT_EQ(packets_told[static_cast<std::uint16_t>(caller().media_port() + 1)], 50U);
  EXPECT_EQ(packets_told[static_cast<std::uint16_t>(bob().media_port() + 1)], 50U);
}

TEST_F(TranscodingTest, HoldIsSilenceAndResumeIsHeardAgain) {
  connect();
  expect_talk(media::Codec::pcmu, 0, media::Codec::opus, 111);
  const auto before = rtp::parse_packet(speak(bob(), media::Codec::opus, 111, 1)[0].bytes)->header;
  reinvite(caller(), bob(), caller().sdp("0 101", "a=sendonly\r\n"),
           bob().sdp("111 96", std::string(opus_only) + "a=recvonly\r\n"));
  EXPECT_THAT(caller().body, HasSubstr("RTP/AVP 0 101\r\n"));
  EXPECT_THAT(caller().body, HasSubstr("a=recvonly"));
  EXPECT_THAT(speak(bob(), media::Codec::opus, 111, 5), IsEmpty());
  advance(seconds{60});
  reinvite(caller(), bob(), caller().sdp("0 101"), bob().sdp("111 96", opus_only));
  const auto resumed = speak(bob(), media::Codec::opus, 111, 50);
  ASSERT_FALSE(resumed.empty());
  const auto after = rtp::parse_packet(resumed[0].bytes)->header;
  EXPECT_EQ(after.ssrc, before.ssrc);
  EXPECT_EQ(after.sequence, static_cast<std::uint16_t>(before.sequence + 1));
  EXPECT_TRUE(after.marker);
  EXPECT_GT(tone_in(resumed, media::Codec::pcmu), 0.9);
}

TEST_F(TranscodingTest, AnEndMayChangeToACodecThatTheOtherLacksAndBack) {
  start();
  connect(caller().sdp("0 101"), bob().sdp("0 101"));
  const auto relayed = say(bob(), {.sequence = 7, .timestamp = 160, .ssrc = 0xABC});
  ASSERT_EQ(relayed.size(), 1U);
  sequences[&bob()] = 8;
  reinvite(bob(), caller(), bob().sdp("9 101"), caller().sdp("0 101"));
  EXPECT_THAT(caller().body, HasSubstr("RTP/AVP 9 101 "));
  EXPECT_THAT(bob().body, HasSubstr("RTP/AVP 9 101\r\n"));
  EXPECT_EQ(exchange->transcoded_calls(), 1U);
  expect_talk(media::Codec::pcmu, 0, media::Codec::g722, 9);
  expect_that_it_goes_on_untouched();
  hang_up(caller());
  EXPECT_EQ(records.back().transcoded, (model::Transcoded{"PCMU", "G722"}));
}

// Nothing was ever played or relayed to either of them: their streams began with transcoding.
TEST_F(TranscodingTest, WhatWasTranscodedFromTheStartGoesOnUntouchedInTime) {
  start();
  connect(caller().sdp("0 101"), bob().sdp("9 101"));
  expect_talk(media::Codec::pcmu, 0, media::Codec::g722, 9);
  expect_that_it_goes_on_untouched();
}

TEST_F(TranscodingTest, AReInviteWithoutOfferIsAnsweredInWhatEachEndSpeaks) {
  connect();
  caller().agent.reinvite(caller().session, {}, now);
  settle();
  bob().agent.answer_offer(bob().session, {"application/sdp", bob().sdp("111 96", opus_only)}, now);
  settle();
  EXPECT_THAT(caller().body, HasSubstr("RTP/AVP 111 96 9 "));
  caller().agent.set_answer(caller().session, {"application/sdp", caller().sdp("8 101")});
  settle();
  EXPECT_THAT(bob().body, HasSubstr("RTP/AVP 111 96\r\n"));
  expect_talk(media::Codec::pcma, 8, media::Codec::opus, 111);
}

TEST_F(TranscodingTest, PacketsAreAsLongAsTheEndWantsThem) {
  start();
  connect(caller().sdp("0 101", "a=ptime:40\r\n"), bob().sdp("9 101", "a=ptime:10\r\n"));
  const auto there = speak(caller(), media::Codec::pcmu, 0, 10);
  ASSERT_THAT(there, SizeIs(20));
  EXPECT_THAT(rtp::parse_packet(there[3].bytes)->payload, SizeIs(80));
  const auto back = speak(bob(), media::Codec::g722, 9, 10);
  ASSERT_THAT(back, SizeIs(5));
  EXPECT_THAT(rtp::parse_packet(back[3].bytes)->payload, SizeIs(320));
}

}  // namespace
}  // namespace strowger::call
