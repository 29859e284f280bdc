#include "sip/headers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace strowger::sip {
namespace {

using namespace std::string_view_literals;

TEST(Grammar, ReadsNumbersWithinBounds) {
  EXPECT_EQ(parse_number("0", 10), 0U);
  EXPECT_EQ(parse_number("0010", 10), 10U);
  EXPECT_EQ(parse_number("11", 10), std::nullopt);
  EXPECT_EQ(parse_number("18446744073709551615", UINT64_MAX), UINT64_MAX);
  EXPECT_EQ(parse_number("18446744073709551616", UINT64_MAX), std::nullopt);
  for (const auto bad : {"", "+1", "-1", " 1", "1 ", "1.0", "0x1", "a"}) {
    EXPECT_EQ(parse_number(bad, 99), std::nullopt) << bad;
  }
}

TEST(Grammar, QuotesAndUnquotes) {
  EXPECT_EQ(unquoted(R"("a \"b\" \\ c")"), R"(a "b" \ c)");
  EXPECT_EQ(quoted_string("a \"b\" \\ c"), R"("a \"b\" \\ c")");
  EXPECT_EQ(quoted_string("Grüße\r\nX: y\t\x7f"), "\"GrüßeX: y\"");
  EXPECT_EQ(unquoted("plain token"), "plain token");
  EXPECT_EQ(unquoted("\"a\r\n  b\""), "a b");
  EXPECT_EQ(unquoted("\"\\"), "\"\\");
  EXPECT_EQ(unquoted("\""), "\"");
  EXPECT_EQ(unquoted("\"nul \\\0\""sv), "nul \0"sv);
  for (const auto text : {"", "a\"b\\c", "\xd0\xb9", "\\", "\""}) {
    EXPECT_EQ(unquoted(quoted_string(text)), text);
    EXPECT_EQ(quoted_end(quoted_string(text)), quoted_string(text).size());
  }
  EXPECT_EQ(quoted_end("\"a"), std::string_view::npos);
  EXPECT_EQ(quoted_end("\"a\\\""), std::string_view::npos);
  EXPECT_EQ(quoted_end("\"a\" tail"), 3U);
}

TEST(Grammar, CutsLists) {
  const auto items = [](std::string_view list) {
    std::vector<std::string> found;
    while (const auto item = next_item(list)) found.emplace_back(*item);
    return found;
  };
  using testing::ElementsAre;
  EXPECT_THAT(items("a, b ,c"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(items("a,,b,"), ElementsAre("a", "", "b", ""));
  EXPECT_THAT(items(""), ElementsAre(""));
  EXPECT_THAT(items("\"a,b\" <x>, <y,z>;p=\",\""), ElementsAre("\"a,b\" <x>", "<y,z>;p=\",\""));
  EXPECT_THAT(items("\"a,b"), ElementsAre("\"a,b"));
  EXPECT_THAT(items("<a,b"), ElementsAre("<a,b"));
  EXPECT_THAT(items("a\r\n ,\r\n b"), ElementsAre("a", "b"));
  EXPECT_TRUE(list_contains("timer, 100REL", "100rel"));
  EXPECT_FALSE(list_contains("timer, 100relx", "100rel"));
}

TEST(Grammar, UnfoldsAndTrims) {
  EXPECT_EQ(unfolded("a \r\n\t b"), "a b");
  EXPECT_EQ(unfolded("a\r\n b\r\n  c"), "a b c");
  EXPECT_EQ(unfolded("a  b"), "a  b");
  EXPECT_EQ(trim(" \t\r\n a b \r\n"), "a b");
  EXPECT_EQ(trim(" \t"), "");
}

TEST(Params, AreFoundByName) {
  const Params params(";a=1 ; B = \"x;\\\"y\" ;flag;empty=;a=2");
  EXPECT_EQ(params.get("A"), "1");
  EXPECT_EQ(params.get("b"), R"("x;\"y")");
  EXPECT_EQ(params.text_of("b"), "x;\"y");
  EXPECT_EQ(params.get("flag"), "");
  EXPECT_FALSE(params.find("flag")->has_value);
  EXPECT_TRUE(params.find("empty")->has_value);
  EXPECT_EQ(params.get("none"), std::nullopt);
  EXPECT_EQ(params.text_of("none"), std::nullopt);
  EXPECT_FALSE(Params("").has("x"));
}

TEST(Params, AreHeldToTheirForm) {
  for (const auto good : {"", ";a", ";a=b", "; a = b ; c", ";a=\"x y;z\"", ";a=[::1]",
                          ";a=\"\xd0\xb9\"", ";a=[::1]:5060"}) {
    EXPECT_TRUE(Params(good).well_formed()) << good;
  }
  for (const auto bad : {";", ";;a", ";a;", ";a=", ";=b", ";a=\"x", ";a=x y", ";a b", "a=b",
                         ";a<=b", ";a=<b>", ";a=b,c"}) {
    EXPECT_FALSE(Params(bad).well_formed()) << bad;
  }
}

TEST(Params, AreGoodUpToTheFirstBadOne) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {";a=1;b", ";a=1;b"}, {";a=1;;b", ";a=1"}, {";a=1 x", ";a=1"}, {";;a", ""}, {"", ""},
  };
  for (const auto& [text, good] : cases) EXPECT_EQ(Params(text).good_part().text(), good) << text;
}

struct AddressCase {
  std::string_view text, display, uri, params;
};

TEST(NameAddr, IsTakenApart) {
  const AddressCase cases[] = {
      {"sip:a@b", "", "sip:a@b", ""},
      {"sip:a@b;tag=1", "", "sip:a@b", ";tag=1"},
      {"<sip:a@b;lr>;tag=1", "", "sip:a@b;lr", ";tag=1"},
      {"A. G. Bell <sip:a@b> ;tag=1", "A. G. Bell", "sip:a@b", ";tag=1"},
      {"caller<sip:a@b>;tag=323", "caller", "sip:a@b", ";tag=323"},
      {R"("x \" <y>" <sip:a@b>)", R"(x " <y>)", "sip:a@b", ""},
      {"\"\"<sip:a@b>", "", "sip:a@b", ""},
      {"\xd0\xb9 <sip:a@b>", "\xd0\xb9", "sip:a@b", ""},
      {"\"Mr.\r\n Watson\"\r\n <sip:a@b>\r\n ;tag=x", "Mr. Watson", "sip:a@b", ";tag=x"},
      {"<sip:a@b?Route=%3Csip:c%3E>", "", "sip:a@b?Route=%3Csip:c%3E", ""},
      {"sip:a@b;p=\"<\"", "", "sip:a@b", ";p=\"<\""},
      {"<sip:a@b>;p=\">,<\"", "", "sip:a@b", ";p=\">,<\""},
      {"sip:a@b\t;tag=1", "", "sip:a@b", ";tag=1"},
  };
  for (const auto& want : cases) {
    const auto address = NameAddr::parse(want.text);
    ASSERT_TRUE(address) << want.text;
    EXPECT_EQ(address->display_text(), want.display) << want.text;
    EXPECT_EQ(address->uri, want.uri) << want.text;
    EXPECT_EQ(address->params.text(), want.params) << want.text;
    EXPECT_FALSE(address->star);
  }
  EXPECT_TRUE(NameAddr::parse(" * ")->star);
}

TEST(NameAddr, RefusesMalformedOnes) {
  const std::string_view cases[] = {
      "",
      "\"Mr. J. User <sip:j.user@example.com>",
      "\"Watson\" < sip:t.watson@example.org >",
      "\"Watson\" sip:a@b",
      "\"Watson\"",
      "<sip:a@b",
      "<>",
      "a\"b\" <sip:a@b>",
      "Bell, Alexander <sip:a.g.bell@example.com>;tag=43",
      "sip:a@b?x=y",
      "sip:a,c@b",
      "sip:a@b c",
      "<sip:a@b>;;;;",
      "<sip:a@b> tag=1",
      "<sip:a\nb@c>",
      "<sip:a@b\0>"sv,
      "<sip:\"a\"@b>",
  };
  for (const std::string_view text : cases) EXPECT_FALSE(NameAddr::parse(text)) << text;
}

TEST(NameAddr, GivesItsTag) {
  EXPECT_EQ(NameAddr::parse("<sip:a@b>;x;TAG=abc;y")->tag(), "abc");
  EXPECT_EQ(NameAddr::parse("<sip:a@b;tag=no>")->tag(), std::nullopt);
  EXPECT_EQ(NameAddr::parse("sip:a@b;tag")->tag(), std::nullopt);
}

TEST(ViaValue, IsTakenApart) {
  const auto via =
      Via::parse("SIP / 2.0\r\n / UDP  first.example.com : 4000;ttl=16 ;branch=z9 ;rport");
  ASSERT_TRUE(via);
  EXPECT_EQ(via->version, "2.0");
  EXPECT_EQ(via->transport, "UDP");
  EXPECT_EQ(via->host, "first.example.com");
  EXPECT_EQ(via->port, 4000);
  EXPECT_EQ(via->branch(), "z9");
  EXPECT_TRUE(via->has_rport());
  EXPECT_EQ(via->rport(), std::nullopt);

  const auto v6 = Via::parse("SIP/2.0/TLS-SCTP [2001:db8::9]:5061;received=[::1];rport=5");
  ASSERT_TRUE(v6);
  EXPECT_EQ(v6->transport, "TLS-SCTP");
  EXPECT_EQ(v6->sent_by, "[2001:db8::9]:5061");
  EXPECT_EQ(v6->received(), "[::1]");
  EXPECT_EQ(v6->rport(), 5);
  EXPECT_EQ(Via::parse("SIP/2.0/UDP h")->sent_by, "h");
  EXPECT_EQ(Via::parse("SIP/2.0/UDP h;rport=999999")->rport(), std::nullopt);
  EXPECT_EQ(Via::parse("SIP/2.0/UDP h;rport=0")->rport(), std::nullopt);
}

TEST(ViaValue, RefusesMalformedOnes) {
  for (const auto bad :
       {"", "SIP/2.0", "SIP/2.0/UDP", "SIP/2.0/UDP ", "HTTP/2.0/UDP h", "SIP/2.0/UDPh:5",
        "SIP/2.0/UDP h:", "SIP/2.0/UDP h:65536", "SIP/2.0/UDP :5060", "SIP/2.0/UDP [::1",
        "SIP/2.0/UDP 192.0.2.15;;", "SIP/2.0/UDP h;branch=", "SIP/2.0/UDP h x", "SIP//UDP h"}) {
    EXPECT_FALSE(Via::parse(bad)) << bad;
  }
}

TEST(ViaValue, IsSalvagedForTheReply) {
  const auto via = Via::salvage("SIP/2.0/UDP 192.0.2.15:5;branch=1;;x");
  ASSERT_TRUE(via);
  EXPECT_EQ(via->sent_by, "192.0.2.15:5");
  EXPECT_EQ(via->params.text(), ";branch=1");
  EXPECT_EQ(Via::salvage("SIP/2.0/UDP h;;")->params.text(), "");
  EXPECT_FALSE(Via::salvage("SIP/2.0/UDP ;branch=1"));
  EXPECT_FALSE(Via::salvage("garbage"));
}

TEST(ViaValue, LeadsTheReplyBackAndNowhereElse) {
  const Endpoint source = *Endpoint::parse("192.0.2.7:3333");
  struct Case {
    std::string_view via;
    Transport transport;
    std::string_view want;
  };
  const Case cases[] = {
      {"SIP/2.0/UDP 192.0.2.7:5070;rport", Transport::udp, "192.0.2.7:3333"},
      {"SIP/2.0/UDP 192.0.2.7:5070", Transport::udp, "192.0.2.7:5070"},
      {"SIP/2.0/UDP 192.0.2.7", Transport::udp, "192.0.2.7:5060"},
      {"SIP/2.0/UDP 192.0.2.7:0", Transport::udp, "192.0.2.7:5060"},
      {"SIP/2.0/UDP 10.0.0.1:5070;maddr=10.0.0.2;received=10.0.0.3", Transport::udp,
       "192.0.2.7:5070"},
      {"SIP/2.0/TCP 10.0.0.1:5070", Transport::tcp, "192.0.2.7:3333"},
  };
  for (const auto& [text, transport, want] : cases) {
    EXPECT_EQ(reply_endpoint(*Via::parse(text), source, transport).text(), want) << text;
  }
}

TEST(SequenceValues, AreBounded) {
  const auto cseq = CSeq::parse("2147483647 \t INVITE");
  ASSERT_TRUE(cseq);
  EXPECT_EQ(cseq->number, sequence_max);
  EXPECT_EQ(cseq->method, Method::invite);
  EXPECT_EQ(CSeq::parse("0 newmethod")->method_text, "newmethod");
  for (const auto bad : {"", "1", "INVITE", "1INVITE", "2147483648 INVITE", "-1 INVITE",
                         "1 IN VITE", "1 <x>", "36893488147419103232 REGISTER"}) {
    EXPECT_FALSE(CSeq::parse(bad)) << bad;
  }
  const auto rack = RAck::parse("776656 1 INVITE");
  ASSERT_TRUE(rack);
  EXPECT_EQ(rack->rseq, 776656U);
  EXPECT_EQ(rack->cseq, 1U);
  EXPECT_EQ(rack->method, Method::invite);
  for (const auto bad : {"", "1", "1 1", "0 1 INVITE", "1 2147483648 INVITE", "x 1 INVITE"}) {
    EXPECT_FALSE(RAck::parse(bad)) << bad;
  }
}

TEST(TypeValues, AreTakenApart) {
  const auto type = ContentType::parse("Multipart / Mixed ;boundary=\"a b\"");
  ASSERT_TRUE(type);
  EXPECT_TRUE(type->is("multipart", "mixed"));
  EXPECT_FALSE(type->is("multipart", "related"));
  EXPECT_EQ(type->params.text_of("boundary"), "a b");
  for (const auto bad : {"", "text", "text/", "/plain", "te xt/plain", "text/plain;;", "a/b/c"}) {
    EXPECT_FALSE(ContentType::parse(bad)) << bad;
  }
  const auto replaces = TokenParams::parse("12@[::1];to-tag=1;from-tag=2");
  ASSERT_TRUE(replaces);
  EXPECT_EQ(replaces->token, "12@[::1]");
  EXPECT_EQ(replaces->params.get("from-tag"), "2");
  EXPECT_EQ(TokenParams::parse("Q.850 ;cause=17;text=\"User busy\"")->token, "Q.850");
  for (const auto bad : {"", ";a=b", "a b", "a;;"}) EXPECT_FALSE(TokenParams::parse(bad)) << bad;
}

Message message_with(std::string_view headers) {
  return *Message::parse("INVITE sip:a@b SIP/2.0\r\n" + std::string(headers) + "\r\n");
}

TEST(Headers, AreTypedStraightFromTheMessage) {
  const Message message = message_with(
      "Via: SIP/2.0/UDP h;branch=1, SIP/2.0/UDP i\r\nFrom: <sip:f@h>;tag=ft\r\nTo: sip:t@h\r\n"
      "i: id@h\r\nCSeq: 5 INVITE\r\nRAck: 1 5 INVITE\r\nRSeq: 7\r\nMax-Forwards: 70\r\n"
      "Expires: 4294967295\r\nSupported: timer\r\nk: 100rel, path\r\nm: <sip:c@h>, <sip:d@h>\r\n"
      "c: application/sdp\r\n");
  EXPECT_EQ(top_via(message)->branch(), "1");
  EXPECT_EQ(from_tag(message), "ft");
  EXPECT_EQ(to_tag(message), "");
  EXPECT_EQ(to(message)->uri, "sip:t@h");
  EXPECT_EQ(call_id(message), "id@h");
  EXPECT_EQ(cseq(message)->number, 5U);
  EXPECT_EQ(rack(message)->rseq, 1U);
  EXPECT_EQ(rseq(message), 7U);
  EXPECT_EQ(max_forwards(message), 70);
  EXPECT_EQ(expires(message), 4294967295U);
  EXPECT_TRUE(has_token(message, HeaderName::supported, "PATH"));
  EXPECT_FALSE(has_token(message, HeaderName::require, "path"));
  EXPECT_EQ(contact(message)->uri, "sip:c@h");
  EXPECT_TRUE(content_type(message)->is("application", "sdp"));
}

TEST(Headers, GiveNothingForBadOrAbsentOnes) {
  const Message bad = message_with(
      "Via: x\r\nFrom: \"\r\nCSeq: x\r\nRSeq: 0\r\nMax-Forwards: 256\r\n"
      "Expires: 4294967296\r\nContact: *\r\nContent-Type: x\r\n");
  const Message none = message_with("");
  for (const Message& message : {bad, none}) {
    EXPECT_FALSE(top_via(message));
    EXPECT_FALSE(from(message));
    EXPECT_FALSE(to(message));
    EXPECT_EQ(from_tag(message), "");
    EXPECT_EQ(call_id(message), "");
    EXPECT_FALSE(cseq(message));
    EXPECT_FALSE(rack(message));
    EXPECT_FALSE(rseq(message));
    EXPECT_FALSE(max_forwards(message));
    EXPECT_FALSE(expires(message));
    EXPECT_FALSE(contact(message));
    EXPECT_FALSE(content_type(message));
  }
}

TEST(Transports, HaveNames) {
  EXPECT_EQ(via_name(Transport::udp), "UDP");
  EXPECT_EQ(via_name(Transport::wss), "WSS");
  EXPECT_EQ(uri_name(Transport::tcp), "tcp");
  EXPECT_EQ(uri_name(Transport::tls), "tls");
}

}  // namespace
}  // namespace strowger::sip
