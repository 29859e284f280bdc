#include "model/seat.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace strowger::model {
namespace {

constexpr const char* anna = R"({
  "id": "anna", "first_name": "Anna", "last_name": "Berg", "email": "anna@example.com",
  "extension": "201", "enabled": false, "timezone": "Europe/Berlin", "language": "de-DE",
  "ring_timeout_s": 45, "outbound": ["national", "emergency"],
  "caller_id": {"internal": {"name": "Anna", "number": "201"},
                "external": {"name": "Berg AG", "number": "+4930123456"}},
  "call_forward": {"enabled": true, "number": "+491701234567", "substitute": false,
                   "require_keypress": false, "keep_caller_id": false,
                   "direct_calls_only": true, "ignore_early_media": false},
  "do_not_disturb": {"enabled": true},
  "priv_level": "user", "vm_to_email_enabled": true, "hotdesk": {"enabled": false, "id": "7"}
})";

TEST(Seat, IsReadWhole) {
  const auto seat = parse_seat(anna);
  ASSERT_TRUE(seat) << one_line(seat.error().front());
  EXPECT_EQ(seat->id, "anna");
  EXPECT_EQ(seat->name(), "Anna Berg");
  EXPECT_EQ(seat->email, "anna@example.com");
  EXPECT_EQ(seat->extension, "201");
  EXPECT_FALSE(seat->enabled);
  EXPECT_EQ(seat->timezone, "Europe/Berlin");
  EXPECT_EQ(seat->language, "de-DE");
  EXPECT_EQ(seat->ring_timeout, std::chrono::seconds(45));
  EXPECT_EQ(seat->outbound, (std::vector<std::string>{"national", "emergency"}));
  EXPECT_EQ(seat->calls.caller_id.external, (CallerId{"Berg AG", "+4930123456"}));
  EXPECT_EQ(seat->calls.call_forward,
            (CallForward{true, "+491701234567", false, false, false, true, false}));
  EXPECT_TRUE(seat->calls.do_not_disturb);
}

TEST(Seat, HasQuietDefaults) {
  const auto seat = parse_seat(R"({"last_name": "Berg", "email": null})");
  ASSERT_TRUE(seat);
  EXPECT_EQ(seat->name(), "Berg");
  EXPECT_EQ(seat->extension, "");
  EXPECT_TRUE(seat->enabled);
  EXPECT_TRUE(seat->outbound.empty());
  EXPECT_EQ(seat->calls, CallPreferences{});
  EXPECT_EQ(seat->ring_timeout, ring_timeout_default);
}

TEST(Seat, UnknownMembersSurvive) {
  auto seat = parse_seat(anna);
  ASSERT_TRUE(seat);
  const auto text = serialize(*seat);
  EXPECT_NE(text.find(R"("priv_level":"user","vm_to_email_enabled":true,)"
                      R"("hotdesk":{"enabled":false,"id":"7"})"),
            std::string::npos);
  seat->assign_id("a2");
  EXPECT_EQ(parse_seat(serialize(*seat))->id, "a2");
}

TEST(Seat, WhatIsWrongIsToldWithItsPlace) {
  const std::string long_name(first_name_chars_max + 1, 'a');
  const struct {
    std::string text;
    const char* pointer;
    const char* code;
  } cases[] = {
      {"[]", "", "wrong-type"},
      {"{", "", "not-json"},
      {std::string(seat_bytes_max + 1, ' '), "", "too-large"},
      {"{}", "/first_name", "missing"},
      {R"({"first_name": 7})", "/first_name", "wrong-type"},
      {R"({"first_name": ")" + long_name + "\"}", "/first_name", "bad-length"},
      {R"({"first_name": "a\nb"})", "/first_name", "bad-value"},
      {R"({"first_name": "a", "id": "a b"})", "/id", "bad-value"},
      {R"({"first_name": "a", "email": "anna"})", "/email", "bad-value"},
      {R"({"first_name": "a", "email": "a@b\r\nBcc: c"})", "/email", "bad-value"},
      {R"({"first_name": "a", "extension": "no_match"})", "/extension", "bad-value"},
      {R"({"first_name": "a", "extension": "2 01"})", "/extension", "bad-value"},
      {R"({"first_name": "a", "extension": 201})", "/extension", "wrong-type"},
      {R"({"first_name": "a", "timezone": "../../etc"})", "/timezone", "bad-value"},
      {R"({"first_name": "a", "ring_timeout_s": 0})", "/ring_timeout_s", "bad-value"},
      {R"({"first_name": "a", "ring_timeout_s": 301})", "/ring_timeout_s", "bad-value"},
      {R"({"first_name": "a", "enabled": "yes"})", "/enabled", "wrong-type"},
      {R"({"first_name": "a", "outbound": ["a", 1]})", "/outbound/1", "bad-value"},
      {R"({"first_name": "a", "outbound": "all"})", "/outbound", "wrong-type"},
      {R"({"first_name": "a", "caller_id": {"internal": 1}})", "/caller_id/internal",
       "wrong-type"},
      {R"({"first_name": "a", "caller_id": {"external": {"number": "a b"}}})",
       "/caller_id/external/number", "bad-value"},
      {R"({"first_name": "a", "call_forward": {"enabled": true}})", "/call_forward/number",
       "missing"},
      {R"({"first_name": "a", "do_not_disturb": true})", "/do_not_disturb", "wrong-type"},
      {R"({"first_name": "a", "first_name": "b"})", "/first_name", "duplicate-key"},
  };
  for (const auto& c : cases) {
    const auto seat = parse_seat(c.text);
    ASSERT_FALSE(seat) << c.text;
    EXPECT_EQ(seat.error().front().pointer, c.pointer) << c.text;
    EXPECT_EQ(seat.error().front().code, c.code) << c.text;
  }
}

TEST(Seat, TextsHaveTheirForms) {
  const std::string long_email(email_bytes_max, 'a');
  const struct {
    const char* member;
    std::vector<std::string> good;
    std::vector<std::string> bad;
  } cases[] = {
      {"timezone",
       {"", "Europe/Berlin", "UTC", "Etc/GMT+1", "America/Port-au-Prince"},
       {"/etc", "_", "a b", "{x}", "[x]", "^", std::string(65, 'a')}},
      {"language", {"", "en", "de-CH", "zh-Hant"}, {"e", "de_CH", std::string(36, 'a')}},
      {"email",
       {"", "a@b", "a@b@c", "\u00e4@b"},
       {"a", "@b", "a@", "a b@c", "<a@b>", "a@b>", "a@b,c@d", R"(\"a\"@b)", "a@b\u007f",
        long_email + "@b"}},
  };
  for (const auto& [member, good, bad] : cases) {
    const auto with = [&](const std::string& value) {
      return parse_seat(R"({"first_name": "a", ")" + std::string(member) + R"(": ")" + value +
                        "\"}");
    };
    for (const auto& value : good) EXPECT_TRUE(with(value)) << member << ": " << value;
    for (const auto& value : bad) EXPECT_FALSE(with(value)) << member << ": " << value;
  }
}

TEST(Seat, ClassesOfNumbersHaveNames) {
  const auto with = [](const std::string& name) {
    return parse_seat(R"({"first_name": "a", "outbound": [")" + name + "\"]}");
  };
  for (const char* name : {"national", "to_9", "A-b"}) EXPECT_TRUE(with(name)) << name;
  const std::string long_name(outbound_class_chars_max + 1, 'a');
  for (const auto& name : {std::string(), std::string("a b"), long_name}) {
    EXPECT_FALSE(with(name)) << name;
  }
}

}  // namespace
}  // namespace strowger::model
