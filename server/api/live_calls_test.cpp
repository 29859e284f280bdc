#include "api/live_calls.hpp"

#include <gtest/gtest.h>

namespace strowger::api {
namespace {

model::CallRecord call(const std::string& id, bool complete = false) {
  model::CallRecord record;
  record.id = id;
  record.account = "default";
  record.callflow_id = "main";
  record.complete = complete;
  return record;
}

// Nobody tells of calls while nobody looks: whoever looks asks for them first.
TEST(LiveCalls, WhoLooksSeesWhatIsToldJustThen) {
  LiveCalls live;
  int looks = 0;
  live.when_looked_at([&] {
    ++looks;
    live.update(call("a"));
  });
  EXPECT_FALSE(live.knows("a"));
  EXPECT_EQ(looks, 0);
  EXPECT_TRUE(live.find("a").has_value());
  live.clear();
  EXPECT_EQ(live.of_account("default").size(), 1U);
  live.clear();
  EXPECT_EQ(live.of_callflow("default", "main"), 1U);
  EXPECT_EQ(looks, 3);
}

TEST(LiveCalls, ACallIsThereUntilItsRecordIsComplete) {
  LiveCalls live;
  EXPECT_EQ(live.update(call("a")), LiveCalls::Change::started);
  EXPECT_EQ(live.update(call("a")), LiveCalls::Change::none);
  EXPECT_EQ(live.update(call("a", true)), LiveCalls::Change::ended);
  EXPECT_FALSE(live.knows("a"));
  EXPECT_EQ(live.update(call("b", true)), LiveCalls::Change::ended);
}

TEST(LiveCalls, TheLastThatEndedAreKnownForAWhile) {
  LiveCalls live;
  live.update(call("a"));
  EXPECT_FALSE(live.ended_lately("default", "a"));
  live.update(call("a", true));
  live.clear();
  EXPECT_TRUE(live.ended_lately("default", "a"));
  EXPECT_FALSE(live.ended_lately("other", "a"));
  for (std::size_t i = 0; i < LiveCalls::ended_max; ++i) live.update(call("b", true));
  EXPECT_FALSE(live.ended_lately("default", "a"));
}

}  // namespace
}  // namespace strowger::api
