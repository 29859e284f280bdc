#include "host/connection_census.hpp"

#include <gtest/gtest.h>

namespace strowger::host {
namespace {

IpAddress address(std::string_view text) { return *IpAddress::parse(text); }

class ConnectionCensusTest : public testing::Test {
 protected:
  const IpAddress greedy = address("192.0.2.1");
  const IpAddress other = address("192.0.2.2");
  ConnectionCensus census{{.all_max = 4, .per_address_max = 2}};
};

TEST_F(ConnectionCensusTest, LetsTheLongestWaitingOfACustomerMakeRoom) {
  census.add(1, other);
  census.add(2, greedy);
  census.add(3, greedy);
  EXPECT_EQ(census.judge(greedy).instead_of, 2U);
  census.waits(2);
  EXPECT_EQ(census.judge(greedy).instead_of, 3U);
  EXPECT_TRUE(census.judge(other).welcome);
  EXPECT_FALSE(census.judge(other).instead_of);
}

TEST_F(ConnectionCensusTest, RefusesWhenAllOfACustomerWork) {
  for (const ConnectionCensus::Id id : {1, 2}) {
    census.add(id, greedy);
    census.works(id);
  }
  EXPECT_FALSE(census.judge(greedy).welcome);
  EXPECT_TRUE(census.judge(other).welcome);
  census.remove(1);
  EXPECT_TRUE(census.judge(greedy).welcome);
}

TEST_F(ConnectionCensusTest, LetsTheLongestWaitingOfAllMakeRoom) {
  for (const ConnectionCensus::Id id : {1, 2, 3, 4}) {
    census.add(id, address("192.0.2.1" + std::to_string(id)));
  }
  census.works(1);
  EXPECT_EQ(census.judge(other).instead_of, 2U);
  for (const ConnectionCensus::Id id : {2, 3, 4}) census.works(id);
  EXPECT_FALSE(census.judge(other).welcome);
}

TEST_F(ConnectionCensusTest, CountsAnIpv6NetworkAsOne) {
  census.add(1, address("2001:db8::1"));
  census.add(2, address("2001:db8::2"));
  EXPECT_EQ(census.judge(address("2001:db8::3")).instead_of, 1U);
  EXPECT_FALSE(census.judge(address("2001:db8:0:1::3")).instead_of);
}

TEST_F(ConnectionCensusTest, ForgetsWhatIsRemoved) {
  census.add(1, greedy);
  census.add(2, greedy);
  census.remove(1);
  census.remove(1);
  EXPECT_EQ(census.size(), 1U);
  EXPECT_FALSE(census.judge(greedy).instead_of);
}

}  // namespace
}  // namespace strowger::host
