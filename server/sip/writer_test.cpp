#include "sip/writer.hpp"

#include "sip/headers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace strowger::sip {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

const Endpoint source = *Endpoint::parse("192.0.2.7:3333");

Message parsed(const std::string& bytes) {
  const auto message = Message::parse(bytes);
  EXPECT_TRUE(message && !message->flaws().any()) << bytes;
  return message ? *message : *Message::parse("SIP/2.0 200 OK\r\n\r\n");
}

Message request(const std::string& vias, std::string_view method = "INVITE",
                std::string_view more = "") {
  return parsed(std::string(method) + " sip:a@b SIP/2.0\r\n" + vias +
                "f: \"A\\\"\" <sip:a@b>;tag=ft\r\nt: <sip:1000@b>\r\ni: id\r\nCSeq: 1 " +
                std::string(method) + "\r\n" + std::string(more) + "\r\n");
}

TEST(Writer, BuildsARequest) {
  const std::string bytes = Writer::request(Method::invite, "sip:1000@example.org")
                                .header(HeaderName::max_forwards, 70)
                                .header("X-Own", "value")
                                .headers({{"Subject", "a"}, {"Subject", "b"}})
                                .finish("application/sdp", "v=0\r\n");
  EXPECT_EQ(bytes,
            "INVITE sip:1000@example.org SIP/2.0\r\nMax-Forwards: 70\r\nX-Own: value\r\n"
            "Subject: a\r\nSubject: b\r\nContent-Type: application/sdp\r\nContent-Length: 5\r\n"
            "\r\nv=0\r\n");
}

TEST(Writer, BuildsAResponse) {
  EXPECT_EQ(Writer::response(486, "").finish(), "SIP/2.0 486 \r\nContent-Length: 0\r\n\r\n");
  EXPECT_EQ(Writer::response(603, "\xd0\x9d\xd0\xb5\xd1\x82 – 100%").finish(),
            "SIP/2.0 603 \xd0\x9d\xd0\xb5\xd1\x82 – 100%\r\nContent-Length: 0\r\n\r\n");
}

TEST(Writer, LetsNobodyEndTheLine) {
  const std::string evil = "x\r\nInjected: 1\r\n\r\n\nbody\0"s + "z";
  const std::string bytes = Writer::response(486, evil)
                                .header("Reason", evil)
                                .header(evil, "v")
                                .headers({{"Subject", evil}})
                                .finish(evil, "b");
  const Message message = parsed(bytes);
  EXPECT_EQ(message.size(), 5U);
  EXPECT_EQ(message.header("Injected"), std::nullopt);
  EXPECT_EQ(message.reason_phrase(), "xInjected: 1bodyz");
  EXPECT_EQ(message.header(HeaderName::subject), "xInjected: 1bodyz");
  EXPECT_EQ(message.body(), "b");
  const Message sent = parsed(Writer::request("IN\nVITE", "sip:a\r\n@b").finish());
  EXPECT_EQ(sent.start_line(), "INVITE sip:a@b SIP/2.0");
}

TEST(Writer, RepliesWithTheHeadersOfTheRequest) {
  const Message invite = request(
      "v: SIP/2.0/UDP 192.0.2.7;branch=1\r\nVia: SIP/2.0/TCP p.example.org;x=\"y\"\r\n", "INVITE",
      "Record-Route: <sip:r1;lr>\r\nRecord-Route: <sip:r2;lr>,\r\n <sip:r3>\r\nTimestamp: 54\r\n");
  const auto reply = [&](int status, std::string_view tag) {
    return Writer::reply(invite, {.status = status, .phrase = "P", .to_tag = tag, .source = source})
        .finish();
  };
  EXPECT_EQ(reply(486, "tt"),
            "SIP/2.0 486 P\r\nVia: SIP/2.0/UDP 192.0.2.7;branch=1\r\n"
            "Via: SIP/2.0/TCP p.example.org;x=\"y\"\r\nFrom: \"A\\\"\" <sip:a@b>;tag=ft\r\n"
            "To: <sip:1000@b>;tag=tt\r\nCall-ID: id\r\nCSeq: 1 INVITE\r\nContent-Length: 0\r\n"
            "\r\n");
  const Message ringing = parsed(reply(180, "tt"));
  EXPECT_EQ(ringing.values(HeaderName::record_route).size(), 3U);
  EXPECT_EQ(ringing.header(HeaderName::timestamp), std::nullopt);
  const Message trying = parsed(reply(100, ""));
  EXPECT_EQ(trying.count(HeaderName::record_route), 0U);
  EXPECT_EQ(trying.header(HeaderName::timestamp), "54");
  EXPECT_EQ(to_tag(trying), "");
}

