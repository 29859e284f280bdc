#include "sip/multipart.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::sip {
namespace {

constexpr std::string_view mixed = "multipart/mixed;boundary=\"b 1\"";

std::string part(const std::string& headers, const std::string& body) {
  return "--b 1\r\n" + headers + "\r\n" + body + "\r\n";
}
const std::string end = "--b 1--\r\n";
const std::string sdp_part = part("Content-Type: application/sdp\r\n", "v=0\r\no=x");

TEST(Multipart, IsSplit) {
  const std::string body = "preamble\r\n--b 1x\r\n" + sdp_part + part("", "plain --b 1") +
                           part(
                               "C: x/y\r\nContent-Disposition: a;\r\n handling = Optional\r\n"
                               "Content-Transfer-Encoding: base64\r\nno colon\r\n",
                               "") +
                           end + "epilogue\r\n--b 1\r\n";
  const auto parts = split_multipart(mixed, body);
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 3U);
  EXPECT_EQ(parts->at(0).content_type, "application/sdp");
  EXPECT_EQ(parts->at(0).body, "v=0\r\no=x");
  EXPECT_FALSE(parts->at(0).optional());
  EXPECT_EQ(parts->at(1).content_type, "text/plain");
  EXPECT_EQ(parts->at(1).body, "plain --b 1");
  EXPECT_EQ(parts->at(2).content_type, "x/y");
  EXPECT_EQ(parts->at(2).encoding, "base64");
  EXPECT_EQ(parts->at(2).body, "");
  EXPECT_TRUE(parts->at(2).optional());
}

TEST(Multipart, ToleratesPaddingAndNoLineBreakAtTheEnd) {
  const auto parts = split_multipart("multipart/mixed;boundary=b",
                                     "--b \t\r\nContent-Type: a/b\r\n\r\nx\r\n--b--");
  ASSERT_TRUE(parts);
  ASSERT_EQ(parts->size(), 1U);
  EXPECT_EQ(parts->at(0).body, "x");
  EXPECT_TRUE(split_multipart("multipart/mixed;boundary=b", "--b--")->empty());
}

struct BadCase {
  std::string_view type;
  std::string body;
  MultipartError want;
};

TEST(Multipart, RefusesMalformedOnes) {
  std::string many;
  for (std::size_t i = 0; i <= parts_max; ++i) many += part("", "x");
  const BadCase cases[] = {
      {"multipart/mixed", sdp_part + end, MultipartError::no_boundary},
      {"multipart/mixed;boundary=\"\"", sdp_part + end, MultipartError::no_boundary},
      {"garbage", sdp_part + end, MultipartError::no_boundary},
      {mixed, "", MultipartError::malformed},
      {mixed, "no boundary here", MultipartError::malformed},
      {mixed, sdp_part, MultipartError::malformed},
      {mixed, "--b 1\r\nContent-Type: a/b\r\n--b 1--", MultipartError::malformed},
      {mixed, "--b 1\r\n--b 1--", MultipartError::malformed},
      {mixed, many + end, MultipartError::too_many_parts},
  };
  for (const auto& [type, body, want] : cases) {
    const auto parts = split_multipart(type, body);
    ASSERT_FALSE(parts) << body;
    EXPECT_EQ(parts.error(), want) << body;
    EXPECT_FALSE(text(parts.error()).empty());
  }
  const std::string long_boundary = "multipart/mixed;boundary=" + std::string(71, 'b');
  EXPECT_EQ(split_multipart(long_boundary, "").error(), MultipartError::no_boundary);
}

TEST(Multipart, GivesItsSdp) {
  const std::string other = part("Content-Type: x/y\r\n", "z");
  const std::string optional =
      part("Content-Type: x/y\r\nContent-Disposition: signal;handling=optional\r\n", "z");
  const std::string referred =
      part("Content-Type: application/pidf+xml\r\nContent-Disposition: by-reference\r\n", "z");
  const std::string second = part("Content-Type: application/SDP\r\n", "second");
  const std::string nested = part("Content-Type: multipart/related;boundary=c\r\n",
                                  "--c\r\nContent-Type: application/sdp\r\n\r\ninner\r\n--c--");
  const std::string encoded =
      part("Content-Type: application/sdp\r\nContent-Transfer-Encoding: base64\r\n", "dj0w");
  const auto found = [](std::string_view type, const std::string& body) {
    const auto sdp = find_sdp(type, body);
    return sdp ? std::string(*sdp) : "error: " + std::string(text(sdp.error()));
  };
  const std::string_view either = "multipart/alternative;boundary=\"b 1\"";
  EXPECT_EQ(found("application/sdp", "v=0"), "v=0");
  EXPECT_EQ(found("text/plain", "v=0"), "");
  EXPECT_EQ(found("garbage", "v=0"), "");
  EXPECT_EQ(found(mixed, sdp_part + end), "v=0\r\no=x");
  EXPECT_EQ(found(mixed, optional + referred + sdp_part + end), "v=0\r\no=x");
  EXPECT_EQ(found(mixed, sdp_part + second + end), "v=0\r\no=x");
  EXPECT_EQ(found(mixed, nested + end), "inner");
  EXPECT_EQ(found(mixed, optional + end), "");
  EXPECT_EQ(found(mixed, other + sdp_part + end), "error: unsupported body part");
  EXPECT_EQ(found(mixed, encoded + end), "error: unsupported body part");
  EXPECT_EQ(found(either, sdp_part + other + end), "v=0\r\no=x");
  EXPECT_EQ(found(either, sdp_part + second + end), "second");
  EXPECT_EQ(found(either, other + end), "error: unsupported body part");
}

TEST(Multipart, GoesOnlySoDeep) {
  std::string type = "application/sdp";
  std::string body = "v=0";
  for (std::size_t depth = 0; depth <= multipart_depth_max; ++depth) {
    const auto sdp = find_sdp(type, body);
    EXPECT_EQ(sdp.has_value(), depth <= multipart_depth_max);
    const std::string boundary = "b" + std::to_string(depth);
    body = "--" + boundary + "\r\nContent-Type: " + type + "\r\n\r\n" + body + "\r\n--" + boundary +
           "--";
    type = "multipart/mixed;boundary=" + boundary;
  }
  EXPECT_FALSE(find_sdp(type, body));
}

}  // namespace
}  // namespace strowger::sip
