#include "api/event_hub.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::api {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr WallTime now{std::chrono::milliseconds{1'000}};

EventHub::Listener everybody(std::optional<std::uint64_t> last_seen = std::nullopt) {
  return {.sees = [](std::string_view) { return true; },
          .expires = now + std::chrono::hours{1},
          .last_seen = last_seen};
}

TEST(EventHub, RepeatsWhatAListenerMissedSinceItsLastId) {
  EventHub hub;
  hub.publish({"one", "default", now, {}});
  hub.publish({"two", "default", now, {}});
  const auto text = *hub.listen(everybody(1), now)->take();
  EXPECT_THAT(text, HasSubstr("event: two"));
  EXPECT_THAT(text, Not(HasSubstr("event: one")));
}

TEST(EventHub, WhatNobodyWouldHearCountsAsMissed) {
  EventHub hub;
  hub.publish({"one", "default", now, {}});
  EXPECT_FALSE(hub.listened());
  EXPECT_THAT(*hub.listen(everybody(1), now)->take(), HasSubstr("event: resync"));
}

TEST(EventHub, IsListenedToWhileAStreamIsThere) {
  EventHub hub;
  auto stream = hub.listen(everybody(), now);
  EXPECT_TRUE(hub.listened());
  hub.publish({"one", "default", now, {}});
  EXPECT_THAT(*stream->take(), HasSubstr("event: one\nid: 1\n"));
  stream.reset();
  EXPECT_FALSE(hub.listened());
}

}  // namespace
}  // namespace strowger::api
