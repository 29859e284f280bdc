#include "base/random.hpp"
#include "sdp/parse.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace strowger::sdp {
namespace {

TEST(SdpSerialize, WritesLinesInTheOrderOfTheRfc) {
  Session session;
  session.origin = {"-", "12", "34", "IP6", "2001:db8::1"};
  session.connection = Connection{"IP6", "2001:db8::1", IpAddress::parse("2001:db8::1")};
  session.attributes = {{"tool", "strowger"}};
  Media media;
  media.port = 4000;
  media.formats = {"8", "101"};
  media.rtpmaps = {{8, "PCMA", 8000, 1}, {101, "telephone-event", 8000, 1}};
  media.fmtps = {{"101", "0-15"}};
  media.ptime = std::chrono::milliseconds(20);
  media.direction = Direction::sendonly;
  media.rtcp = RtcpPort{4005, std::nullopt};
  media.rtcp_mux = true;
  session.media = {media};
  EXPECT_EQ(serialize(session),
            "v=0\r\n"
            "o=- 12 34 IN IP6 2001:db8::1\r\n"
            "s=-\r\n"
            "c=IN IP6 2001:db8::1\r\n"
            "t=0 0\r\n"
            "a=tool:strowger\r\n"
            "m=audio 4000 RTP/AVP 8 101\r\n"
            "a=rtpmap:8 PCMA/8000\r\n"
            "a=rtpmap:101 telephone-event/8000\r\n"
            "a=fmtp:101 0-15\r\n"
            "a=ptime:20\r\n"
            "a=sendonly\r\n"
            "a=rtcp:4005\r\n"
            "a=rtcp-mux\r\n");
}

TEST(SdpSerialize, NoValueCanAddALine) {
  Session session;
  session.name = "x\r\nm=audio 1 RTP/AVP 0";
  session.attributes = {{"tool\n", std::string("a\r\nc=IN IP4 203.0.113.1\0", 23)}};
  const std::string body = serialize(session);
  EXPECT_NE(body.find("s=xm=audio 1 RTP/AVP 0\r\n"), std::string::npos) << body;
  const auto again = parse(body);
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->media.empty());
  EXPECT_FALSE(again->connection.has_value());
}

// Descriptions put together from odd lines at random: what parses once parses again to the same.
TEST(SdpSerialize, ParseOfSerializeIsTheSame) {
  constexpr std::array<const char*, 24> odd_lines = {
      "o=- 3 3 IN IP4 192.0.2.1",   "o=a  b 1 -2 IN IP6 ::1", "s=",
      "s= hello  world ",           "c=IN IP4 192.0.2.1/127", "c=IN IP4 media.example.com",
      "c=IN IP6 2001:db8::1",       "t=1 2",                  "a=sendonly",
      "a=sendonly:x",               "a=inactive",             "a=rtpmap:0 PCMU/8000/1",
      "a=rtpmap:96 opus/48000/2",   "a=fmtp:96 useinbandfec=1; x=2 ", "a=fmtp:96",
      "a=ptime:20.5",               "a=maxptime:150",         "a=rtcp:4001 IN IP4 192.0.2.2",
      "a=rtcp-mux",                 "m=audio 4000/3 RTP/AVP 0 96 00", "m=image 0 udptl t38",
      "m=video 9 UDP/TLS/RTP/SAVPF 96", "a=", "a=x:y:z ",
  };
  SeededRandom random(20260101);
  for (int round = 0; round < 2'000; ++round) {
    std::string body = "v=0\r\n";
    for (auto n = random.bits() % 20; n > 0; --n) {
      body += odd_lines[random.bits() % odd_lines.size()];
      body += random.bits() % 8 == 0 ? "\n" : "\r\n";
    }
    const auto once = parse(body);
    ASSERT_TRUE(once.has_value()) << body << text(once.error());
    const auto twice = parse(serialize(*once));
    ASSERT_TRUE(twice.has_value()) << body << text(twice.error());
    EXPECT_EQ(*once, *twice) << body;
  }
}

}  // namespace
}  // namespace strowger::sdp
