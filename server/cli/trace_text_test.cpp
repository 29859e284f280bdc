#include "cli/trace_text.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::cli {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;

trace::Packet packet(std::string bytes, trace::Direction direction = trace::Direction::in) {
  return {.direction = direction,
          .local = *Endpoint::parse("127.0.0.1:5060"),
          .remote = *Endpoint::parse("192.0.2.1:5070"),
          .at = trace::Time(std::chrono::microseconds(1'764'331'200'123'456)),
          .bytes = std::move(bytes)};
}

TEST(TraceText, ARequestInOneLine) {
  EXPECT_THAT(trace_line(packet("INVITE sip:1000@pbx SIP/2.0\r\nCall-ID: abc\r\nCSeq: 1 INVITE\r\n"
                                "Content-Type: application/sdp\r\nContent-Length: 3\r\n\r\nv=0")),
              EndsWith(".123456  192.0.2.1:5070         ──▶  INVITE sip:1000@pbx SIP/2.0  SDP  "
                       "abc\n"));
}

TEST(TraceText, AResponseSaysWhatItAnswers) {
  EXPECT_THAT(trace_line(packet("SIP/2.0 486 Busy Here\r\nCall-ID: abc\r\nCSeq: 7 INVITE\r\n\r\n",
                                trace::Direction::out)),
              EndsWith("◀──  SIP/2.0 486 Busy Here  (7 INVITE)  abc\n"));
}

TEST(TraceText, WhatIsNoSipIsCounted) {
  EXPECT_THAT(trace_line(packet("\x16\x03\x01")), EndsWith("3 bytes that are no SIP\n"));
}

TEST(TraceText, NothingOfTheNetworkSteersTheTerminal) {
  const auto evil = packet("INVITE sip:\x1b]0;owned\x07@pbx SIP/2.0\r\nCall-ID: a\x1b[2J\r\n"
                           "CSeq: 1 IN\x9b\r\nX: \rhidden\b\b\r\n\r\n\xc2\x9b" "31m\n");
  for (const auto& text : {trace_line(evil), trace_whole(evil)}) {
    EXPECT_THAT(text, AllOf(Not(HasSubstr("\x1b")), Not(HasSubstr("\x07")), Not(HasSubstr("\b")),
                            Not(HasSubstr("\r")), Not(HasSubstr("\x9b"))));
    EXPECT_THAT(text, HasSubstr("\\x1b[2J"));
  }
  const auto lines = trace_whole(evil);
  EXPECT_THAT(lines, HasSubstr("X: \\x0dhidden\\x08\\x08\n\n\\xc2\\x9b31m\n"));
}

TEST(TraceText, ALongStartLineIsCut) {
  const auto uri = "sip:" + std::string(5'000, 'x');
  EXPECT_LT(trace_line(packet("INVITE " + uri + " SIP/2.0\r\n\r\n")).size(), 300U);
}

TEST(TraceText, TheWholeMessage) {
  EXPECT_THAT(trace_whole(packet("OPTIONS sip:pbx SIP/2.0\r\nCall-ID: a\r\n\r\n")),
              EndsWith(".123456  udp 192.0.2.1:5070 ──▶ 127.0.0.1:5060\n"
                       "OPTIONS sip:pbx SIP/2.0\nCall-ID: a\n\n\n"));
}

TEST(TraceText, AsJson) {
  const auto line = trace_json(packet("BYE sip:pbx SIP/2.0\r\nCall-ID: \xff\r\n\r\n"));
  EXPECT_THAT(line, EndsWith("}\n"));
  const auto object = boost::json::parse(line).as_object();
  EXPECT_EQ(object.at("at"), "2025-11-28T12:00:00.123456Z");
  EXPECT_EQ(object.at("direction"), "in");
  EXPECT_EQ(object.at("transport"), "udp");
  EXPECT_EQ(object.at("local"), "127.0.0.1:5060");
  EXPECT_EQ(object.at("remote"), "192.0.2.1:5070");
  EXPECT_EQ(object.at("call_id"), "\xef\xbf\xbd");
  EXPECT_EQ(object.at("message"), "BYE sip:pbx SIP/2.0\r\nCall-ID: \xef\xbf\xbd\r\n\r\n");
}

}  // namespace
}  // namespace strowger::cli
