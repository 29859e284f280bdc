#include "base/timer_queue.hpp"

#include "base/random.hpp"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>

namespace strowger {
namespace {

using namespace std::chrono_literals;

Instant at(Duration since_start) { return Instant{} + since_start; }

// All that is due at `now`, in the order given out.
template <class Payload>
std::vector<Payload> due(TimerQueue<Payload>& timers, Instant now) {
  std::vector<Payload> taken;
  while (auto payload = timers.take_due(now)) taken.push_back(std::move(*payload));
  return taken;
}

TEST(TimerQueue, GivesOutEarliestFirstThenFirstArmed) {
  TimerQueue<std::string> timers;
  timers.arm(at(2s), "late");
  timers.arm(at(1s), "first");
  timers.arm(at(1s), "second");
  EXPECT_EQ(timers.deadline(), at(1s));
  EXPECT_TRUE(due(timers, at(1s - 1ns)).empty());
  EXPECT_EQ(due(timers, at(1s)), (std::vector<std::string>{"first", "second"}));
  EXPECT_EQ(timers.deadline(), at(2s));
  EXPECT_EQ(due(timers, at(1h)), std::vector<std::string>{"late"});
  EXPECT_EQ(timers.deadline(), std::nullopt);
}

TEST(TimerQueue, ADisarmedTimerIsNeitherGivenOutNorWaitedFor) {
  TimerQueue<int> timers;
  const auto first = timers.arm(at(1s), 1);
  const auto second = timers.arm(at(2s), 2);
  timers.arm(at(3s), 3);
  timers.disarm(second);
  EXPECT_EQ(timers.deadline(), at(1s));
  timers.disarm(first);
  EXPECT_EQ(timers.deadline(), at(3s));
  EXPECT_EQ(timers.size(), 1u);
  EXPECT_EQ(due(timers, at(10s)), std::vector<int>{3});
}

TEST(TimerQueue, DisarmingTwiceOrTooLateOrNothingIsHarmless) {
  TimerQueue<int> timers;
  const auto id = timers.arm(at(1s), 1);
  EXPECT_NE(id, 0u);
  EXPECT_EQ(timers.take_due(at(1s)), 1);
  timers.disarm(id);
  timers.disarm(id);
  timers.disarm(0);
  EXPECT_EQ(timers.size(), 0u);
  EXPECT_EQ(timers.deadline(), std::nullopt);
}

TEST(TimerQueue, HoldsPayloadsThatOnlyMove) {
  TimerQueue<std::unique_ptr<int>> timers;
  timers.arm(at(1s), std::make_unique<int>(7));
  const auto payload = timers.take_due(at(1s));
  ASSERT_TRUE(payload);
  EXPECT_EQ(**payload, 7);
}

TEST(TimerQueue, DisarmedTimersOfTheFarFutureAreNotKept) {
  TimerQueue<int> timers;
  for (int i = 0; i < 10'000; ++i) {
    const auto hours = timers.arm(at(4h), i);
    timers.arm(at(1s), i);
    timers.disarm(hours);
    due(timers, at(1s));
    ASSERT_LT(timers.size_with_disarmed(), 100u);
  }
}

// Against the obvious model: a map from (due, order of arming) to payload.
TEST(TimerQueue, BehavesLikeASortedMap) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    SeededRandom random(seed);
    TimerQueue<std::uint64_t> timers;
    std::map<std::pair<Instant, TimerId>, std::uint64_t> model;
    Instant now{};
    for (int step = 0; step < 200; ++step) {
      const auto choice = random.bits() % 4;
      if (choice < 2) {
        const Instant when = now + std::chrono::milliseconds{random.bits() % 50};
        model[{when, timers.arm(when, step)}] = step;
      } else if (choice == 2 && !model.empty()) {
        const auto victim = std::next(model.begin(), random.bits() % model.size());
        timers.disarm(victim->first.second);
        model.erase(victim);
      } else {
        now += std::chrono::milliseconds{random.bits() % 20};
        while (const auto taken = timers.take_due(now)) {
          ASSERT_FALSE(model.empty());
          ASSERT_EQ(*taken, model.begin()->second) << "seed " << seed;
          model.erase(model.begin());
        }
        ASSERT_TRUE(model.empty() || model.begin()->first.first > now) << "seed " << seed;
      }
      ASSERT_EQ(timers.size(), model.size());
      ASSERT_EQ(timers.deadline(),
                model.empty() ? std::nullopt : std::optional(model.begin()->first.first));
    }
  }
}

}  // namespace
}  // namespace strowger
