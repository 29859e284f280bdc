#include "sip/uri.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::sip {
namespace {

using namespace std::string_view_literals;

struct Parts {
  std::string_view text;
  Scheme scheme;
  std::string_view user, password, host;
  int port;  // -1: none
  std::string_view params, headers;
};

TEST(Uri, IsTakenApart) {
  const Parts cases[] = {
      {"sip:alice@atlanta.com", Scheme::sip, "alice", "", "atlanta.com", -1, "", ""},
      {"sip:alice:secretword@atlanta.com;transport=tcp", Scheme::sip, "alice", "secretword",
       "atlanta.com", -1, ";transport=tcp", ""},
      {"sips:alice@atlanta.com?subject=project%20x&priority=urgent", Scheme::sips, "alice", "",
       "atlanta.com", -1, "", "subject=project%20x&priority=urgent"},
      {"sip:+1-212-555-1212:1234@gateway.com;user=phone", Scheme::sip, "+1-212-555-1212", "1234",
       "gateway.com", -1, ";user=phone", ""},
      {"SIP:atlanta.com;method=REGISTER?to=alice%40atlanta.com", Scheme::sip, "", "", "atlanta.com",
       -1, ";method=REGISTER", "to=alice%40atlanta.com"},
      {"sip:alice;day=tuesday@atlanta.com", Scheme::sip, "alice;day=tuesday", "", "atlanta.com", -1,
       "", ""},
      {"sip:[2001:db8::10]:5070", Scheme::sip, "", "", "[2001:db8::10]", 5070, "", ""},
      {"sip:u@[2001:db8:::192.0.2.1]", Scheme::sip, "u", "", "[2001:db8:::192.0.2.1]", -1, "", ""},
      {"sip:192.0.2.1:65535;lr", Scheme::sip, "", "", "192.0.2.1", 65535, ";lr", ""},
      {"sip:a?b/c@h", Scheme::sip, "a?b/c", "", "h", -1, "", ""},
      {"sip:%00@h", Scheme::sip, "%00", "", "h", -1, "", ""},
      {"sip:\xd0\xb9@h", Scheme::sip, "\xd0\xb9", "", "h", -1, "", ""},
      {"sip:p@my_pod", Scheme::sip, "p", "", "my_pod", -1, "", ""},
      {"tel:+1-201-555-0123", Scheme::tel, "+1-201-555-0123", "", "", -1, "", ""},
      {"tel:7042;phone-context=example.com", Scheme::tel, "7042", "", "", -1,
       ";phone-context=example.com", ""},
      {"urn:service:sos", Scheme::other, "service:sos", "", "", -1, "", ""},
      {"http://www.example.com", Scheme::other, "//www.example.com", "", "", -1, "", ""},
  };
  for (const Parts& want : cases) {
    const auto uri = SipUri::parse(want.text);
    ASSERT_TRUE(uri) << want.text;
    EXPECT_EQ(uri->scheme, want.scheme) << want.text;
    EXPECT_EQ(uri->user, want.user) << want.text;
    EXPECT_EQ(uri->password, want.password) << want.text;
    EXPECT_EQ(uri->host, want.host) << want.text;
    EXPECT_EQ(uri->port ? *uri->port : -1, want.port) << want.text;
    EXPECT_EQ(uri->params.text(), want.params) << want.text;
    EXPECT_EQ(uri->headers, want.headers) << want.text;
    EXPECT_EQ(uri->text, want.text);
  }
}

TEST(Uri, OfTheTortureTestKeepsItsUser) {
  const auto uri = SipUri::parse(
      "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too."
      "(doesn't-it)@example.com");
  ASSERT_TRUE(uri);
  EXPECT_EQ(uri->user, "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*");
  EXPECT_EQ(uri->password, "&it+has=1,weird!*pas$wo~d_too.(doesn't-it)");
  EXPECT_EQ(uri->host, "example.com");
}

TEST(Uri, RefusesMalformedOnes) {
  const std::string_view cases[] = {
      "",
      "sip",
      "sip:",
      ":a@b",
      "1sip:a@b",
      "s p:a@b",
      "sip:@host",
      "sip::pw@host",
      "sip:a@",
      "sip:a@:5060",
      "sip:a@host:",
      "sip:a@host:65536",
      "sip:a@host:-1",
      "sip:a@host:5060x",
      "sip:a@host:99999999999999999999",
      "sip:a b@host",
      "sip:a@ho st",
      "sip:a@host; lr",
      "sip:a@b@c",
      "sip:a%@host",
      "sip:a%4@host",
      "sip:a%zz@host",
      "sip:\"a\"@host",
      "sip:<a>@host",
      "sip:a@[fe80::1%25eth0]",
      "sip:a@[fe80::1",
      "sip:a@[]",
      "sip:a@host;",
      "sip:a@host;;lr",
      "sip:a@host;=x",
      "sip:a@host?",
      "sip:a@host;x=%",
      "sip:a@h\xd0\xb9",
      "tel:",
      "tel:alice",
      "tel:1;",
      "other:",
      "other:a b",
      "other:%",
      "sip:a\0@host"sv,
  };
  for (const std::string_view text : cases) EXPECT_FALSE(SipUri::parse(text)) << text;
}

TEST(Uri, NamesItsScheme) {
  EXPECT_EQ(scheme_of("SIPS:a"), Scheme::sips);
  EXPECT_EQ(scheme_of("tel:"), Scheme::tel);
  EXPECT_EQ(scheme_of("soap.beep://h"), Scheme::other);
  EXPECT_EQ(scheme_of("no colon"), std::nullopt);
  EXPECT_EQ(scheme_of("-a:b"), std::nullopt);
}

TEST(Uri, BaseEndsBeforeParameters) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"sip:a@h", "sip:a@h"},
      {"sip:a@h:5070", "sip:a@h:5070"},
      {"sip:a@h:5070;lr", "sip:a@h:5070"},
      {"sip:a@h:5070;lr?x=y", "sip:a@h:5070"},
      {"sip:a@h:5070?x=y", "sip:a@h:5070"},
      {"sip:a@h?x=y", "sip:a@h"},
      {"sip:a@[::1];lr", "sip:a@[::1]"},
      {"tel:123;phone-context=x", "tel:123"},
      {"urn:x", "urn:x"},
  };
  for (const auto& [text, base] : cases) EXPECT_EQ(SipUri::parse(text)->base(), base);
}

