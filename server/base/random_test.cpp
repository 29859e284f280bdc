#include "base/random.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

namespace strowger {
namespace {

TEST(SeededRandom, ASeedAlwaysGivesTheSameSequence) {
  SeededRandom first(42);
  SeededRandom again(42);
  SeededRandom other(43);
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const auto bits = first.bits();
    EXPECT_EQ(bits, again.bits());
    differs |= bits != other.bits();
  }
  EXPECT_TRUE(differs);
}

TEST(SeededRandom, EvenSeedZeroIsRandom) {
  SeededRandom random(0);
  std::set<std::uint64_t> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random.bits());
  EXPECT_EQ(seen.size(), 1000u);
}

TEST(Random, TokensHaveTheLengthAndTheAlphabet) {
  SeededRandom random(7);
  for (const std::size_t length : {0u, 1u, 12u, 13u, 64u, 1000u}) {
    const auto token = random.token(length);
    EXPECT_EQ(token.size(), length);
    EXPECT_TRUE(std::ranges::all_of(token, [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7');
    })) << token;
  }
}

TEST(Random, EveryLetterIsAboutAsLikely) {
  SeededRandom random(7);
  std::map<char, int> counts;
  for (const char c : random.token(32'000)) ++counts[c];
  EXPECT_EQ(counts.size(), 32u);
  for (const auto& [letter, count] : counts) {
    EXPECT_NEAR(count, 1000, 200) << letter;
  }
}

TEST(Random, TokensDoNotRepeat) {
  SeededRandom random(1);
  std::set<std::string> seen;
  for (int i = 0; i < 10'000; ++i) seen.insert(random.token(16));
  EXPECT_EQ(seen.size(), 10'000u);
}

TEST(Random, TokensOfATimeSortByIt) {
  SeededRandom random(7);
  std::string before;
  for (const std::int64_t ms : {0LL, 1LL, 31LL, 32LL, 1'023LL, 1'024LL, (1LL << 39) + 5}) {
    const auto token = random.token_of(WallTime{std::chrono::milliseconds{ms}});
    EXPECT_EQ(token.size(), 21U);
    EXPECT_LT(before, token);
    before = token;
  }
  const WallTime now{std::chrono::milliseconds{1'800'000'000'000}};
  EXPECT_NE(random.token_of(now), random.token_of(now));
}

}  // namespace
}  // namespace strowger
