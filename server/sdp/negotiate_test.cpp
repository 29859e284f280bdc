#include "sdp/negotiate.hpp"

#include "base/random.hpp"
#include "sdp/parse.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <string>

namespace strowger::sdp {
namespace {

Session session_of(const std::string& rest) {
  auto session = parse("v=0\r\no=- 3 3 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\n" + rest);
  EXPECT_TRUE(session.has_value()) << rest;
  return session.value_or(Session{});
}

Session plain(const std::string& rest) { return session_of("c=IN IP4 192.0.2.1\r\n" + rest); }

LocalMedia local_media() {
  LocalMedia local;
  local.rtp = *Endpoint::parse("198.51.100.7:30000");
  local.session_id = 77;
  local.version = 1;
  return local;
}

TEST(SdpAnswer, TakesTheOfferersFirstCodecThatWeSpeak) {
  const auto result = answer(plain("m=audio 4000 RTP/AVP 9 8 0 101\r\n"
                                   "a=rtpmap:101 telephone-event/8000\r\n"),
                             local_media());
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->codec, pcma());
  EXPECT_EQ(result->payload_type, 8);
  EXPECT_EQ(result->telephone_event_pt, 101);
  EXPECT_EQ(result->remote_rtp, *Endpoint::parse("192.0.2.1:4000"));
  EXPECT_EQ(result->remote_rtcp, *Endpoint::parse("192.0.2.1:4001"));
  EXPECT_EQ(result->direction, Direction::sendrecv);
  EXPECT_TRUE(result->far_end_listens);
  EXPECT_EQ(serialize(result->local),
            "v=0\r\n"
            "o=- 77 1 IN IP4 198.51.100.7\r\n"
            "s=-\r\n"
            "c=IN IP4 198.51.100.7\r\n"
            "t=0 0\r\n"
            "m=audio 30000 RTP/AVP 8 101\r\n"
            "a=rtpmap:8 PCMA/8000\r\n"
            "a=rtpmap:101 telephone-event/8000\r\n"
            "a=fmtp:101 0-15\r\n"
            "a=ptime:20\r\n"
            "a=sendrecv\r\n");
}

LocalMedia wideband() {
  LocalMedia local = local_media();
  local.codecs = {opus(32'000), g722(), pcmu(), pcma()};
  return local;
}

struct Chosen {
  const char* offer;
  const char* encoding;  // "" when nothing is
  int payload_type = 0;
  std::optional<int> events;
  std::uint32_t events_clock = 8'000;
};

void check_chosen(const Chosen& want) {
  SCOPED_TRACE(want.offer);
  const auto result = answer(plain(want.offer), wideband());
  ASSERT_EQ(result.has_value(), *want.encoding != '\0');
  if (!result) return;
  EXPECT_EQ(result->codec.encoding, want.encoding);
  EXPECT_EQ(result->payload_type, want.payload_type);
  EXPECT_EQ(result->telephone_event_pt, want.events);
  EXPECT_EQ(result->telephone_event_clock, want.events_clock);
}

TEST(SdpAnswer, WidebandIsTakenWhereTheOffererPutsItFirst) {
  const Chosen cases[] = {
      {"m=audio 4000 RTP/AVP 9 0 8\r\n", "G722", 9},
      {"m=audio 4000 RTP/AVP 0 9\r\n", "PCMU", 0},
      {"m=audio 4000 RTP/AVP 18 9\r\na=rtpmap:9 G722/8000\r\n", "G722", 9},
      // A clock that nobody uses for it: not the G.722 of RFC 3551.
      {"m=audio 4000 RTP/AVP 9 8\r\na=rtpmap:9 G722/16000\r\n", "PCMA", 8},
      {"m=audio 4000 RTP/AVP 107 9 0 100 101\r\na=rtpmap:107 OPUS/48000/2\r\n"
       "a=rtpmap:100 telephone-event/8000\r\na=rtpmap:101 telephone-event/48000\r\n",
       "opus", 107, 101, 48'000},
      // Events at 8 kHz only: taken, as they are.
      {"m=audio 4000 RTP/AVP 107 100\r\na=rtpmap:107 opus/48000/2\r\n"
       "a=rtpmap:100 telephone-event/8000\r\n",
       "opus", 107, 100, 8'000},
      // G.722 has the clock of G.711, and so have its events.
      {"m=audio 4000 RTP/AVP 9 100 101\r\na=rtpmap:100 telephone-event/48000\r\n"
       "a=rtpmap:101 telephone-event/8000\r\n",
       "G722", 9, 101},
      // RFC 7587 §7: always 48000/2.
      {"m=audio 4000 RTP/AVP 107 0\r\na=rtpmap:107 opus/48000\r\n", "PCMU", 0},
      {"m=audio 4000 RTP/AVP 107\r\n", "", 0},
  };
  for (const Chosen& c : cases) check_chosen(c);
}

TEST(SdpAnswer, OpusIsLeftToThoseWhoCanTakeOurPackets) {
  const std::string head = "m=audio 4000 RTP/AVP 107 8\r\na=rtpmap:107 opus/48000/2\r\n";
  struct Case {
    const char* more;
    const char* encoding;
  };
  const Case cases[] = {
      {"a=fmtp:107 maxplaybackrate=16000; stereo=1; sprop-stereo=1; useinbandfec=1; cbr=1; "
       "usedtx=1\r\na=ptime:40\r\na=maxptime:60\r\n",
       "opus"},
      {"a=fmtp:107 maxaveragebitrate=32000\r\n", "opus"},
      {"a=fmtp:107 maxaveragebitrate=31999\r\n", "PCMA"},
      {"a=fmtp:107 maxaveragebitrate=x\r\n", "opus"},
      {"a=fmtp:8 maxaveragebitrate=6000\r\n", "opus"},
      {"a=maxptime:20\r\n", "opus"},
      {"a=maxptime:10\r\n", "PCMA"},
  };
  for (const Case& c : cases) {
    const auto result = answer(plain(head + c.more), wideband());
    ASSERT_TRUE(result.has_value()) << c.more;
    EXPECT_EQ(result->codec.encoding, c.encoding) << c.more;
  }
}

TEST(SdpAnswer, OpusIsAnsweredWithItsParameters) {
  const auto result = answer(plain("m=audio 4000 RTP/AVP 96 97\r\na=rtpmap:96 opus/48000/2\r\n"
                                   "a=rtpmap:97 telephone-event/48000\r\n"),
                             wideband());
  ASSERT_TRUE(result.has_value());
  const std::string text = serialize(result->local);
  EXPECT_NE(text.find("m=audio 30000 RTP/AVP 96 97\r\n"
                      "a=rtpmap:96 opus/48000/2\r\n"
                      "a=rtpmap:97 telephone-event/48000\r\n"
                      "a=fmtp:96 stereo=0;sprop-stereo=0\r\n"
                      "a=fmtp:97 0-15\r\n"),
            std::string::npos)
      << text;
}

TEST(SdpOffer, AllCodecsInOurOrderAndEventsAtEachClock) {
  const std::string text = serialize(offer(wideband()));
  EXPECT_NE(text.find("m=audio 30000 RTP/AVP 111 9 0 8 101 110\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("a=rtpmap:9 G722/8000\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("a=rtpmap:110 telephone-event/48000\r\n"), std::string::npos) << text;
  EXPECT_NE(text.find("a=rtpmap:101 telephone-event/8000\r\n"), std::string::npos) << text;
}

TEST(SdpOffer, AnAnswerMayPickAnyOfThem) {
  const Session ours = offer(wideband());
  const auto agreed = accept_answer(ours, plain("m=audio 4000 RTP/AVP 111 110\r\n"
                                                "a=rtpmap:111 opus/48000/2\r\n"
                                                "a=rtpmap:110 telephone-event/48000\r\n"),
                                    wideband());
  ASSERT_TRUE(agreed.has_value());
  EXPECT_EQ(agreed->codec, opus(32'000));
  EXPECT_EQ(agreed->telephone_event_pt, 110);
  EXPECT_EQ(agreed->telephone_event_clock, 48'000U);
}

TEST(SdpAnswer, UnderstandsDynamicPayloadTypes) {
  const auto result = answer(plain("m=audio 4000 RTP/AVP 96 97 98 99\r\n"
                                   "a=rtpmap:96 opus/48000/2\r\n"
                                   "a=rtpmap:97 pcmu/16000\r\n"
                                   "a=rtpmap:98 pcmu/8000\r\n"
                                   "a=rtpmap:99 TELEPHONE-EVENT/48000\r\n"),
                             local_media());
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->codec, pcmu());
  EXPECT_EQ(result->payload_type, 98);
  EXPECT_EQ(result->telephone_event_pt, std::nullopt) << "events of another clock are no use";
}

TEST(SdpAnswer, SpeaksFurtherCodecsWhenGivenThem) {
  LocalMedia local = local_media();
  local.codecs.push_back({.encoding = "opus", .clock_rate = 48'000, .channels = 2,
                          .payload_type = 111, .parameters = "useinbandfec=1"});
  const auto result = answer(plain("m=audio 4000 RTP/AVP 96 0\r\na=rtpmap:96 opus/48000/2\r\n"),
                             local);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->codec.encoding, "opus");
  EXPECT_EQ(result->local.media[0].fmtps[0], (Fmtp{"96", "useinbandfec=1"}));
}

TEST(SdpAnswer, RefusesOtherSectionsInPlace) {
  const auto result = answer(plain("m=video 5000 RTP/AVP 96\r\n"
                                   "m=audio 4002 RTP/SAVP 0\r\n"
                                   "m=audio 4000 RTP/AVPF 0\r\n"
                                   "m=image 6000 udptl t38\r\n"
                                   "m=audio 4004 RTP/AVP 0\r\n"),
                             local_media());
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->media_index, 2U);
  const auto& media = result->local.media;
  ASSERT_EQ(media.size(), 5U);
  const std::array<std::uint16_t, 5> ports = {0, 0, 30000, 0, 0};
  for (std::size_t i = 0; i < ports.size(); ++i) EXPECT_EQ(media[i].port, ports[i]) << i;
  EXPECT_EQ(media[2].protocol, "RTP/AVPF");
  EXPECT_EQ(media[3].protocol, "udptl");
  EXPECT_EQ(media[3].formats, std::vector<std::string>{"t38"});
}

TEST(SdpAnswer, TellsWhyNothingIsUsable) {
  struct Case {
    const char* rest;
    Refusal want;
  };
  const Case cases[] = {
      {"", Refusal::no_audio},
      {"c=IN IP4 192.0.2.1\r\nm=video 5000 RTP/AVP 96\r\n", Refusal::no_audio},
      {"c=IN IP4 192.0.2.1\r\nm=audio 0 RTP/AVP 0\r\n", Refusal::port_zero},
      {"c=IN IP4 192.0.2.1\r\nm=audio 9 TCP/RTP/AVP 0\r\n", Refusal::unsupported_transport},
      {"c=IN IP4 192.0.2.1\r\nm=audio 9 udp 0\r\n", Refusal::unsupported_transport},
      {"c=IN IP4 192.0.2.1\r\nm=audio 9 RTP/SAVP 0\r\n", Refusal::srtp_required},
      {"c=IN IP4 192.0.2.1\r\nm=audio 9 UDP/TLS/RTP/SAVPF 0\r\n", Refusal::srtp_required},
      {"c=IN IP4 192.0.2.1\r\nm=audio 9 RTP/AVPF 0\r\na=fingerprint:sha-256 AA\r\n",
       Refusal::srtp_required},
      {"c=IN IP4 192.0.2.1\r\na=fingerprint:sha-256 AA\r\nm=audio 9 RTP/AVPF 0\r\n",
       Refusal::srtp_required},
      {"m=audio 4000 RTP/AVP 0\r\n", Refusal::unreachable_address},
      {"c=IN IP4 media.example.com\r\nm=audio 4000 RTP/AVP 0\r\n", Refusal::unreachable_address},
      {"c=IN IP4 224.2.1.1/127\r\nm=audio 4000 RTP/AVP 0\r\n", Refusal::unreachable_address},
      {"c=IN IP4 255.255.255.255\r\nm=audio 4000 RTP/AVP 0\r\n", Refusal::unreachable_address},
      {"c=IN IP6 ff02::1\r\nm=audio 4000 RTP/AVP 0\r\n", Refusal::unreachable_address},
      {"c=IN IP6 2001:db8::1\r\nm=audio 4000 RTP/AVP 0\r\n", Refusal::unreachable_address},
      {"c=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 9 18\r\n", Refusal::no_common_codec},
      {"c=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP\r\n", Refusal::no_common_codec},
      {"c=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 0\r\na=rtpmap:0 G729/8000\r\n",
       Refusal::no_common_codec},
      {"c=IN IP4 192.0.2.1\r\nm=audio 4000 RTP/AVP 9\r\nm=audio 0 RTP/AVP 0\r\n",
       Refusal::no_common_codec},
  };
  for (const Case& c : cases) {
    const auto result = answer(session_of(c.rest), local_media());
    ASSERT_FALSE(result.has_value()) << c.rest;
    EXPECT_EQ(result.error(), c.want) << c.rest << " -> " << text(result.error());
  }
}

TEST(SdpAnswer, MirrorsDirections) {
  struct Case {
    const char* theirs;
    Direction local;
    Direction want;
    bool listens;
  };
  using enum Direction;
  const Case cases[] = {
      {"", sendrecv, sendrecv, true},
      {"a=sendrecv\r\n", sendonly, sendonly, true},
      {"a=sendrecv\r\n", recvonly, recvonly, true},
      {"a=sendonly\r\n", sendrecv, recvonly, false},
      {"a=sendonly\r\n", sendonly, inactive, false},
      {"a=recvonly\r\n", sendrecv, sendonly, true},
      {"a=recvonly\r\n", sendonly, sendonly, true},
      {"a=inactive\r\n", sendrecv, inactive, false},
      {"c=IN IP4 0.0.0.0\r\n", sendrecv, recvonly, false},
      {"c=IN IP4 0.0.0.0\r\na=sendonly\r\n", sendrecv, recvonly, false},
      {"c=IN IP4 0.0.0.0\r\na=inactive\r\n", sendrecv, inactive, false},
      {"c=IN IP6 ::\r\n", sendrecv, recvonly, false},
  };
  for (const Case& c : cases) {
    LocalMedia local = local_media();
    local.direction = c.local;
    const auto offered = plain("m=audio 4000 RTP/AVP 0\r\n" + std::string(c.theirs));
    const auto result = answer(offered, local);
    ASSERT_TRUE(result.has_value()) << c.theirs;
    EXPECT_EQ(result->direction, c.want) << c.theirs << name(result->direction);
    EXPECT_EQ(result->local.media[0].direction, c.want) << c.theirs;
    EXPECT_EQ(result->far_end_listens, c.listens) << c.theirs;

    local.must_be_heard = true;
    EXPECT_EQ(answer(offered, local).has_value(), c.listens) << c.theirs;
  }
}

TEST(SdpAnswer, SaysWhyItWouldNotBeHeard) {
  LocalMedia local = local_media();
  local.must_be_heard = true;
  const std::string audio = "m=audio 4000 RTP/AVP 0\r\n";
  EXPECT_EQ(answer(plain(audio + "a=inactive\r\n"), local).error(), Refusal::inactive);
  EXPECT_EQ(answer(plain(audio + "c=IN IP4 0.0.0.0\r\n"), local).error(),
            Refusal::unreachable_address);
}

TEST(SdpAnswer, FindsTheRtcpPort) {
  struct Case {
    const char* section;
    const char* want;  // empty: none
    bool mux;
  };
  const Case cases[] = {
      {"m=audio 4000 RTP/AVP 0\r\n", "192.0.2.1:4001", false},
      {"m=audio 65535 RTP/AVP 0\r\n", "", false},
      {"m=audio 4000 RTP/AVP 0\r\na=rtcp:5000\r\n", "192.0.2.1:5000", false},
      {"m=audio 4000 RTP/AVP 0\r\na=rtcp:5000 IN IP4 192.0.2.1\r\n", "192.0.2.1:5000", false},
      {"m=audio 4000 RTP/AVP 0\r\na=rtcp:5000 IN IP4 203.0.113.1\r\n", "", false},
      {"m=audio 4000 RTP/AVP 0\r\na=rtcp:0\r\n", "", false},
      {"m=audio 4000 RTP/AVP 0\r\na=rtcp-mux\r\na=rtcp:5000\r\n", "192.0.2.1:4000", true},
  };
  for (const Case& c : cases) {
    const auto result = answer(plain(c.section), local_media());
    ASSERT_TRUE(result.has_value()) << c.section;
    EXPECT_EQ(result->remote_rtcp, Endpoint::parse(c.want)) << c.section;
    EXPECT_EQ(result->rtcp_mux, c.mux) << c.section;
    EXPECT_EQ(result->local.media[0].rtcp_mux, c.mux) << c.section;
  }
}

TEST(SdpAnswer, CountsTheVersionOnlyWhenSomethingChanged) {
  LocalMedia local = local_media();
  const auto offered = plain("m=audio 4000 RTP/AVP 0\r\n");
  const auto first = answer(offered, local);
  ASSERT_TRUE(first.has_value());

  const std::string said = serialize(first->local);
  local.previous = said;
  local.version = 99;
  const auto same = answer(offered, local);
  EXPECT_EQ(serialize(same->local), said);

  const auto held = answer(plain("m=audio 4000 RTP/AVP 0\r\na=sendonly\r\n"), local);
  EXPECT_EQ(held->local.origin.version, "2");
  EXPECT_EQ(held->local.origin.session_id, "77");

  const std::string said_on_hold = serialize(held->local);
  local.previous = said_on_hold;
  EXPECT_EQ(answer(offered, local)->local.origin.version, "3");
}

TEST(SdpOffer, OffersEverythingWeSpeak) {
  LocalMedia local = local_media();
  local.codecs = {pcma(), {.encoding = "x", .payload_type = 101, .parameters = "y=1"}};
  local.direction = Direction::sendonly;
  const Session ours = offer(local);
  EXPECT_EQ(serialize(ours),
            "v=0\r\n"
            "o=- 77 1 IN IP4 198.51.100.7\r\n"
            "s=-\r\n"
            "c=IN IP4 198.51.100.7\r\n"
            "t=0 0\r\n"
            "m=audio 30000 RTP/AVP 8 101 102\r\n"
            "a=rtpmap:8 PCMA/8000\r\n"
            "a=rtpmap:101 x/8000\r\n"
            "a=rtpmap:102 telephone-event/8000\r\n"
            "a=fmtp:101 y=1\r\n"
            "a=fmtp:102 0-15\r\n"
            "a=ptime:20\r\n"
            "a=sendonly\r\n"
            "a=rtcp-mux\r\n");
}

TEST(SdpOffer, AcceptsAnAnswerThatFits) {
  const LocalMedia local = local_media();
  const Session ours = offer(local);
  const auto result = accept_answer(ours,
                                    plain("m=audio 4000 RTP/AVP 8 101\r\n"
                                          "a=rtpmap:101 telephone-event/8000\r\na=recvonly\r\n"),
                                    local);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->codec, pcma());
  EXPECT_EQ(result->telephone_event_pt, 101);
  EXPECT_EQ(result->direction, Direction::sendonly);
  EXPECT_TRUE(result->far_end_listens);
  EXPECT_FALSE(result->rtcp_mux);
  EXPECT_EQ(result->local, ours);
}

TEST(SdpOffer, RefusesAnAnswerThatDoesNot) {
  LocalMedia local = local_media();
  local.codecs = {pcma()};
  local.telephone_event = false;
  const Session ours = offer(local);
  LocalMedia later = local_media();  // speaks more than was offered
  const std::string audio = "m=audio 4000 RTP/AVP 8\r\n";
  EXPECT_EQ(accept_answer(ours, plain("m=audio 4000 RTP/AVP 0\r\n"), later).error(),
            Refusal::no_common_codec);
  EXPECT_EQ(accept_answer(ours, plain("m=audio 0 RTP/AVP 8\r\n"), later).error(),
            Refusal::port_zero);
  EXPECT_EQ(accept_answer(ours, plain(""), later).error(), Refusal::answer_mismatch);
  EXPECT_EQ(accept_answer(ours, plain(audio + audio), later).error(), Refusal::answer_mismatch);
  EXPECT_EQ(accept_answer(ours, plain("m=video 4000 RTP/AVP 8\r\n"), later).error(),
            Refusal::answer_mismatch);
  const auto event = accept_answer(
      ours, plain("m=audio 4000 RTP/AVP 8 101\r\na=rtpmap:101 telephone-event/8000\r\n"), later);
  ASSERT_TRUE(event.has_value());
  EXPECT_EQ(event->telephone_event_pt, std::nullopt) << "it was not offered";
}

TEST(SdpAnswer, EveryRefusalHasItsOwnWords) {
  std::set<std::string_view> words;
  const int last = static_cast<int>(Refusal::answer_mismatch);
  for (int refusal = 0; refusal <= last; ++refusal) {
    words.insert(text(static_cast<Refusal>(refusal)));
  }
  EXPECT_EQ(words.size(), static_cast<std::size_t>(last) + 1);
}

// Random offers: an answer has as many m= lines in the same order, takes no codec that was not
// offered, opens one section at most, and is itself a description that the other side accepts.
TEST(SdpAnswer, HoldsTheLawsOfOfferAndAnswer) {
  constexpr std::array<const char*, 13> parts = {
      "m=audio 4000 RTP/AVP 0\r\n", "m=audio 4002 RTP/AVP 8 0 101\r\n", "m=audio 0 RTP/AVP 0\r\n",
      "m=video 5000 RTP/AVP 96\r\n", "m=audio 4004 RTP/SAVP 0\r\n", "m=image 6000 udptl t38\r\n",
      "m=audio 4006 RTP/AVPF 97 98\r\n", "a=rtpmap:101 telephone-event/8000\r\n",
      "a=rtpmap:97 PCMA/8000\r\n", "a=rtpmap:98 opus/48000/2\r\n", "a=sendonly\r\n",
      "a=inactive\r\n", "a=rtcp-mux\r\n"};
  SeededRandom random(3264);
  int answered = 0;
  for (int round = 0; round < 5'000; ++round) {
    std::string rest;
    for (auto n = random.bits() % 10; n > 0; --n) rest += parts[random.bits() % parts.size()];
    const Session offered = plain(rest);
    const auto result = answer(offered, local_media());
    if (!result) continue;
    ++answered;
    const auto& ours = result->local.media;
    ASSERT_EQ(ours.size(), offered.media.size()) << rest;
    for (std::size_t i = 0; i < ours.size(); ++i) {
      EXPECT_EQ(ours[i].type, offered.media[i].type) << rest;
      EXPECT_EQ(ours[i].protocol, offered.media[i].protocol) << rest;
      EXPECT_EQ(ours[i].port != 0, i == result->media_index) << rest;
      for (const std::string& format : ours[i].formats) {
        EXPECT_EQ(std::ranges::count(offered.media[i].formats, format) > 0, true) << rest;
      }
    }
    const Direction theirs = offered.direction_of(offered.media[result->media_index]);
    EXPECT_TRUE(!sends(result->direction) || receives(theirs)) << rest;
    EXPECT_TRUE(!receives(result->direction) || sends(theirs)) << rest;
    EXPECT_EQ(parse(serialize(result->local)), result->local) << rest;
  }
  EXPECT_GT(answered, 1'000);
}

}  // namespace
}  // namespace strowger::sdp
