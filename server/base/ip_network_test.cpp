#include "base/ip_network.hpp"

#include <gtest/gtest.h>

namespace strowger {
namespace {

TEST(IpNetwork, ContainsWhatItsPrefixSays) {
  const struct {
    std::string_view network;
    std::string_view address;
    bool contained;
  } cases[] = {
      {"192.0.2.0/24", "192.0.2.255", true},
      {"192.0.2.0/24", "192.0.3.0", false},
      {"192.0.2.0/25", "192.0.2.128", false},
      {"192.0.2.128/25", "192.0.2.129", true},
      {"192.0.2.7", "192.0.2.7", true},
      {"192.0.2.7", "192.0.2.6", false},
      {"0.0.0.0/0", "203.0.113.9", true},
      {"0.0.0.0/0", "2001:db8::1", false},
      {"192.0.2.0/24", "::ffff:192.0.2.9", true},
      {"2001:db8::/32", "2001:db8:ffff::1", true},
      {"2001:db8::/33", "2001:db8:8000::1", false},
      {"2001:db8::/32", "2001:db9::1", false},
      {"::1/128", "::1", true},
      {"127.0.0.0/8", "127.0.0.2", true},
  };
  for (const auto& c : cases) {
    const auto network = IpNetwork::parse(c.network);
    ASSERT_TRUE(network) << c.network;
    EXPECT_EQ(network->contains(*IpAddress::parse(c.address)), c.contained)
        << c.network << " " << c.address;
  }
}

TEST(IpNetwork, RefusesWhatIsNone) {
  for (const std::string_view text : {"", "/24", "192.0.2.0/", "192.0.2.0/33", "192.0.2.1/24",
                                      "192.0.2.0/-1", "192.0.2.0/24x", "2001:db8::/129",
                                      "2001:db8::1/64", "example.org", "192.0.2.0/2 4"}) {
    EXPECT_FALSE(IpNetwork::parse(text)) << text;
  }
}

TEST(IpNetwork, MasksAddresses) {
  EXPECT_EQ(masked(*IpAddress::parse("2001:db8:1:2:3:4:5:6"), 64),
            *IpAddress::parse("2001:db8:1:2::"));
  EXPECT_EQ(masked(*IpAddress::parse("192.0.2.255"), 30), *IpAddress::parse("192.0.2.252"));
  EXPECT_EQ(masked(*IpAddress::parse("192.0.2.255"), 0), *IpAddress::parse("0.0.0.0"));
  EXPECT_EQ(unmapped(*IpAddress::parse("::ffff:192.0.2.9")), *IpAddress::parse("192.0.2.9"));
  EXPECT_EQ(unmapped(*IpAddress::parse("::fffe:192.0.2.9")),
            *IpAddress::parse("::fffe:192.0.2.9"));
}

TEST(IpNetwork, CountsAnIpv6NetworkAsOneCustomer) {
  EXPECT_EQ(customer(*IpAddress::parse("2001:db8:1:2:3::4")), *IpAddress::parse("2001:db8:1:2::"));
  EXPECT_EQ(customer(*IpAddress::parse("::ffff:192.0.2.9")), *IpAddress::parse("192.0.2.9"));
  EXPECT_EQ(customer(*IpAddress::parse("192.0.2.9")), *IpAddress::parse("192.0.2.9"));
}

}  // namespace
}  // namespace strowger
