#include "host/port_range.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace strowger::host {
namespace {

using testing::HasSubstr;

TEST(PortRange, Parses) {
  const struct {
    const char* text;
    std::size_t pairs;  // 0: refused
  } cases[] = {
      {"10000-20000", 5'000}, {"10000-10001", 1}, {"10001-10003", 1}, {"1024-65535", 32'256},
      {"10000-10000", 0},     {"10001-10002", 0}, {"1000-2000", 0},   {"20000-10000", 0},
      {"10000", 0},           {"a-b", 0},         {"1024-65536", 0},  {"", 0},
  };
  for (const auto& c : cases) {
    SCOPED_TRACE(c.text);
    const auto range = PortRange::parse(c.text);
    EXPECT_EQ(range ? range->pairs() : 0, c.pairs);
  }
  EXPECT_TRUE(PortRange::parse("any")->ephemeral());
  EXPECT_THAT(PortRange::parse("x").error().what, HasSubstr("10000-20000"));
}

TEST(FreePairs, GivesEachPairOnceAndTheLastReturnedLast) {
  SeededRandom random(1);
  FreePairs pairs({10'000, 10'005}, random);
  std::vector<std::size_t> taken;
  while (const auto pair = pairs.take()) taken.push_back(*pair);
  EXPECT_EQ(std::set(taken.begin(), taken.end()), (std::set<std::size_t>{0, 1, 2}));
  pairs.give_back(taken[2]);
  pairs.give_back(taken[0]);
  EXPECT_EQ(pairs.take(), taken[0]);
  EXPECT_EQ(pairs.take(), taken[2]);
  EXPECT_FALSE(pairs.take());
}

TEST(FreePairs, AnEphemeralRangeHasNone) {
  SeededRandom random(1);
  EXPECT_FALSE(FreePairs({0, 0}, random).take());
}

}  // namespace
}  // namespace strowger::host
