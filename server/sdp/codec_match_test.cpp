#include "sdp/codec_match.hpp"

#include "sdp/parse.hpp"

#include <gmock/gmock.h>

namespace strowger::sdp {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::vector<Codec> codecs_made{opus(32'000), g722(), pcmu(), pcma()};

Session said_by(const std::string& formats, const std::string& attributes = "",
               const std::string& more = "") {
  return *parse("v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
                "m=audio 4000 RTP/AVP " + formats + "\r\n" + attributes + more);
}

std::string formats_of(const Session& session) {
  std::string text;
  for (const auto& format : session.media.front().formats) {
    text += (text.empty() ? "" : " ") + format;
  }
  return text;
}

const std::string events_map = "a=rtpmap:101 telephone-event/8000\r\n";
const std::string opus_map = "a=rtpmap:96 opus/48000/2\r\n";

TEST(CodecMatch, WhatAnOfferLacksIsAddedBehindItsOwn) {
  const struct {
    const char* formats;
    std::string attributes;
    const char* want;
  } cases[] = {
      {"0 101", events_map, "0 101 8 111 96 9"},  // 96: telephone-event at the clock of Opus
      {"8 0", "", "8 0 111 9"},
      {"96 0", opus_map, "96 0 9 8"},
      {"96 101", opus_map + events_map, "96 101 9 0 8"},
      {"9 8 0 96", "a=rtpmap:96 OPUS/48000/2\r\n", "9 8 0 96"},
      {"18", "", "18"},                                    // nothing could be made of it
      {"96", "a=rtpmap:96 opus/48000\r\n", "96"},          // no Opus: it has two channels
      {"101", events_map, "101"},
      {"8", "a=rtpmap:8 PCMA/8000\r\na=rtpmap:0 X/8000\r\n", "8 111 9"},
  };
  for (const auto& c : cases) {
    auto offer = said_by(c.formats, c.attributes);
    add_codecs(offer, codecs_made);
    EXPECT_EQ(formats_of(offer), c.want) << c.formats;
  }
}

TEST(CodecMatch, KeysAreAddedWhereAnOfferHasNone) {
  const struct {
    const char* formats;
    std::string attributes;
    const char* want;
  } cases[] = {
      {"0 8", "", "0 8 101"},
      {"0 101", events_map, "0 101"},
      {"96 0", opus_map, "96 0 101 97"},  // one for each clock
      {"101 0", "a=rtpmap:101 opus/48000/2\r\n", "101 0 96 97"},
  };
  for (const auto& c : cases) {
    auto offer = said_by(c.formats, c.attributes);
    add_events(offer);
    EXPECT_EQ(formats_of(offer), c.want) << c.formats;
  }
}

TEST(CodecMatch, OnlyWhatIsAllowedIsAdded) {
  auto offer = said_by("0");
  add_codecs(offer, {pcma(), pcmu()});
  EXPECT_EQ(formats_of(offer), "0 8");
  add_codecs(offer, {});
  EXPECT_EQ(formats_of(offer), "0 8");
}

TEST(CodecMatch, SectionsThatAreNoAudioStayAsTheyAre) {
  auto offer = said_by("0", "", "m=video 5000 RTP/AVP 97\r\nm=audio 0 RTP/AVP 0\r\n");
  add_codecs(offer, codecs_made);
  EXPECT_EQ(offer.media[1].formats.size(), 1U);
  EXPECT_EQ(offer.media[2].formats.size(), 1U);
}

TEST(CodecMatch, EveryNumberInUseIsPassedOver) {
  std::string formats = "0";
  for (int type = 96; type < 128; ++type) formats += " " + std::to_string(type);
  auto offer = said_by(formats);
  add_codecs(offer, codecs_made);
  EXPECT_EQ(formats_of(offer), formats + " 8 9");
}

std::string told_of(const Session& offer, const Session& answer) {
  const auto told = answer_in_terms_of(offer, answer, codecs_made);
  return told ? serialize(*told) : "refused: " + std::string(text(told.error()));
}

TEST(CodecMatch, AnAnswerInWhatWasOfferedStays) {
  const auto offer = said_by("8 0 101", events_map);
  EXPECT_THAT(told_of(offer, said_by("0 101", events_map)), HasSubstr("RTP/AVP 0 101\r\n"));
  const auto more =
      told_of(offer, said_by("0 96 101 8", events_map + opus_map + "a=fmtp:96 x=1\r\n"));
  EXPECT_THAT(more, HasSubstr("RTP/AVP 0 101 8\r\n"));
  EXPECT_THAT(more, Not(HasSubstr(":96 ")));
  EXPECT_THAT(told_of(said_by("18"), said_by("18")), HasSubstr("RTP/AVP 18\r\n"));
  // By another number: packets of the one are called so by the other.
  EXPECT_THAT(told_of(said_by("96", opus_map), said_by("97", "a=rtpmap:97 opus/48000/2\r\n")),
              HasSubstr("RTP/AVP 97\r\n"));
}

TEST(CodecMatch, AnAnswerInAnotherCodecIsToldInTheFirstThatWeMake) {
  const auto offer = said_by("18 8 0 13 101", events_map + "a=ptime:30\r\n");
  const auto told =
      told_of(offer, said_by("96 100", opus_map + "a=rtpmap:100 telephone-event/48000\r\n"
                                                 "a=ptime:60\r\na=recvonly\r\n"));
  EXPECT_THAT(told, HasSubstr("RTP/AVP 8 101\r\n"));
  EXPECT_THAT(told, HasSubstr("a=rtpmap:101 telephone-event/8000\r\n"));
  EXPECT_THAT(told, HasSubstr("a=ptime:20\r\n"));
  EXPECT_THAT(told, HasSubstr("a=recvonly\r\n"));
  EXPECT_THAT(told, Not(HasSubstr("opus")));
  EXPECT_THAT(told_of(offer, said_by("96", opus_map)), HasSubstr("RTP/AVP 8\r\n"));
}

TEST(CodecMatch, AnAnswerThatCanNotBeToldIsRefused) {
  EXPECT_EQ(told_of(said_by("18"), said_by("0")), "refused: no codec in common");
  EXPECT_EQ(told_of(said_by("0"), said_by("0", "", "m=video 0 RTP/AVP 97\r\n")),
            "refused: the answer does not fit the offer");
  const auto none = answer_in_terms_of(said_by("0"), said_by("96", opus_map), {});
  EXPECT_EQ(none.error(), Refusal::no_common_codec);
}

TEST(CodecMatch, AgreedIsWhatBothNameInTheOrderOfTheAnswer) {
  const auto said = said_by("8 0 96 101", events_map + opus_map + "a=fmtp:96 useinbandfec=1\r\n");
  const auto both = agreed(said, said_by("97 101", "a=rtpmap:97 opus/48000/2\r\n" + events_map));
  EXPECT_EQ(formats_of(both), "96 101");
  EXPECT_THAT(serialize(both), HasSubstr("a=fmtp:96 useinbandfec=1\r\n"));
  EXPECT_EQ(formats_of(agreed(said, said_by("0 8"))), "0 8");
  EXPECT_EQ(formats_of(agreed(said, said_by("18"))), "8 0 96 101") << "nothing: as it was said";
  auto refusing = said_by("0");
  refusing.media[0].port = 0;
  EXPECT_EQ(agreed(said, refusing).media[0].port, 0) << "no stream is there";
}

TEST(CodecMatch, FormatsAreNamedWithoutAnRtpmap) {
  const auto formats = formats_in(said_by("0 9 101 77", events_map));
  ASSERT_EQ(formats.size(), 4U);
  EXPECT_EQ(formats[0].codec.encoding, "PCMU");
  EXPECT_EQ(formats[1].codec.encoding, "G722");
  EXPECT_TRUE(formats[2].events);
  EXPECT_EQ(formats[3].codec.encoding, "");
}

}  // namespace
}  // namespace strowger::sdp
