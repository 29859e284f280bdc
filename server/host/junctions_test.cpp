#include "host/junctions.hpp"

#include <gtest/gtest.h>

namespace strowger::host {
namespace {

TEST(Junctions, ADialogBetweenTwoShardsNamesBoth) {
  SeededRandom random(3);
  const Junctions junctions(4, random);
  for (std::size_t here = 0; here < 4; ++here) {
    for (int i = 0; i < 50; ++i) {
      const auto theirs = "call-" + std::to_string(i);
      const auto owner = junctions.owner_of_call(theirs, here);
      const auto begins = junctions.inside_call_id(theirs, here);
      EXPECT_EQ(begins.empty(), owner == here);
      if (owner == here) continue;
      EXPECT_EQ(junctions.across(begins + "token", here), owner);
      EXPECT_EQ(junctions.across(begins + "token", owner), here);
    }
  }
}

TEST(Junctions, EachOtherShardCanBeAsked) {
  SeededRandom random(3);
  const Junctions junctions(3, random);
  const auto begins = junctions.inside_call_ids(1);
  ASSERT_EQ(begins.size(), 2U);
  EXPECT_EQ(junctions.across(begins[0] + "token", 1), 0U);
  EXPECT_EQ(junctions.across(begins[1] + "token", 1), 2U);
  EXPECT_TRUE(Junctions(1, random).inside_call_ids(0).empty());
}

TEST(Junctions, OtherCallIdsLeadNowhereElse) {
  SeededRandom random(3);
  const Junctions junctions(4, random);
  for (const char* id : {"", "a@b", "inside-", "inside-0", "inside-0-", "inside-0-1",
                         "inside-0-9-a", "inside--1-1-a", "inside-2-3-a", "inside-x-1-a",
                         "inside-99999999999999999999999-0-a", "xinside-0-1-a"}) {
    EXPECT_EQ(junctions.across(id, 0), std::nullopt) << id;
  }
  EXPECT_EQ(junctions.across("inside-0-1-a", 0), 1U);
  const Junctions single(1, random);
  EXPECT_EQ(single.inside_call_id("any", 0), "");
}

}  // namespace
}  // namespace strowger::host
