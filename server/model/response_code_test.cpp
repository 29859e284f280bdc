#include "model/response_code.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

namespace strowger::model {
namespace {

struct Row {
  int code;
  const char* name;
  int rfc;
  const char* verdict;
};

// Held against the IANA registry of SIP response codes by hand; not made from the table under test.
constexpr Row registry[] = {
    {100, "Trying", 3261, "no"},
    {180, "Ringing", 3261, "no"},
    {181, "Call Is Being Forwarded", 3261, "no"},
    {182, "Queued", 3261, "no"},
    {183, "Session Progress", 3261, "no"},
    {199, "Early Dialog Terminated", 6228, "no"},
    {200, "OK", 3261, "no"},
    {202, "Accepted", 6665, "no"},
    {204, "No Notification", 5839, "no"},
    {300, "Multiple Choices", 3261, "ask"},
    {301, "Moved Permanently", 3261, "ask"},
    {302, "Moved Temporarily", 3261, "ask"},
    {305, "Use Proxy", 3261, "no"},
    {380, "Alternative Service", 3261, "no"},
    {400, "Bad Request", 3261, "warn"},
    {401, "Unauthorized", 3261, "no"},
    {402, "Payment Required", 3261, "warn"},
    {403, "Forbidden", 3261, "ok"},
    {404, "Not Found", 3261, "ok"},
    {405, "Method Not Allowed", 3261, "automatic"},
    {406, "Not Acceptable", 3261, "warn"},
    {407, "Proxy Authentication Required", 3261, "no"},
    {408, "Request Timeout", 3261, "warn"},
    {410, "Gone", 3261, "ok"},
    {412, "Conditional Request Failed", 3903, "no"},
    {413, "Request Entity Too Large", 3261, "warn"},
    {414, "Request-URI Too Long", 3261, "warn"},
    {415, "Unsupported Media Type", 3261, "automatic"},
    {416, "Unsupported URI Scheme", 3261, "warn"},
    {417, "Unknown Resource-Priority", 4412, "no"},
    {420, "Bad Extension", 3261, "no"},
    {421, "Extension Required", 3261, "no"},
    {422, "Session Interval Too Small", 4028, "no"},
    {423, "Interval Too Brief", 3261, "no"},
    {424, "Bad Location Information", 6442, "no"},
    {425, "Bad Alert Message", 8876, "no"},
    {428, "Use Identity Header", 8224, "warn"},
    {429, "Provide Referrer Identity", 3892, "no"},
    {430, "Flow Failed", 5626, "no"},
    {433, "Anonymity Disallowed", 5079, "ok"},
    {436, "Bad Identity Info", 8224, "warn"},
    {437, "Unsupported Credential", 8224, "warn"},
    {438, "Invalid Identity Header", 8224, "warn"},
    {439, "First Hop Lacks Outbound Support", 5626, "no"},
    {440, "Max-Breadth Exceeded", 5393, "no"},
    {469, "Bad Info Package", 6086, "no"},
    {470, "Consent Needed", 5360, "no"},
    {480, "Temporarily Unavailable", 3261, "ok"},
    {481, "Call/Transaction Does Not Exist", 3261, "no"},
    {482, "Loop Detected", 3261, "warn"},
    {483, "Too Many Hops", 3261, "warn"},
    {484, "Address Incomplete", 3261, "warn"},
    {485, "Ambiguous", 3261, "ok"},
    {486, "Busy Here", 3261, "ok"},
    {487, "Request Terminated", 3261, "no"},
    {488, "Not Acceptable Here", 3261, "automatic"},
    {489, "Bad Event", 6665, "no"},
    {491, "Request Pending", 3261, "no"},
    {493, "Undecipherable", 3261, "no"},
    {494, "Security Agreement Required", 3329, "no"},
    {500, "Server Internal Error", 3261, "warn"},
    {501, "Not Implemented", 3261, "warn"},
    {502, "Bad Gateway", 3261, "warn"},
    {503, "Service Unavailable", 3261, "warn"},
    {504, "Server Time-out", 3261, "warn"},
    {505, "Version Not Supported", 3261, "no"},
    {513, "Message Too Large", 3261, "warn"},
    {555, "Push Notification Service Not Supported", 8599, "no"},
    {580, "Precondition Failure", 3312, "no"},
    {600, "Busy Everywhere", 3261, "ok"},
    {603, "Decline", 3261, "ok"},
    {604, "Does Not Exist Anywhere", 3261, "ok"},
    {606, "Not Acceptable", 3261, "automatic"},
    {607, "Unwanted", 8197, "ok"},
    {608, "Rejected", 8688, "ask"},
};

TEST(ResponseCode, TableIsTheRegistry) {
  ASSERT_EQ(response_codes().size(), std::size(registry));
  for (std::size_t i = 0; i < std::size(registry); ++i) {
    const ResponseCode& row = response_codes()[i];
    EXPECT_EQ(row.code, registry[i].code);
    EXPECT_EQ(row.phrase, registry[i].name) << row.code;
    EXPECT_EQ(row.rfc, registry[i].rfc) << row.code;
    EXPECT_EQ(verdict_name(row.verdict), registry[i].verdict) << row.code;
    EXPECT_EQ(find_code(row.code), &row);
    EXPECT_EQ(verdict(row.code), row.verdict);
    EXPECT_EQ(default_phrase(row.code), registry[i].name);
  }
}

TEST(ResponseCode, EveryRowExplainsItself) {
  for (const ResponseCode& row : response_codes()) {
    EXPECT_FALSE(row.explanation.empty()) << row.code;
    EXPECT_FALSE(row.search.empty()) << row.code;
    EXPECT_TRUE(check_phrase(row.phrase).has_value()) << row.code;
    if (row.verdict != Verdict::ok) EXPECT_FALSE(row.instead.empty()) << row.code;
    EXPECT_EQ(row.companion == Companion::none, row.duty == Duty::none) << row.code;
    if (row.verdict == Verdict::automatic) {
      EXPECT_FALSE(companion_name(row.companion).empty()) << row.code;
    }
  }
}

TEST(ResponseCode, RetryAfterGoesWithItsCodesOnly) {
  std::set<int> carrying;
  for (int code = 0; code < 1000; ++code) {
    if (may_carry_retry_after(code)) carrying.insert(code);
  }
  EXPECT_EQ(carrying, (std::set<int>{404, 413, 480, 486, 500, 503, 600, 603}));
}

TEST(ResponseCode, CompanionHeadersThatMustBeThere) {
  struct Case {
    int code;
    const char* header;
  };
  constexpr Case cases[] = {
      {401, "WWW-Authenticate"}, {405, "Allow"},           {407, "Proxy-Authenticate"},
      {415, "Accept"},           {420, "Unsupported"},     {421, "Require"},
      {422, "Min-SE"},           {423, "Min-Expires"},     {489, "Allow-Events"},
      {494, "Security-Server"},  {608, "Call-Info"}};
  for (const Case& c : cases) {
    EXPECT_EQ(companion_name(find_code(c.code)->companion), c.header);
    EXPECT_EQ(find_code(c.code)->duty, Duty::must) << c.code;
  }
}

TEST(ResponseCode, UnregisteredCodes) {
  for (const int code : {409, 411, 490, 510, 686, 499, 599, 699, 455}) {
    EXPECT_EQ(find_code(code), nullptr) << code;
    EXPECT_EQ(verdict(code), Verdict::warn) << code;
    EXPECT_FALSE(code_explanation(code).empty()) << code;
  }
  EXPECT_EQ(verdict(399), Verdict::ask);
  for (const int code : {-1, 0, 7, 99, 101, 198, 201, 299, 700, 701, 703, 999, 2147483647}) {
    EXPECT_EQ(verdict(code), Verdict::no) << code;
    EXPECT_FALSE(code_explanation(code).empty()) << code;
    EXPECT_FALSE(code_instead(code).empty()) << code;
  }
  for (const UnregisteredCode& seen : unregistered_codes()) {
    EXPECT_EQ(find_code(seen.code), nullptr) << seen.code;
    EXPECT_FALSE(seen.note.empty());
  }
}

TEST(ResponseCode, PhraseOfAnUnregisteredCodeIsItsClass) {
  EXPECT_EQ(default_phrase(455), "Bad Request");
  EXPECT_EQ(default_phrase(599), "Server Internal Error");
  EXPECT_EQ(default_phrase(699), "Busy Everywhere");
  EXPECT_EQ(default_phrase(399), "Multiple Choices");
  EXPECT_EQ(default_phrase(150), "Session Progress");
  EXPECT_EQ(default_phrase(99), "");
  EXPECT_EQ(default_phrase(700), "");
}

TEST(ResponseCode, Q850CauseByRfc3398) {
  struct Case {
    int code;
    int cause;
  };
  // RFC 3398 8.2.6.1, in its order.
  constexpr Case cases[] = {
      {400, 41},  {401, 21},  {402, 21},  {403, 21},  {404, 1},   {405, 63},  {406, 79},
      {407, 21},  {408, 102}, {410, 22},  {413, 127}, {414, 127}, {415, 79},  {416, 127},
      {420, 127}, {421, 127}, {423, 127}, {480, 18},  {481, 41},  {482, 25},  {483, 25},
      {484, 28},  {485, 1},   {486, 17},  {488, 31},  {500, 41},  {501, 79},  {502, 38},
      {503, 41},  {504, 102}, {505, 127}, {513, 127}, {600, 17},  {603, 21},  {604, 1},
      {606, 31},
      // Not covered there: ours.
      {428, 21},  {433, 21},  {436, 21},  {437, 21},  {438, 21},  {607, 21},  {608, 21},
      {580, 47},  {455, 31},  {599, 41},  {699, 31}};
  for (const Case& c : cases) EXPECT_EQ(q850_cause(c.code), c.cause) << c.code;
  for (const int code : {0, 99, 100, 200, 302, 487, 700}) {
    EXPECT_EQ(q850_cause(code), std::nullopt) << code;
  }
}

TEST(ResponseCode, EveryCauseThatWeSendHasAName) {
  for (int code = 400; code < 700; ++code) {
    if (const auto cause = q850_cause(code)) EXPECT_FALSE(q850_text(*cause).empty()) << code;
  }
  EXPECT_EQ(q850_text(17), "User busy");
  EXPECT_EQ(q850_text(5), "");
}

TEST(ResponseCode, CodeOfACause) {
  struct Case {
    int cause;
    int code;
  };
  constexpr Case cases[] = {{1, 404},  {17, 486}, {18, 408}, {19, 480},  {21, 403},  {22, 410},
                            {28, 484}, {34, 503}, {88, 503}, {102, 504}, {127, 500}, {6, 480}};
  for (const Case& c : cases) EXPECT_EQ(code_of_q850(c.cause), c.code) << c.cause;
  for (const int cause : {0, 16, 128, -3}) EXPECT_EQ(code_of_q850(cause), std::nullopt) << cause;
}

}  // namespace
}  // namespace strowger::model
