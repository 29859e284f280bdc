#include "host/pace.hpp"

#include <gtest/gtest.h>

namespace strowger::host {
namespace {

constexpr Instant start{std::chrono::hours{1}};

// Messages at even distances, each handled in the turn that may look first.
std::size_t turns_for(Duration gap, std::size_t messages) {
  Pace pace;
  Instant now = start;
  std::size_t turns = 0;
  for (std::size_t done = 0; done < messages;) {
    const Instant next = start + gap * static_cast<Duration::rep>(done);
    now = std::max({now, next, pace.rest_until()});
    const auto there = static_cast<std::size_t>((now - start) / gap) + 1;
    pace.turned(now, there - done);
    done = there;
    ++turns;
  }
  return turns;
}

TEST(Pace, SparseMessagesAreLookedAtAtOnce) {
  EXPECT_EQ(turns_for(std::chrono::milliseconds{1}, 1'000), 1'000U);
  EXPECT_EQ(turns_for(Pace::dense, 1'000), 1'000U);
}

TEST(Pace, DenseOnesShareTurns) {
  // A millisecond has ten; the first ones come before that is known.
  EXPECT_LT(turns_for(std::chrono::microseconds{100}, 10'000), 1'100U);
}

TEST(Pace, NobodyWaitsLongerThanTheRest) {
  Pace pace;
  for (Instant now = start; now < start + std::chrono::seconds{1};
       now += std::chrono::microseconds{10}) {
    pace.turned(now, 1);
    EXPECT_LE(pace.rest_until(), now + Pace::rest);
  }
  EXPECT_GT(pace.rest_until(), start);
}

TEST(Pace, APauseIsSoonForgotten) {
  Pace pace;
  Instant now = start;
  for (int i = 0; i < 100; ++i) pace.turned(now += std::chrono::microseconds{10}, 1);
  ASSERT_GT(pace.rest_until(), now);
  pace.turned(now, 0);
  EXPECT_GT(pace.rest_until(), now);
  pace.turned(now += std::chrono::seconds{1}, 1);
  EXPECT_EQ(pace.rest_until(), Instant{});
}

}  // namespace
}  // namespace strowger::host
