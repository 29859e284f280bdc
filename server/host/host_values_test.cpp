// Small values of this room: addresses as written, and text made safe for a log.
#include "host/dns.hpp"
#include "host/log.hpp"
#include "host/sip_address.hpp"
#include "host/system_random.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace strowger::host {
namespace {

using testing::HasSubstr;

TEST(SipAddress, ParsesAndPrints) {
  for (const char* text : {"udp:127.0.0.1:5060", "tcp:[2001:db8::1]:0", "udp:0.0.0.0:65535"}) {
    const auto address = SipAddress::parse(text);
    ASSERT_TRUE(address) << text;
    EXPECT_EQ(address->text(), text);
  }
}

TEST(SipAddress, SaysWhatToWriteInstead) {
  for (const char* text : {"", "udp", "127.0.0.1:5060", "ws:127.0.0.1:5061", "udp:localhost:5060",
                           "udp:127.0.0.1", "udp:127.0.0.1:65536", "udp:::1:5060"}) {
    SCOPED_TRACE(text);
    const auto address = SipAddress::parse(text);
    ASSERT_FALSE(address);
    EXPECT_THAT(address.error().what, HasSubstr("udp:127.0.0.1:5060"));
  }
}

// RFC 3261 19.1.2: 5061 by TLS. What we open needs no listener of ours, by UDP and TCP it does.
TEST(ResolveSip, TakesTheUsualPortOfTheTransport) {
  SystemRandom random;
  for (const auto& [transport, port] : {std::pair{sip::Transport::udp, 5060},
                                        {sip::Transport::tcp, 5060},
                                        {sip::Transport::tls, 5061}}) {
    EXPECT_EQ(resolve_sip("192.0.2.1", 0, transport, random).value().at(0).port, port);
    EXPECT_EQ(resolve_sip("192.0.2.1", 5070, transport, random).value().at(0).port, 5070);
  }
  const auto here = IpAddress::loopback_v4();
  EXPECT_EQ(local_towards(here, sip::Transport::tls, {}), (Endpoint{here, 5061}));
  EXPECT_EQ(local_towards(here, sip::Transport::tcp, {}), std::nullopt);
  EXPECT_EQ(local_towards(here, sip::Transport::tls, {{sip::Transport::tls, {here, 5071}}}),
            (Endpoint{here, 5071}));
}

TEST(Log, EscapesWhatCouldForgeALineOrSteerATerminal) {
  const std::pair<std::string, const char*> cases[] = {
      {"plain text, Geschäft €, 日本", "plain text, Geschäft €, 日本"},
      {"line\r\nbreak", "line\\x0d\\x0abreak"},
      {"\x1b[31m", "\\x1b[31m"},
      {"\x7f", "\\x7f"},
      {"\xc2\x9b" "31m", "\\xc2\\x9b31m"},  // C1 control sequence introducer
      {"\xff\xfe", "\\xff\\xfe"},
      {"\xc0\x80", "\\xc0\\x80"},  // overlong
      {"cut \xe2\x82", "cut \\xe2\\x82"},
      {std::string("nul\0", 4), "nul\\x00"},
  };
  for (const auto& [text, want] : cases) EXPECT_EQ(escaped(text), want);
}

TEST(Log, ALineBeginsWithTheCallItIsAbout) {
  const LogSubject about{.call = "7f", .account = "default", .callflow = "office"};
  EXPECT_EQ(log_text(LogFormat::text, about, "begins"),
            "call=7f account=default callflow=office begins");
  EXPECT_EQ(log_text(LogFormat::text, {}, "call=7f is a lie"), "call=7f is a lie");
  EXPECT_EQ(log_text(LogFormat::json, about, "begins"),
            R"("call":"7f","account":"default","callflow":"office","text":"begins")");
  EXPECT_EQ(log_text(LogFormat::json, {.call = "7f"}, "begins"), R"("call":"7f","text":"begins")");
}

TEST(Log, NoTextLeavesItsJsonMember) {
  EXPECT_EQ(log_text(LogFormat::json, {}, "a\",\"level\":\"error\\\n\xff\x1b"),
            R"("text":"a\",\"level\":\"error\\\\x0a\\xff\\x1b")");
  EXPECT_EQ(log_text(LogFormat::text, {.call = "a\nb"}, ""), "call=a\\x0ab ");
}

TEST(Log, ALongLineIsCut) {
  const std::string text(log_line_bytes_max + 1, 'x');
  EXPECT_EQ(log_text(LogFormat::text, {}, text).size(), log_line_bytes_max);
}

TEST(SystemRandom, DoesNotRepeat) {
  SystemRandom random;
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1'000; ++i) seen.insert(random.bits());
  EXPECT_EQ(seen.size(), 1'000U);
}

}  // namespace
}  // namespace strowger::host
