#include "call/carrier_state.hpp"

#include <gtest/gtest.h>

namespace strowger::call {
namespace {

using std::chrono::seconds;

constexpr Instant noon{std::chrono::hours{12}};

TEST(CarrierState, ChannelsAreGivenBack) {
  const auto state = std::make_shared<CarrierState>();
  auto first = CarrierClaim::of(state, 2);
  const auto second = CarrierClaim::of(state, 2);
  EXPECT_NE(second, nullptr);
  EXPECT_EQ(CarrierClaim::of(state, 2), nullptr);
  EXPECT_EQ(state->calls(), 2);
  first.reset();
  EXPECT_NE(CarrierClaim::of(state, 2), nullptr);
  EXPECT_EQ(state->calls(), 1);
  EXPECT_NE(CarrierClaim::of(state, std::nullopt), nullptr);
}

TEST(CarrierState, AnAddressThatFellSilentRestsForAWhile) {
  CarrierState state;
  EXPECT_FALSE(state.rests(0, noon));
  state.fell_silent(0, noon);
  EXPECT_TRUE(state.rests(0, noon + seconds(29)));
  EXPECT_FALSE(state.rests(1, noon));
  EXPECT_FALSE(state.rests(0, noon + seconds(30)));
  state.fell_silent(0, noon);
  state.answered(0);
  EXPECT_FALSE(state.rests(0, noon));
  state.fell_silent(CarrierState::addresses_max, noon);  // beyond: nobody's
  EXPECT_FALSE(state.rests(CarrierState::addresses_max, noon));
}

TEST(CarrierState, TellsSinceWhenItStandsSo) {
  CarrierState state;
  const WallTime first{std::chrono::hours{1}};
  const WallTime later{std::chrono::hours{2}};
  state.tell(CarrierLogin::registered, 200, "OK", first, later);
  state.tell(CarrierLogin::registered, 200, "OK", later, later);
  EXPECT_EQ(state.status().since, first);
  state.tell(CarrierLogin::refused, 403, "No", later, std::nullopt);
  EXPECT_EQ(state.status().since, later);
  EXPECT_EQ(state.status().code, 403);
}

}  // namespace
}  // namespace strowger::call
