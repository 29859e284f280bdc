#include "base/endpoint.hpp"

#include <gtest/gtest.h>

namespace strowger {
namespace {

struct AddressCase {
  const char* text;
  const char* plain;  // null: refused
  const char* in_uri;
};

TEST(IpAddress, ReadsAndWritesBothFamilies) {
  const AddressCase cases[] = {
      {"192.0.2.1", "192.0.2.1", "192.0.2.1"},
      {"0.0.0.0", "0.0.0.0", "0.0.0.0"},
      {"2001:db8::1", "2001:db8::1", "[2001:db8::1]"},
      {"[2001:DB8:0:0:0:0:0:1]", "2001:db8::1", "[2001:db8::1]"},
      {"::ffff:192.0.2.1", "::ffff:192.0.2.1", "[::ffff:192.0.2.1]"},
      {"[192.0.2.1]", nullptr, nullptr},
      {"192.0.2.256", nullptr, nullptr},
      {"192.0.2", nullptr, nullptr},
      {"192.0.2.1 ", nullptr, nullptr},
      {"fe80::1%eth0", nullptr, nullptr},
      {"2001:db8::1::2", nullptr, nullptr},
      {"[::1", nullptr, nullptr},
      {"[]", nullptr, nullptr},
      {"", nullptr, nullptr},
      {"example.org", nullptr, nullptr},
      {"1111:2222:3333:4444:5555:6666:7777:8888:9999:aaaa:bbbb", nullptr, nullptr},
  };
  for (const auto& c : cases) {
    const auto address = IpAddress::parse(c.text);
    ASSERT_EQ(address.has_value(), c.plain != nullptr) << c.text;
    if (!address) continue;
    EXPECT_EQ(address->text(), c.plain) << c.text;
    EXPECT_EQ(address->uri_text(), c.in_uri) << c.text;
  }
}

TEST(IpAddress, RefusesAHiddenZeroByte) {
  EXPECT_FALSE(IpAddress::parse(std::string_view("127.0.0.1\0.evil", 15)));
}

TEST(IpAddress, KnowsLoopbackAndUnspecified) {
  struct Case {
    const char* text;
    bool loopback;
    bool unspecified;
  };
  const Case cases[] = {
      {"127.0.0.1", true, false},        {"127.255.255.254", true, false},
      {"128.0.0.1", false, false},       {"::1", true, false},
      {"::ffff:127.0.0.1", true, false}, {"::ffff:10.0.0.1", false, false},
      {"::127.0.0.1", false, false},     {"::2", false, false},
      {"0.0.0.0", false, true},          {"::", false, true},
      {"7f00::1", false, false},
  };
  for (const auto& c : cases) {
    const auto address = IpAddress::parse(c.text);
    ASSERT_TRUE(address) << c.text;
    EXPECT_EQ(address->is_loopback(), c.loopback) << c.text;
    EXPECT_EQ(address->is_unspecified(), c.unspecified) << c.text;
  }
}

TEST(IpAddress, EqualTextsAreEqualValues) {
  EXPECT_EQ(IpAddress::parse("2001:db8::1"), IpAddress::parse("[2001:0db8::0001]"));
  EXPECT_NE(IpAddress::parse("0.0.0.0"), IpAddress::parse("::"));
  EXPECT_EQ(IpAddress::loopback_v4(), IpAddress::parse("127.0.0.1"));
}

TEST(Endpoint, ReadsAndWrites) {
  struct Case {
    const char* text;
    const char* written;  // null: refused
  };
  const Case cases[] = {
      {"192.0.2.1:5060", "192.0.2.1:5060"},
      {"[::1]:5060", "[::1]:5060"},
      {"127.0.0.1:0", "127.0.0.1:0"},
      {"127.0.0.1:65535", "127.0.0.1:65535"},
      {"127.0.0.1:65536", nullptr},
      {"127.0.0.1:-1", nullptr},
      {"127.0.0.1:+1", nullptr},
      {"127.0.0.1:5060x", nullptr},
      {"127.0.0.1:", nullptr},
      {"127.0.0.1", nullptr},
      {"::1:5060", nullptr},  // which colon begins the port cannot be known
      {":5060", nullptr},
      {"[::1]", nullptr},
      {"", nullptr},
  };
  for (const auto& c : cases) {
    const auto endpoint = Endpoint::parse(c.text);
    ASSERT_EQ(endpoint.has_value(), c.written != nullptr) << c.text;
    if (endpoint) EXPECT_EQ(endpoint->text(), c.written);
  }
}

}  // namespace
}  // namespace strowger