TEST(Writer, CompletesTheTopVia) {
  struct Case {
    std::string_view via, want;
  };
  const Case cases[] = {
      {"SIP/2.0/UDP 192.0.2.7:5070;branch=1", "SIP/2.0/UDP 192.0.2.7:5070;branch=1"},
      {"SIP/2.0/UDP 192.0.2.7;rport;branch=1",
       "SIP/2.0/UDP 192.0.2.7;rport=3333;branch=1;received=192.0.2.7"},
      {"SIP/2.0/UDP 192.0.2.7;rport=1;branch=1",
       "SIP/2.0/UDP 192.0.2.7;rport=3333;branch=1;received=192.0.2.7"},
      {"SIP/2.0/UDP host.example.org ; branch=1",
       "SIP/2.0/UDP host.example.org;branch=1;received=192.0.2.7"},
      {"SIP/2.0/UDP 10.0.0.1;received=6.6.6.6;ttl=1",
       "SIP/2.0/UDP 10.0.0.1;ttl=1;received=192.0.2.7"},
      {"SIP/2.0/UDP h", "SIP/2.0/UDP h;received=192.0.2.7"},
      {"SIP/2.0/UDP h;branch=1;;x", "SIP/2.0/UDP h;branch=1;received=192.0.2.7"},
      {"SIP/2.0/UDP h;branch=1;x=\"y", "SIP/2.0/UDP h;branch=1;received=192.0.2.7"},
  };
  for (const auto& [via, want] : cases) {
    const Message message = request("Via: " + std::string(via) + "\r\n");
    const Message reply =
        parsed(Writer::reply(message, {.status = 400, .source = source}).finish());
    EXPECT_EQ(reply.header(HeaderName::via), want) << via;
  }
  const Message message = request("Via: SIP/2.0/UDP [2001:db8::1];rport\r\n");
  const Writer::Reply from_v6{.status = 200, .source = *Endpoint::parse("[2001:db8::2]:7")};
  EXPECT_EQ(parsed(Writer::reply(message, from_v6).finish()).header(HeaderName::via),
            "SIP/2.0/UDP [2001:db8::1];rport=7;received=2001:db8::2");
}

TEST(Writer, KeepsTheOtherViasAsTheyAre) {
  const Message message = request(
      "Via: SIP/2.0/UDP h, SIP / 2.0/UDP i ; received=1.1.1.1\r\nv: SIP/2.0/TCP\r\n\tj;x\r\n"
      "Via: SIP/2.0/UDP k;;,;,,\r\nVia: garbage\r\n");
  const Message reply = parsed(Writer::reply(message, {.status = 400, .source = source}).finish());
  EXPECT_THAT(
      reply.values(HeaderName::via),
      testing::ElementsAre("SIP/2.0/UDP h;received=192.0.2.7", "SIP / 2.0/UDP i ; received=1.1.1.1",
                           "SIP/2.0/TCP\r\n\tj;x", "SIP/2.0/UDP k"));
}

TEST(Writer, AddsNoSecondToTag) {
  const Message bye = parsed(
      "BYE sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h\r\nTo: <sip:a@b>;tag=old\r\nRecord-Route: "
      "<sip:r>\r\n\r\n");
  const Message reply =
      parsed(Writer::reply(bye, {.status = 200, .phrase = "OK", .to_tag = "new", .source = source})
                 .finish());
  EXPECT_EQ(reply.header(HeaderName::to), "<sip:a@b>;tag=old");
  EXPECT_EQ(reply.count(HeaderName::record_route), 0U) << "BYE makes no dialog";
  EXPECT_EQ(reply.header(HeaderName::call_id), std::nullopt) << "what was not there is not made up";
}

TEST(Writer, RepliesToBrokenRequestsWithoutBreaking) {
  const auto message = Message::parse(
      "OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP h\r\nFrom: a\nX: y\r\nTo: \"x\0 \\\0\" "
      "<sip:a@b>\r\n"
      "Call-ID: a\rb\r\nSubject: x\r\n\r\n"s);
  ASSERT_TRUE(message);
  ASSERT_TRUE(message->flaws().any());
  const std::string bytes = Writer::reply(*message, {.status = 400, .source = source}).finish();
  const Message reply = parsed(bytes);
  EXPECT_EQ(reply.header(HeaderName::from), "a X: y");
  EXPECT_EQ(reply.header(HeaderName::to), "\"x  \\\0\" <sip:a@b>"sv);
  EXPECT_EQ(reply.header(HeaderName::call_id), "a b");
}

TEST(Writer, CopiesLinesByteExact) {
  const std::string folded = "x-ODD  :  a\r\n \t b ";
  const Message message =
      parsed("OPTIONS sip:a@b SIP/2.0\r\n" + folded + "\r\nSubject: 1\r\ns: 2\r\n\r\n");
  Writer writer = Writer::request(Method::options, "sip:c@d");
  writer.copy(message.at(0)).copy_first(message, HeaderName::subject);
  writer.copy_all(message, HeaderName::subject).copy_first(message, HeaderName::date);
  EXPECT_EQ(writer.finish(),
            "OPTIONS sip:c@d SIP/2.0\r\n" + folded +
                "\r\nSubject: 1\r\nSubject: 1\r\ns: 2\r\nContent-Length: 0\r\n\r\n");
}

}  // namespace
}  // namespace strowger::sip
