#include "trace/filter.hpp"

#include "trace/packets_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::trace {
namespace {

using testing::HasSubstr;

Packet ringing() {
  Packet packet = packet_for_tests();
  packet.direction = Direction::out;
  packet.bytes.replace(0, packet.bytes.find("\r\n"), "SIP/2.0 180 Ringing");
  return packet;
}

Filter of(const char* text) {
  const auto filter = Filter::parse(text);
  EXPECT_TRUE(filter) << filter.error().what;
  return filter.value_or(Filter{});
}

TEST(TraceFilter, TakesWhatPassesAllThatIsSet) {
  struct Case {
    const char* filter;
    bool request, response;
  };
  const Case cases[] = {
      {"", true, true},
      {"call=abc@192.0.2.1\n", true, true},
      {"call=abc", false, false},
      {"call=ABC@192.0.2.1", false, false},  // Call-IDs have case (RFC 3261 20.8)
      {"number=1000", true, true},
      {"number=anna", true, true},     // From, which writes it with an escape
      {"number=100", false, false},
      {"address=192.0.2.1", true, true},
      {"address=192.0.2.1:5070", true, true},
      {"address=192.0.2.1:5060", false, false},
      {"address=127.0.0.1", false, false},  // ours
      {"address=2001:db8::1", false, false},
      {"method=INVITE", true, true},
      {"method=invite", true, true},
      {"method=BYE", false, false},
      {"number=1000\nmethod=INVITE\naddress=192.0.2.1", true, true},
      {"number=1000\nmethod=BYE", false, false},
  };
  for (const auto& [text, request, response] : cases) {
    SCOPED_TRACE(text);
    EXPECT_EQ(of(text).takes(packet_for_tests()), request);
    EXPECT_EQ(of(text).takes(ringing()), response);
  }
}

TEST(TraceFilter, TheRequestUriCountsToo) {
  Packet packet = packet_for_tests();
  packet.bytes.replace(packet.bytes.find("sip:1000@"), 8, "sip:2000");
  EXPECT_TRUE(of("number=2000").takes(packet));
  EXPECT_TRUE(of("number=1000").takes(packet));  // To
}

TEST(TraceFilter, WhatIsNoSipPassesOnlyWithoutQuestionsAboutItsContent) {
  Packet packet = packet_for_tests();
  packet.bytes = "\x16\x03\x01 hello";
  EXPECT_TRUE(of("").takes(packet));
  EXPECT_TRUE(of("address=192.0.2.1").takes(packet));
  EXPECT_FALSE(of("number=1000").takes(packet));
  EXPECT_FALSE(of("method=INVITE").takes(packet));
  EXPECT_FALSE(of("call=abc").takes(packet));
}

TEST(TraceFilter, IsTheSameAfterItsWayAsText) {
  for (const char* text : {"", "call=a=b\n", "number=1000\naddress=192.0.2.1:5060\nmethod=BYE\n",
                           "address=2001:db8::1\n", "address=[2001:db8::1]:5060\n"}) {
    EXPECT_EQ(of(text).text(), text);
  }
  EXPECT_EQ((Filter{.number = "1\n0\r0"}).text(), "number=100\n");
}

TEST(TraceFilter, SaysWhatThereIs) {
  for (const char* text : {"nonsense", "color=red", "address=localhost", "\n", "call", "=x"}) {
    const auto filter = Filter::parse(text);
    ASSERT_FALSE(filter) << text;
    EXPECT_THAT(filter.error().what, HasSubstr("call, number, address"));
  }
  EXPECT_TRUE(Filter::parse("call=" + std::string(filter_bytes_max - 5, 'x')));
  EXPECT_FALSE(Filter::parse("call=" + std::string(filter_bytes_max - 4, 'x')));
}

}  // namespace
}  // namespace strowger::trace
