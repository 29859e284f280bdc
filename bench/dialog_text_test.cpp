#include "dialog_text.hpp"

#include <gtest/gtest.h>

#include "sip/message.hpp"

namespace strowger::bench {
namespace {

constexpr std::string_view ok =
    "SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK1\r\n"
    "Record-Route: <sip:b@127.0.0.1;lr>\r\nrecord-route: <sip:a@127.0.0.1;lr>\r\n"
    "From: <sip:x@127.0.0.1>;tag=1\r\nTo: <sip:y@127.0.0.1>;tag=2\r\nCall-ID: c\r\n"
    "CSeq: 1 INVITE\r\nContact: \"Y\" <sip:y@127.0.0.1:7;transport=udp>;q=1\r\n"
    "Content-Length: 21\r\n\r\nm=audio 4000 RTP/AVP ";

TEST(DialogText, RequestsFollowTheRouteSetAndTheRemoteTarget) {
  const auto bye = request(Dialog::of(ok), "BYE", "SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bK2", 2);
  const auto message = sip::Message::parse(bye);
  ASSERT_TRUE(message.has_value());
  EXPECT_TRUE(bye.starts_with("BYE sip:y@127.0.0.1:7;transport=udp SIP/2.0\r\n"));
  EXPECT_LT(bye.find("Route: <sip:a@"), bye.find("Route: <sip:b@"));
  EXPECT_NE(bye.find("CSeq: 2 BYE\r\n"), std::string::npos);
}

TEST(DialogText, AnswersTakeOverWhatTheyMust) {
  const auto invite = request(Dialog::of(ok), "INVITE", "SIP/2.0/UDP 1.1.1.1;branch=z9hG4bK3", 1);
  const auto text = answer(invite, "200 OK", "t", "sip:phone@127.0.0.1:8", audio("127.0.0.1", 40));
  ASSERT_TRUE(sip::Message::parse(text).has_value());
  EXPECT_EQ(audio_port(text), 40);
  EXPECT_EQ(first_header(text, "to"), "<sip:y@127.0.0.1>;tag=2");  // it has a tag
}

TEST(DialogText, ABodyWithoutAudioHasNoPort) {
  EXPECT_EQ(audio_port(ok), 4000);
  EXPECT_EQ(audio_port("SIP/2.0 200 OK\r\n\r\n"), std::nullopt);
  EXPECT_EQ(audio_port("SIP/2.0 200 OK\r\n\r\nm=audio 0 RTP/AVP 0\r\n"), std::nullopt);
}

}  // namespace
}  // namespace strowger::bench
