// Who sees which calls, in one exchange and in several.
#include "call/lamps.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace strowger::call {
namespace {

using State = sip::DialogInfo::State;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

CallEnd end_of(sip::SessionId session, const std::string& seat, State state) {
  return {.session = session,
          .account = "acc",
          .device = seat + "-desk",
          .seat = seat,
          .shown = {.id = {}, .state = state, .remote = {}, .remote_display = {}}};
}

struct LampsTest : testing::Test {
  SeededRandom random{3};
  Lamps here{0, random};
  Lamps there{1, random};

  // "1: early confirmed" for each watcher that is shown something; news goes across.
  std::vector<std::string> settle(Lamps& of) {
    std::vector<std::string> said;
    for (const auto& [watcher, calls] : of.take_shown()) {
      auto line = std::to_string(watcher) + ":";
      for (const auto& one : calls) line += " " + std::string(dialog_state_name(one.state));
      said.push_back(line);
    }
    for (const auto& news : of.take_news()) (&of == &here ? there : here).apply(news);
    return said;
  }
};

TEST_F(LampsTest, NothingIsKeptOfWhatNobodyWatches) {
  here.touch(7);
  EXPECT_FALSE(here.busy());
  EXPECT_FALSE(here.watching());
  here.watch(Lamps::of_seat("acc", "anna"), 1);
  EXPECT_TRUE(here.looks_at_all());
  here.see(7, {end_of(70, "bert", State::early)});
  EXPECT_THAT(settle(here), ElementsAre("1:"));
  here.see(7, {end_of(70, "bert", State::confirmed)});
  EXPECT_THAT(settle(here), IsEmpty());
}

TEST_F(LampsTest, ASeatIsSeenWithAllItsCallsAndADeviceWithItsOwn) {
  here.watch(Lamps::of_seat("acc", "anna"), 1);
  here.watch(Lamps::of_device("acc", "anna-desk"), 2);
  here.watch(Lamps::of_seat("other", "anna"), 3);
  settle(here);
  here.see(7, {end_of(70, "anna", State::confirmed)});
  auto second = end_of(80, "anna", State::early);
  second.device = "anna-soft";
  here.see(8, {second});
  EXPECT_THAT(settle(here), ElementsAre("2: confirmed", "1: confirmed early"));
  here.see(7, {});
  EXPECT_THAT(settle(here), ElementsAre("2:", "1: early"));
}

TEST_F(LampsTest, AnEndKeepsItsIdWhileItsStateChangesAndWhenAnotherCallTakesIt) {
  here.watch(Lamps::of_seat("acc", "anna"), 1);
  here.see(7, {end_of(70, "anna", State::early)});
  const auto id = here.take_shown().at(0).calls.at(0).id;
  EXPECT_EQ(id.size(), 12U);
  here.see(8, {end_of(70, "anna", State::confirmed)});
  here.see(7, {});
  const auto shown = here.take_shown().at(0).calls;
  ASSERT_EQ(shown.size(), 1U) << "though the call that had it is over";
  EXPECT_EQ(shown[0].id, id);
}

TEST_F(LampsTest, CallsOfOtherExchangesAreToldWhileSomebodyWatches) {
  const auto anna = Lamps::of_seat("acc", "anna");
  here.watch(anna, 1);
  EXPECT_THAT(settle(here), ElementsAre("1:"));
  EXPECT_TRUE(there.looks_at_all()) << "calls that it has already";
  there.see(9, {end_of(90, "anna", State::early)});
  EXPECT_THAT(settle(there), IsEmpty()) << "nobody watches there";
  EXPECT_THAT(settle(here), ElementsAre("1: early"));
  there.see(9, {});
  settle(there);
  EXPECT_THAT(settle(here), ElementsAre("1:"));
  here.unwatch(1);
  settle(here);
  EXPECT_FALSE(there.watching());
  EXPECT_FALSE(here.watching());
}

TEST_F(LampsTest, ASecondWatcherDisturbsNobody) {
  const auto anna = Lamps::of_seat("acc", "anna");
  here.watch(anna, 1);
  settle(here);
  here.watch(anna, 2);
  EXPECT_THAT(settle(here), ElementsAre("2:"));
  here.unwatch(1);
  EXPECT_TRUE(here.watching());
  here.unwatch(17);
  here.see(7, {end_of(70, "anna", State::early)});
  EXPECT_THAT(settle(here), ElementsAre("2: early"));
}

TEST_F(LampsTest, WhoComesBackIsToldAgain) {
  const auto anna = Lamps::of_seat("acc", "anna");
  there.watch(anna, 5);
  there.see(9, {end_of(90, "anna", State::confirmed)});
  settle(there);
  for (int i = 0; i < 2; ++i) {
    here.watch(anna, 1);
    settle(here);
    settle(there);
    EXPECT_THAT(settle(here), ElementsAre("1: confirmed"));
    here.unwatch(1);
    settle(here);
  }
}

}  // namespace
}  // namespace strowger::call
