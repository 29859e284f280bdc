#include "sdp/pass_on.hpp"

#include "sdp/parse.hpp"

#include <gmock/gmock.h>

namespace strowger::sdp {
namespace {

using testing::HasSubstr;
using testing::Not;

LocalMedia ours(std::string_view address = "192.0.2.1") {
  LocalMedia local;
  local.rtp = {*IpAddress::parse(address), 20'000};
  local.session_id = 7;
  local.version = 1;
  return local;
}

Session theirs(std::string_view media, std::string_view connection = "IN IP4 198.51.100.7") {
  const std::string head = "v=0\r\no=anna 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=" +
                           std::string(connection) + "\r\nt=0 0\r\n";
  return *parse(head + std::string(media));
}

std::string passed(const Session& session, const LocalMedia& local = ours()) {
  const auto result = pass_on(session, local);
  return result ? serialize(*result) : "refused: " + std::string(text(result.error()));
}

TEST(PassOn, CodecsGoInTheirOrderUnderOurAddress) {
  const auto text = passed(theirs(
      "m=audio 4000 RTP/AVP 96 9 0 101\r\na=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1\r\n"
      "a=rtpmap:101 telephone-event/8000\r\na=ptime:30\r\na=rtcp-mux\r\na=ice-ufrag:x\r\n"));
  EXPECT_THAT(text, HasSubstr("m=audio 20000 RTP/AVP 96 9 0 101\r\n"));
  EXPECT_THAT(text, HasSubstr("a=fmtp:96 useinbandfec=1\r\n"));
  EXPECT_THAT(text, HasSubstr("a=ptime:30\r\n"));
  EXPECT_THAT(text, HasSubstr("c=IN IP4 192.0.2.1\r\n"));
  for (const char* theirs_alone : {"198.51.100.7", "anna", "rtcp-mux", "ice-ufrag"}) {
    EXPECT_THAT(text, Not(HasSubstr(theirs_alone)));
  }
}

TEST(PassOn, OtherSectionsKeepTheirPlaceWithPortZero) {
  const auto text = passed(theirs("m=video 9 RTP/AVP 97\r\nm=audio 4000 RTP/AVP 0\r\n"
                                  "m=audio 4002 RTP/AVP 8\r\n"));
  EXPECT_THAT(text, HasSubstr("m=video 0 RTP/AVP 97\r\n"));
  EXPECT_THAT(text, HasSubstr("m=audio 20000 RTP/AVP 0\r\n"));
  EXPECT_THAT(text, HasSubstr("m=audio 0 RTP/AVP 8\r\n"));
}

TEST(PassOn, HoldIsPassedOnInBothSpellings) {
  EXPECT_THAT(passed(theirs("m=audio 4000 RTP/AVP 0\r\na=sendonly\r\n")), HasSubstr("a=sendonly"));
  EXPECT_THAT(passed(theirs("m=audio 4000 RTP/AVP 0\r\n", "IN IP4 0.0.0.0")),
              HasSubstr("a=sendonly"));
}

TEST(PassOn, TheEndsMayBeOfDifferentAddressFamilies) {
  EXPECT_THAT(passed(theirs("m=audio 4000 RTP/AVP 0\r\n"), ours("2001:db8::1")),
              HasSubstr("c=IN IP6 2001:db8::1"));
}

TEST(PassOn, WhatCannotBeRelayed) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"m=audio 0 RTP/AVP 0\r\n", "port 0"},
      {"m=video 9 RTP/AVP 97\r\n", "no audio"},
      {"m=audio 4000 RTP/SAVP 0\r\n", "SRTP"},
      {"m=audio 4000 UDP/TLS/RTP/SAVPF 0\r\n", "SRTP"},
      {"m=audio 4000 udptl t38\r\n", "plain RTP"},
  };
  for (const auto& [media, why] : cases) {
    EXPECT_THAT(passed(theirs(media)), HasSubstr(why)) << media;
  }
  EXPECT_THAT(passed(theirs("m=audio 4000 RTP/AVP 0\r\n", "IN IP4 239.1.1.1")),
              HasSubstr("no IP address"));
}

TEST(PassOn, AnAnswerHasTheSectionsOfItsOffer) {
  const auto offer = theirs("m=audio 4000 RTP/AVP 0\r\nm=video 9 RTP/AVP 97\r\n");
  const auto answer = theirs("m=audio 4000 RTP/AVP 0\r\n");
  EXPECT_EQ(pass_on(answer, ours(), &offer).error(), Refusal::answer_mismatch);
}

TEST(PassOn, TheVersionCountsChangesOnly) {
  const auto first = serialize(*pass_on(theirs("m=audio 4000 RTP/AVP 0\r\n"), ours()));
  auto local = ours();
  local.previous = first;
  EXPECT_EQ(pass_on(theirs("m=audio 6000 RTP/AVP 0\r\n"), local)->origin.version, "1");
  EXPECT_EQ(pass_on(theirs("m=audio 4000 RTP/AVP 8\r\n"), local)->origin.version, "2");
}

TEST(ReadStream, WhereTheirPacketsGo) {
  const auto stream = *read_stream(
      theirs("m=audio 4000 RTP/AVP 96 101\r\na=rtpmap:96 opus/48000/2\r\na=recvonly\r\n"
             "a=rtpmap:101 telephone-event/48000\r\n"),
      ours());
  EXPECT_EQ(stream.remote_rtp.text(), "198.51.100.7:4000");
  EXPECT_EQ(stream.remote_rtcp->port, 4001);
  EXPECT_EQ(stream.codec.encoding, "opus");
  EXPECT_EQ(stream.telephone_event_pt, 101);
  EXPECT_TRUE(stream.far_end_listens);
  EXPECT_EQ(stream.direction, Direction::sendonly);
  EXPECT_EQ(read_stream(theirs("m=audio 4000 RTP/AVP 9\r\n"), ours())->codec.encoding, "G722");
  EXPECT_EQ(read_stream(theirs("m=audio 4000 RTP/AVP 0\r\n"), ours("2001:db8::1")).error(),
            Refusal::unreachable_address);
}

TEST(Narrowed, OneCodecAndTheEvents) {
  const auto session = narrowed(
      theirs("m=audio 4000 RTP/AVP 0 8 101\r\na=rtpmap:8 PCMA/8000\r\na=sendonly\r\n"
             "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"),
      0, 101);
  EXPECT_THAT(serialize(session), HasSubstr("RTP/AVP 0 101\r\n"));
  EXPECT_THAT(serialize(session), Not(HasSubstr("PCMA")));
  EXPECT_THAT(serialize(session), HasSubstr("a=sendrecv\r\n"));
}

}  // namespace
}  // namespace strowger::sdp