TEST(Escapes, AreResolvedAndMade) {
  EXPECT_EQ(unescape("a%20b%41"), "a bA");
  EXPECT_EQ(unescape("null-%00-null"), "null-\0-null"sv);
  EXPECT_EQ(unescape("100%"), "100%");
  EXPECT_EQ(unescape("%4"), "%4");
  EXPECT_EQ(unescape("%zz%41"), "%zzA");
  EXPECT_EQ(escape_user("a b@c\"<\r\n%"), "a%20b%40c%22%3C%0D%0A%25");
  EXPECT_EQ(escape_user("+1-212;x=1&y,$?/"), "+1-212;x=1&y,$?/");
  EXPECT_EQ(escape_user("\xd0\xb9\0"sv), "%D0%B9%00");
  EXPECT_EQ(unescape(escape_user("any \0 text \xff"sv)), "any \0 text \xff"sv);
}

struct Pair {
  std::string_view a, b;
};

bool equal(const Pair& pair) {
  const auto a = SipUri::parse(pair.a);
  const auto b = SipUri::parse(pair.b);
  EXPECT_TRUE(a && b) << pair.a << " " << pair.b;
  const bool result = a && b && *a == *b;
  EXPECT_EQ(result, a && b && *b == *a) << "equality goes both ways: " << pair.a;
  return result;
}

