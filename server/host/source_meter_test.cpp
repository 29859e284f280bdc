#include "host/source_meter.hpp"

#include <gtest/gtest.h>

namespace strowger::host {
namespace {

using namespace std::chrono_literals;

constexpr Instant start{std::chrono::hours{1}};

IpAddress address(std::string_view text) { return *IpAddress::parse(text); }
IpAddress numbered(std::uint32_t number) {
  return {IpAddress::Family::v4,
          {10, static_cast<std::uint8_t>(number >> 16), static_cast<std::uint8_t>(number >> 8),
           static_cast<std::uint8_t>(number)}};
}

class SourceMeterTest : public testing::Test {
 protected:
  int passed(std::string_view source, int sent, bool begins, Instant at) {
    int count = 0;
    for (int i = 0; i < sent; ++i) count += meter.take(address(source), begins, at);
    return count;
  }

  SeededRandom random{1};
  SourceMeter meter{{.messages_per_second = 100,
                     .burst_messages = 40,
                     .trusted = {*IpNetwork::parse("192.0.2.0/24")}},
                    random};
};

TEST_F(SourceMeterTest, LetsABurstPassAndThenItsRate) {
  EXPECT_EQ(passed("198.51.100.1", 100, false, start), 40);
  EXPECT_EQ(passed("198.51.100.1", 100, false, start + 100ms), 10);
  EXPECT_EQ(passed("198.51.100.1", 100, false, start + 1h), 40) << "never more than a burst";
}

TEST_F(SourceMeterTest, KeepsAQuarterForCallsInProgress) {
  EXPECT_EQ(passed("198.51.100.1", 100, true, start), 30);
  EXPECT_EQ(passed("198.51.100.1", 100, false, start), 10);
}

TEST_F(SourceMeterTest, CountsSourcesApart) {
  EXPECT_EQ(passed("198.51.100.1", 100, false, start), 40);
  EXPECT_EQ(passed("198.51.100.2", 100, false, start), 40);
}

TEST_F(SourceMeterTest, TakesAnIpv6NetworkForOneSource) {
  EXPECT_EQ(passed("2001:db8:1:2::1", 100, false, start), 40);
  EXPECT_EQ(passed("2001:db8:1:2:ffff::9", 100, false, start), 0);
  EXPECT_EQ(passed("2001:db8:1:3::1", 100, false, start), 40);
}

TEST_F(SourceMeterTest, TakesBothFormsOfAnIpv4AddressForOneSource) {
  EXPECT_EQ(passed("198.51.100.1", 100, false, start), 40);
  EXPECT_EQ(passed("::ffff:198.51.100.1", 100, false, start), 0);
}

TEST_F(SourceMeterTest, LetsThoseItTrustsSendWhatTheyLike) {
  EXPECT_EQ(passed("192.0.2.200", 100'000, true, start), 100'000);
}

TEST_F(SourceMeterTest, RemembersAFlooderAmongAMillionStrangers) {
  EXPECT_EQ(passed("198.51.100.1", 100, false, start), 40);
  // Each has a message to itself, which an honest newcomer has too.
  for (std::uint32_t i = 0; i < 1'000'000; ++i) {
    ASSERT_TRUE(meter.take(numbered(i), true, start));
  }
  EXPECT_EQ(passed("198.51.100.1", 100, false, start), 0);
}

TEST(SourceMeter, CutsNoCarrierOnThisMachine) {
  SeededRandom random{1};
  SourceMeter meter({}, random);
  for (int i = 0; i < 100'000; ++i) {
    ASSERT_TRUE(meter.take(IpAddress::loopback_v4(), true, start));
    ASSERT_TRUE(meter.take(address("::1"), true, start));
  }
}

}  // namespace
}  // namespace strowger::host
