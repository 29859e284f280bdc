#include "call/call_budget.hpp"

#include <gtest/gtest.h>

namespace strowger::call {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using Verdict = CallBudget::Verdict;

constexpr Instant noon{std::chrono::hours{12}};
constexpr HourLimits limits{.calls = 3, .minutes = 10};

TEST(CallBudget, CallsOfAnHour) {
  CallBudget budget;
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(budget.judge(limits, noon), Verdict::within);
    budget.began(noon + minutes(i));
  }
  EXPECT_EQ(budget.judge(limits, noon + minutes(3)), Verdict::too_many_calls);
  EXPECT_EQ(budget.judge(limits, noon + minutes(54)), Verdict::too_many_calls);
  EXPECT_EQ(budget.judge(limits, noon + minutes(60)), Verdict::within);
  budget.began(noon + minutes(60));
  EXPECT_EQ(budget.calls(noon + minutes(60)), 1);
}

TEST(CallBudget, MinutesOfCallsThatAreOverAndOfThoseThatGoOn) {
  CallBudget budget;
  budget.answered(noon);
  budget.ended(noon, noon + minutes(4));
  EXPECT_EQ(budget.seconds(noon + minutes(4)), 240);
  budget.answered(noon + minutes(5));
  EXPECT_EQ(budget.judge(limits, noon + minutes(10)), Verdict::within);
  EXPECT_EQ(budget.judge(limits, noon + minutes(11)), Verdict::too_many_minutes);
  budget.ended(noon + minutes(5), noon + minutes(11));
  EXPECT_EQ(budget.seconds(noon + minutes(11)), 600);
  EXPECT_EQ(budget.seconds(noon + minutes(72)), 0);
}

TEST(CallBudget, NothingIsAllowedByALimitOfZero) {
  const CallBudget budget;
  EXPECT_EQ(budget.judge({.calls = 0, .minutes = 10}, noon), Verdict::too_many_calls);
  EXPECT_EQ(budget.judge({.calls = 10, .minutes = 0}, noon), Verdict::too_many_minutes);
}

}  // namespace
}  // namespace strowger::call