// The examples of RFC 3261 19.1.4, and ours.
TEST(UriEquality, Holds) {
  const Pair cases[] = {
      {"sip:%61lice@atlanta.com;transport=TCP", "sip:alice@AtLanTa.CoM;Transport=tcp"},
      {"sip:carol@chicago.com", "sip:carol@chicago.com;newparam=5"},
      {"sip:carol@chicago.com;security=on", "sip:carol@chicago.com;newparam=5"},
      {"sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com",
       "sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com"},
      {"sip:alice@atlanta.com?subject=project%20x&priority=urgent",
       "sip:alice@atlanta.com?priority=urgent&subject=project%20x"},
      {"sip:a@h;p=%41", "sip:a@h;p=a"},
      {"sip:%3ba@h", "sip:%3Ba@h"},
      {"tel:+1(201)555-0123", "tel:+12015550123"},
      {"urn:service:sos", "urn:service:sos"},
  };
  for (const Pair& pair : cases) EXPECT_TRUE(equal(pair)) << pair.a << " " << pair.b;
}

TEST(UriEquality, Fails) {
  const Pair cases[] = {
      {"SIP:ALICE@AtLanTa.CoM;Transport=udp", "sip:alice@AtLanTa.CoM;Transport=UDP"},
      {"sip:bob@biloxi.com", "sip:bob@biloxi.com:5060"},
      {"sip:bob@biloxi.com", "sip:bob@biloxi.com;transport=udp"},
      {"sip:bob@biloxi.com", "sip:bob@biloxi.com:6000;transport=tcp"},
      {"sip:carol@chicago.com", "sip:carol@chicago.com?Subject=next%20meeting"},
      {"sip:bob@phone21.boxesbybob.com", "sip:bob@192.0.2.4"},
      {"sip:carol@chicago.com;security=on", "sip:carol@chicago.com;security=off"},
      {"sip:a@h", "sips:a@h"},
      {"sip:%00@h", "sip:%00%00@h"},
      {"sip:a%00b@h", "sip:a%00c@h"},
      {"sip:a;b@h", "sip:a%3bb@h"},
      {"sip:a@h", "sip:a:p@h"},
      {"sip:a@h;maddr=1.2.3.4", "sip:a@h"},
      {"sip:a@h?x=1&x=1", "sip:a@h?x=1"},
      {"sip:a@h?x=1&x=1", "sip:a@h?x=1&y=2"},
      {"tel:+12015550123", "tel:+12015550124"},
      {"tel:123", "sip:123@h"},
      {"urn:service:sos", "urn:service:SOS"},
  };
  for (const Pair& pair : cases) EXPECT_FALSE(equal(pair)) << pair.a << " " << pair.b;
}

TEST(UriEquality, DoesNotCompareSetsWithoutBound) {
  std::string many = "sip:a@h";
  for (int i = 0; i < 40; ++i) many += ";p" + std::to_string(i) + "=1";
  const std::string more = many + ";q=1";
  EXPECT_TRUE(equal({many, many}));
  EXPECT_FALSE(equal({many, more}));
}

// RFC 3261 19.1.6
TEST(SipUri, ANumberStandsWithoutTheParametersOfItsTelUri) {
  const auto number = [](std::string_view uri) { return SipUri::parse(uri)->number_text(); };
  EXPECT_EQ(number("sip:+358-555-1234567;postd=pp22@foo.com;user=phone"), "+358-555-1234567");
  EXPECT_EQ(number("sip:203;phone-context=x@foo.com"), "203");
  EXPECT_EQ(number("sip:%2A72201;x@foo.com"), "*72201");
  EXPECT_EQ(number("sip:anna;day=1@foo.com"), "anna;day=1");
  EXPECT_EQ(number("sip:203%3Bx@foo.com"), "203;x");
  EXPECT_EQ(number("sip:203@foo.com"), "203");
}

}  // namespace
}  // namespace strowger::sip
