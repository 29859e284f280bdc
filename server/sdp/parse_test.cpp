#include "sdp/parse.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace strowger::sdp {
namespace {

using Kind = ParseError::Kind;

std::string lines(const std::string& after_t) {
  return "v=0\r\no=- 3 3 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n" + after_t;
}

std::string repeated(const std::string& text, std::size_t count) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

TEST(SdpParse, ReadsWhatAPhoneSends) {
  const auto session = parse(
      "v=0\r\n"
      "o=desk phone 20518 7 IN IP4 203.0.113.1\r\n"
      "s= \r\n"
      "i=nothing we need\r\n"
      "c=IN IP6 2001:db8::1\r\n"
      "b=AS:64\r\n"
      "t=0 0\r\n"
      "a=sendonly\r\n"
      "a=group:BUNDLE 0\r\n"
      "m=audio 49170/2 RTP/AVP 9 0 101\r\n"
      "c=IN IP4 203.0.113.9/127\r\n"
      "a=rtpmap:9 G722/8000\r\n"
      "a=rtpmap:101 telephone-event/8000/1\r\n"
      "a=fmtp:101 0-15\r\n"
      "a=ptime:30\r\n"
      "a=maxptime:40.5\r\n"
      "a=rtcp:53020 IN IP4 203.0.113.9\r\n"
      "a=rtcp-mux\r\n"
      "a=recvonly\r\n"
      "a=x-odd:a=b:c\r\n");
  ASSERT_TRUE(session.has_value()) << text(session.error());
  EXPECT_EQ(session->origin, (Origin{"desk phone", "20518", "7", "IP4", "203.0.113.1"}));
  EXPECT_EQ(session->name, "-");
  EXPECT_EQ(session->connection->ip, IpAddress::parse("2001:db8::1"));
  EXPECT_EQ(session->direction, Direction::sendonly);
  ASSERT_TRUE(session->attribute("group"));
  EXPECT_EQ(session->attribute("group")->value, "BUNDLE 0");

  ASSERT_EQ(session->media.size(), 1U);
  const Media& audio = session->media[0];
  EXPECT_EQ(audio.type, "audio");
  EXPECT_EQ(audio.port, 49170);
  EXPECT_EQ(audio.port_count, 2);
  EXPECT_EQ(audio.formats, (std::vector<std::string>{"9", "0", "101"}));
  EXPECT_EQ(session->connection_of(audio)->ip, IpAddress::parse("203.0.113.9"));
  EXPECT_EQ(session->direction_of(audio), Direction::recvonly);
  ASSERT_EQ(audio.rtpmaps.size(), 2U);
  EXPECT_EQ(audio.rtpmaps[0], (RtpMap{9, "G722", 8000, 1}));
  EXPECT_EQ(audio.fmtps[0], (Fmtp{"101", "0-15"}));
  EXPECT_EQ(audio.ptime, std::chrono::milliseconds(30));
  EXPECT_EQ(audio.maxptime, std::chrono::milliseconds(40));
  EXPECT_EQ(audio.rtcp->port, 53020);
  EXPECT_EQ(audio.rtcp->connection->ip, IpAddress::parse("203.0.113.9"));
  EXPECT_TRUE(audio.rtcp_mux);
  EXPECT_EQ(audio.attribute("x-odd")->value, "a=b:c");
}

TEST(SdpParse, IsLenientWhereHarmless) {
  const char* const cases[] = {
      "v=0",
      "v=0\n",
      "v=0\r\n\r\n",
      "v=0\ns=\nm=audio 4000 RTP/AVP 0",
      "v=0\no=1 2 IN IP4 host.example\n",
      "v=0\nm=audio 4000 RTP/AVP\n",
      "v=0\nc=IN IP4 media.example.com\n",
      "v=0\na=\na=:\nm=audio 0 RTP/AVP 0\na=\na=crypto:\n",
      "v=0\nm=image 5004 udptl t38\na=ptime:none\na=rtpmap:nothing\n",
      "v=0\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\n",
      "v=0\nm=audio 4000 RTP/AVP 0\na=rtcp:0\na=fmtp:\n",
      "v=0\ny=new line of the future\n",
  };
  for (const char* const body : cases) {
    const auto session = parse(body);
    EXPECT_TRUE(session.has_value()) << body << text(session.error());
  }
}

struct Refused {
  std::string body;
  Kind kind;
  std::size_t line;
};

void check_refused(const Refused& want) {
  const auto session = parse(want.body);
  ASSERT_FALSE(session.has_value()) << want.body;
  EXPECT_EQ(session.error().kind, want.kind) << want.body << " -> " << text(session.error());
  EXPECT_EQ(session.error().line, want.line) << want.body;
}

TEST(SdpParse, RefusesBrokenLines) {
  const Refused cases[] = {
      {"", Kind::no_version, 0},
      {"\r\n\r\n", Kind::no_version, 0},
      {"o=- 3 3 IN IP4 192.0.2.1\r\n", Kind::no_version, 1},
      {"v=1\r\n", Kind::no_version, 1},
      {"v=0\r\nhello\r\n", Kind::bad_line, 2},
      {"v=0\r\n=0\r\n", Kind::bad_line, 2},
      {"v=0\r\nM=audio 4000 RTP/AVP 0\r\n", Kind::bad_line, 2},
      {"v=0\r\ns=a\rm=audio 1 RTP/AVP 0\r\n", Kind::bad_line, 2},
      {std::string("v=0\r\ns=a\0b\r\n", 12), Kind::bad_line, 2},
      {"v=0\r\no=- 3 3 IN\r\n", Kind::bad_origin, 2},
      {lines("c=IN IP4\r\n"), Kind::bad_connection, 6},
      {lines("c=ATM NSAP 47\r\n"), Kind::bad_connection, 6},
      {lines("m=audio\r\n"), Kind::bad_media, 6},
      {lines("m=audio 4000\r\n"), Kind::bad_media, 6},
      {lines("m=audio 4000 RTP/AVP \x01\r\n"), Kind::bad_media, 6},
  };
  for (const Refused& want : cases) check_refused(want);
}

TEST(SdpParse, RefusesNumbersOutOfRange) {
  const std::string audio = "m=audio 4000 RTP/AVP 0 101\r\n";
  const Refused cases[] = {
      {lines("m=audio -5 RTP/AVP 0\r\n"), Kind::bad_port, 6},
      {lines("m=audio 65536 RTP/AVP 0\r\n"), Kind::bad_port, 6},
      {lines("m=audio 99999999999999999999 RTP/AVP 0\r\n"), Kind::bad_port, 6},
      {lines("m=audio +1 RTP/AVP 0\r\n"), Kind::bad_port, 6},
      {lines("m=audio 0x10 RTP/AVP 0\r\n"), Kind::bad_port, 6},
      {lines("m=audio 4000/0 RTP/AVP 0\r\n"), Kind::bad_port, 6},
      {lines("m=audio 4000/ RTP/AVP 0\r\n"), Kind::bad_port, 6},
      {lines("m=audio 4000 RTP/AVP 128\r\n"), Kind::bad_payload_type, 6},
      {lines("m=audio 4000 RTP/AVP 99999999999 -1 256 0\r\n"), Kind::bad_payload_type, 6},
      {lines("m=audio 4000 RTP/AVP -1\r\n"), Kind::bad_payload_type, 6},
      {lines("m=audio 4000 RTP/AVP PCMU\r\n"), Kind::bad_payload_type, 6},
      {lines(audio + "a=rtpmap:128 X/8000\r\n"), Kind::bad_payload_type, 7},
      {lines(audio + "a=rtpmap:\r\n"), Kind::bad_payload_type, 7},
      {lines(audio + "a=rtpmap:0\r\n"), Kind::bad_rtpmap, 7},
      {lines(audio + "a=rtpmap:0 PCMU\r\n"), Kind::bad_rtpmap, 7},
      {lines(audio + "a=rtpmap:0 /8000\r\n"), Kind::bad_rtpmap, 7},
      {lines(audio + "a=rtpmap:0 PCMU/0\r\n"), Kind::bad_rtpmap, 7},
      {lines(audio + "a=rtpmap:0 PCMU/1000001\r\n"), Kind::bad_rtpmap, 7},
      {lines(audio + "a=rtpmap:0 PCMU/8000/0\r\n"), Kind::bad_rtpmap, 7},
      {lines(audio + "a=rtpmap:0 PCMU/8000/256\r\n"), Kind::bad_rtpmap, 7},
      {lines(audio + "a=ptime:0\r\n"), Kind::bad_ptime, 7},
      {lines(audio + "a=ptime:-20\r\n"), Kind::bad_ptime, 7},
      {lines(audio + "a=ptime:1001\r\n"), Kind::bad_ptime, 7},
      {lines(audio + "a=ptime:4294967316\r\n"), Kind::bad_ptime, 7},
      {lines(audio + "a=ptime:20.x\r\n"), Kind::bad_ptime, 7},
      {lines(audio + "a=ptime\r\n"), Kind::bad_ptime, 7},
      {lines(audio + "a=maxptime:0\r\n"), Kind::bad_ptime, 7},
      {lines(audio + "a=rtcp:65536\r\n"), Kind::bad_rtcp, 7},
      {lines(audio + "a=rtcp:4001 IN\r\n"), Kind::bad_rtcp, 7},
  };
  for (const Refused& want : cases) check_refused(want);
}

TEST(SdpParse, HoldsItsLimits) {
  const std::string media = "m=audio 4000 RTP/AVP 0\r\n";
  EXPECT_TRUE(parse(lines(repeated(media, media_lines_max))));
  check_refused({lines(repeated(media, media_lines_max + 1)), Kind::too_many_media, 38});

  const std::string attribute = "a=x\r\n";
  const std::string many = repeated(attribute, attributes_max);
  EXPECT_TRUE(parse(lines(many + media + many + media + many)));
  check_refused({lines(many + attribute), Kind::too_many_attributes, 262});
  check_refused({lines(media + many + attribute), Kind::too_many_attributes, 263});

  const std::string format = " 0";
  const std::string start = "m=audio 4000 RTP/AVP";
  EXPECT_TRUE(parse(lines(start + repeated(format, formats_max))));
  check_refused({lines(start + repeated(format, formats_max + 1)), Kind::too_many_formats, 6});

  const std::string longest = "v=0\r\na=" + std::string(body_bytes_max - 7, 'A');
  EXPECT_TRUE(parse(longest));
  check_refused({longest + 'A', Kind::too_long, 0});
}

TEST(SdpParse, TellsPeopleWhere) {
  const auto session = parse(lines("m=audio -5 RTP/AVP 0\r\n"));
  EXPECT_EQ(text(session.error()), "line 6: the port is not a number of 0..65535");
  std::set<std::string> reasons;
  for (auto kind = 0; kind <= static_cast<int>(Kind::bad_rtcp); ++kind) {
    reasons.insert(text(ParseError{static_cast<Kind>(kind)}));
  }
  EXPECT_EQ(reasons.size(), static_cast<std::size_t>(Kind::bad_rtcp) + 1) << "each its own";
}

}  // namespace
}  // namespace strowger::sdp
