#include "model/ring_group.hpp"

#include <gtest/gtest.h>

namespace strowger::model {
namespace {

using namespace std::chrono_literals;

TEST(RingGroup, IsReadWhole) {
  const auto group = parse_ring_group(R"({
    "id": "sales", "name": "Sales", "strategy": "weighted_random", "timeout": 60, "repeats": 2,
    "ringback": "hold", "music_on_hold": {"media_id": "x"},
    "endpoints": [{"endpoint_type": "user", "id": "anna", "delay": 5, "timeout": 30, "weight": 9},
                  {"endpoint_type": "device", "id": "desk"}, {"endpoint_type": "group",
                   "id": "support"}]})");
  ASSERT_TRUE(group) << one_line(group.error().front());
  EXPECT_EQ(group->id, "sales");
  EXPECT_EQ(group->name, "Sales");
  EXPECT_EQ(group->strategy, RingStrategy::weighted_random);
  EXPECT_EQ(group->timeout, 60s);
  EXPECT_EQ(group->repeats, 2);
  EXPECT_EQ(group->ringback, "hold");
  ASSERT_EQ(group->endpoints.size(), 3U);
  EXPECT_EQ(group->endpoints[0], (RingEndpoint{RingEndpoint::Type::user, "anna", 5s, 30s, 9}));
  EXPECT_EQ(group->endpoints[1], (RingEndpoint{RingEndpoint::Type::device, "desk", 0s, 20s, 20}));
  EXPECT_EQ(group->endpoints[2].type, RingEndpoint::Type::group);
  EXPECT_NE(serialize(*group).find(R"("music_on_hold":{"media_id":"x"})"), std::string::npos);
}

TEST(RingGroup, MayBeEmpty) {
  const auto group = parse_ring_group(R"({"name": "Later"})");
  ASSERT_TRUE(group);
  EXPECT_EQ(group->strategy, RingStrategy::simultaneous);
  EXPECT_TRUE(group->endpoints.empty());
  EXPECT_EQ(group->repeats, 1);
}

TEST(RingGroup, WhatIsWrongIsToldWithItsPlace) {
  std::string many;
  for (std::size_t i = 0; i <= ring_endpoints_max; ++i) {
    many += std::string(i == 0 ? "" : ",") + R"({"endpoint_type": "user", "id": "a"})";
  }
  const struct {
    std::string text;
    const char* pointer;
    const char* code;
  } cases[] = {
      {"{}", "/name", "missing"},
      {R"({"name": "g", "strategy": "loud"})", "/strategy", "bad-value"},
      {R"({"name": "g", "timeout": -1})", "/timeout", "bad-value"},
      {R"({"name": "g", "repeats": 11})", "/repeats", "bad-value"},
      {R"({"name": "g", "ringback": "http://x/y"})", "/ringback", "bad-value"},
      {R"({"name": "g", "endpoints": {}})", "/endpoints", "wrong-type"},
      {R"({"name": "g", "endpoints": [7]})", "/endpoints/0", "wrong-type"},
      {R"({"name": "g", "endpoints": [{"endpoint_type": "user"}]})", "/endpoints/0/id",
       "missing"},
      {R"({"name": "g", "endpoints": [{"endpoint_type": "cow", "id": "a"}]})",
       "/endpoints/0/endpoint_type", "bad-value"},
      {R"({"name": "g", "endpoints": [{"id": "a", "delay": 121}]})", "/endpoints/0/delay",
       "bad-value"},
      {R"({"name": "g", "endpoints": [{"id": "a", "timeout": 0}]})", "/endpoints/0/timeout",
       "bad-value"},
      {R"({"name": "g", "endpoints": [{"id": "a", "weight": 101}]})", "/endpoints/0/weight",
       "bad-value"},
      {R"({"name": "g", "endpoints": [)" + many + "]}", "/endpoints", "too-many"},
  };
  for (const auto& c : cases) {
    const auto group = parse_ring_group(c.text);
    ASSERT_FALSE(group) << c.text;
    EXPECT_EQ(group.error().front().pointer, c.pointer) << c.text;
    EXPECT_EQ(group.error().front().code, c.code) << c.text;
  }
}

}  // namespace
}  // namespace strowger::model
