#include "model/response_check.hpp"

#include "model/response_code.hpp"
#include "model/sample_catalog.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::model {
namespace {

Block block_with(const std::string& data) {
  auto block = parse_node(R"({"module": "response", "data": )" + data + "}");
  if (!block) {
    ADD_FAILURE() << data << " " << one_line(block.error().front());
    return {};
  }
  return std::move(*block);
}

struct Case {
  const char* data;
  const char* want;  // as `listed` prints it
};

void check(const Case& c) {
  EXPECT_EQ(listed(check_response(block_with(c.data), "")), c.want) << c.data;
}

TEST(ResponseCheck, Codes) {
  const Case cases[] = {
      {R"({"code": 486})", ""},
      {R"({"code": "486"})", ""},  // the catalog warns about the string
      {R"({})", "info default-code /data/code\n"},
      {R"({"code": null})", "info default-code /data/code\n"},
      {R"({"code": 180})", "error refused-code /data/code\n"},
      {R"({"code": 200})", "error refused-code /data/code\n"},
      {R"({"code": 401})", "error refused-code /data/code\n"},
      {R"({"code": 487})", "error refused-code /data/code\n"},
      {R"({"code": 305, "redirect_to": ["sip:a@b"]})", "error refused-code /data/code\n"},
      {R"({"code": 99})", "error no-such-code /data/code\n"},
      {R"({"code": 700})", "error no-such-code /data/code\n"},
      {R"({"code": 0})", "error no-such-code /data/code\n"},
      {R"({"code": -1})", "error no-such-code /data/code\n"},
      {R"({"code": 1000})", "error no-such-code /data/code\n"},
      {R"({"code": 486.5})", "error no-such-code /data/code\n"},
      {R"({"code": "busy"})", "error no-such-code /data/code\n"},
      {R"({"code": 1180591620717411303424})", "error no-such-code /data/code\n"},
      {R"({"code": 503})", "warning doubtful-code /data/code\n"},
      {R"({"code": 455})", "warning unregistered-code /data/code\n"},
      {R"({"code": 405})",
       "info companion-header /data/code\nwarning doubtful-code /data/code\n"},
      {R"({"code": 302})", "error redirect-missing /data/code\n"},
      {R"({"code": 302, "redirect_to": []})", "error redirect-missing /data/code\n"},
      {R"({"code": 302, "redirect_to": ["sip:a@example.net", "tel:+4930"]})", ""},
      {R"({"code": 399, "redirect_to": ["sips:a@example.net"]})", ""},
      {R"({"code": 608, "contact": "https://example.net/card"})", ""},
      {R"({"code": 608, "media": "hello"})", "warning contact-missing /data/code\n"},
      {R"({"code": 608})",
       "warning contact-missing /data/code\nerror media-needed /data/media\n"},
  };
  for (const Case& c : cases) check(c);
}

// Every registered code gets what its verdict promises.
TEST(ResponseCheck, EveryCodeByItsVerdict) {
  for (const ResponseCode& row : response_codes()) {
    const Block block = block_with(R"({"code": )" + std::to_string(row.code) + "}");
    const Findings findings = check_response(block, "");
    const bool refused = row.verdict == Verdict::no || row.verdict == Verdict::ask;
    EXPECT_EQ(has_errors(findings), refused) << row.code;
    if (row.verdict == Verdict::ok) EXPECT_TRUE(findings.empty()) << row.code;
    EXPECT_EQ(read_response(block).code, refused && row.code != 608 ? 486 : row.code) << row.code;
  }
}

TEST(ResponseCheck, Messages) {
  const Case cases[] = {
      {R"({"code": 486, "message": ""})", ""},
      {R"({"code": 486, "message": "Closed until 9"})", ""},
      {R"({"code": 486, "message": "Geschlossen für heute"})",
       "warning message-not-ascii /data/message\n"},
      {R"({"code": 486, "message": "a\r\nb"})", "error bad-message /data/message\n"},
      {R"({"code": 486, "message": "a\u0000b"})", "error bad-message /data/message\n"},
      {R"({"code": 486, "message": "#1"})", "error bad-message /data/message\n"},
  };
  for (const Case& c : cases) check(c);
  const auto findings = check_response(block_with(R"({"code": 486, "message": "50% off"})"), "");
  EXPECT_NE(findings.at(0).text.find("Byte 2"), std::string::npos);
  EXPECT_NE(findings.at(0).hint.find("50%25 off"), std::string::npos);
}

TEST(ResponseCheck, Extras) {
  const Case cases[] = {
      {R"({"code": 480, "retry_after": 60})", ""},
      {R"({"code": 480, "retry_after": "60"})", ""},
      {R"({"code": 480, "retry_after": 0})", ""},
      {R"({"code": 480, "retry_after": 4294967296})", ""},
      {R"({"code": 480, "retry_after": 4294967297})", "error bad-retry-after /data/retry_after\n"},
      {R"({"code": 480, "retry_after": -1})", "error bad-retry-after /data/retry_after\n"},
      {R"({"code": 403, "retry_after": 60})",
       "error retry-after-not-allowed /data/retry_after\n"},
      {R"({"code": 486, "q850_cause": 1})", ""},
      {R"({"code": 486, "q850_cause": "127"})", ""},
      {R"({"code": 486, "q850_cause": "none"})", ""},
      {R"({"code": 486, "q850_cause": 0})", "error bad-cause /data/q850_cause\n"},
      {R"({"code": 486, "q850_cause": 128})", "error bad-cause /data/q850_cause\n"},
      {R"({"code": 486, "q850_cause": "x"})", "error bad-cause /data/q850_cause\n"},
      {R"({"code": 302, "redirect_to": ["sip:a@b", "http://x", "sip:a b", 7]})",
       "error bad-target /data/redirect_to/1\nerror bad-target /data/redirect_to/2\n"
       "error bad-target /data/redirect_to/3\n"},
      {R"({"code": 486, "redirect_to": "sip:a@b"})", "error bad-target /data/redirect_to\n"},
      {R"({"code": 608, "contact": "javascript:x"})", "error bad-contact /data/contact\n"},
      {R"({"code": 486, "extra_headers": {"X-A": "1", "Error-Info": "<sip:x@y>"}})", ""},
      {R"({"code": 486, "extra_headers": {"Via": "x"}})",
       "error header-not-allowed /data/extra_headers/Via\n"},
      {R"({"code": 486, "extra_headers": {"X-A\r\nVia": "x"}})",
       "error header-not-allowed /data/extra_headers/X-A\r\nVia\n"},
      {R"({"code": 486, "extra_headers": {"X-A": "a\r\nVia: b"}})",
       "error bad-header /data/extra_headers/X-A\n"},
      {R"({"code": 486, "extra_headers": {"X-A": 7}})",
       "error bad-header /data/extra_headers/X-A\n"},
      {R"({"code": 486, "extra_headers": []})", "error bad-header /data/extra_headers\n"},
  };
  for (const Case& c : cases) check(c);
}

TEST(ResponseCheck, CountLimits) {
  std::string targets;
  std::string headers;
  for (std::size_t i = 0; i <= redirect_targets_max; ++i) targets += "\"sip:a@b\",";
  for (std::size_t i = 0; i <= extra_headers_max; ++i) {
    headers += "\"X-" + std::to_string(i) + "\": \"v\",";
  }
  targets.pop_back();
  headers.pop_back();
  const Block block = block_with(R"({"code": 302, "redirect_to": [)" + targets +
                                 R"(], "extra_headers": {)" + headers + "}}");
  EXPECT_EQ(listed(check_response(block, "")),
            "error too-many /data/redirect_to\nerror too-many /data/extra_headers\n");
  EXPECT_EQ(read_response(block).redirect_to.size(), redirect_targets_max);
  EXPECT_EQ(read_response(block).extra_headers.size(), extra_headers_max);
}

TEST(ResponseCheck, SafeHeaders) {
  for (const char* name : {"X-Reason", "x-a", "Error-Info", "CALL-INFO", "Organization"}) {
    EXPECT_TRUE(is_safe_extra_header(name)) << name;
  }
  for (const char* name : {"", "X-", "Via", "To", "Contact", "Reason", "Content-Length",
                           "X-A: b", "X A", "X-\xC3\xA4", "Record-Route"}) {
    EXPECT_FALSE(is_safe_extra_header(name)) << name;
  }
}

TEST(ResponseCheck, AnsweredBefore) {
  EXPECT_EQ(listed(check_response(block_with(R"({"code": 486})"), "/flow")),
            "warning already-answered /data\n");
}

TEST(ReadResponse, Settings) {
  const ResponseSettings plain = read_response(block_with("{}"));
  EXPECT_EQ(plain.code, 486);
  EXPECT_EQ(plain.phrase, "Busy Here");
  EXPECT_EQ(plain.q850_cause, 17);
  EXPECT_FALSE(plain.retry_after.has_value());

  const ResponseSettings full = read_response(block_with(
      R"({"code": "480", "message": "Closed", "media": "hello", "retry_after": "60",
          "q850_cause": "none", "extra_headers": {"X-A": "b"}})"));
  EXPECT_EQ(full.code, 480);
  EXPECT_EQ(full.phrase, "Closed");
  EXPECT_EQ(full.media, "hello");
  EXPECT_EQ(full.retry_after, 60);
  EXPECT_EQ(full.q850_cause, std::nullopt);
  EXPECT_EQ(full.extra_headers.at(0).second, "b");
}

TEST(ReadResponse, NothingBadGetsThrough) {
  const ResponseSettings settings = read_response(block_with(
      R"({"code": 302, "message": "a\r\nVia: x", "q850_cause": 999, "retry_after": 5,
          "contact": "file:///x", "redirect_to": ["sip:a\r\nb"],
          "extra_headers": {"Via": "x", "X-A": "\r\n"}})"));
  EXPECT_EQ(settings.code, 486);  // no target is left
  EXPECT_EQ(settings.phrase, "Busy Here");
  EXPECT_EQ(settings.q850_cause, 17);
  EXPECT_EQ(settings.contact, "");
  EXPECT_TRUE(settings.redirect_to.empty());
  EXPECT_TRUE(settings.extra_headers.empty());
}

}  // namespace
}  // namespace strowger::model
