#include "model/seat_kit.hpp"

#include <gtest/gtest.h>

namespace strowger::model {
namespace {

Seat seat(const std::string& first, const std::string& extension) {
  return *parse_seat(R"({"id": "s1", "first_name": ")" + first + R"(", "extension": ")" +
                     extension + "\"}");
}

TEST(SeatKit, TheFirstPhoneBelongsToTheSeat) {
  const auto device = first_device(seat("Anna", "201"), "d1", "phone_x");
  EXPECT_EQ(device.id, "d1");
  EXPECT_EQ(device.name, "Anna");
  EXPECT_EQ(device.owner_id, "s1");
  EXPECT_EQ(device.username, "phone_x");
  EXPECT_EQ(device.type, DeviceType::softphone);
}

TEST(SeatKit, TheCallflowRingsTheSeat) {
  const auto callflow = seat_callflow(seat("Anna", "201"), "c1");
  EXPECT_EQ(callflow.id, "c1");
  EXPECT_EQ(callflow.name, "Anna");
  EXPECT_EQ(callflow.numbers, (std::vector<std::string>{"201"}));
  ASSERT_TRUE(callflow.root);
  EXPECT_EQ(callflow.root->module, "user");
  EXPECT_EQ(callflow.root->text("id"), "s1");
  EXPECT_TRUE(is_seat_callflow(callflow, "s1"));
  EXPECT_FALSE(is_seat_callflow(callflow, "s2"));
  EXPECT_TRUE(rings(callflow, "s1"));
  EXPECT_FALSE(rings(callflow, "s2"));
  EXPECT_TRUE(seat_callflow(seat("Anna", ""), "c1").numbers.empty());
}

TEST(SeatKit, LongNamesAreCutAtACharacter) {
  std::string name;
  for (std::size_t i = 0; i < first_name_chars_max; ++i) name += "ä";
  auto long_seat = *parse_seat(R"({"id": "s", "first_name": ")" + name + R"(", "last_name": ")" +
                               name + "\"}");
  EXPECT_EQ(seat_callflow(long_seat, "c").name, name);
  EXPECT_EQ(first_device(long_seat, "d", "u").name, name);
}

TEST(SeatKit, TheCallflowFollowsItsSeat) {
  auto callflow = *parse_callflow(R"({"id": "c1", "name": "Anna", "numbers": ["201", "+49301"],
      "type": "mainUserCallflow", "owner_id": "s1", "x": 1, "flow": {"module": "user",
      "data": {"id": "s1"}, "children": {"_": {"module": "hangup", "data": {}}}}})");
  EXPECT_TRUE(is_seat_callflow(callflow, "s1"));
  const auto moved = followed(callflow, seat("Anna", "201"), seat("Hanna", "211"));
  EXPECT_EQ(moved.numbers, (std::vector<std::string>{"211", "+49301"}));
  EXPECT_EQ(moved.name, "Hanna");
  EXPECT_EQ(moved.block_count(), 2U);
  EXPECT_NE(serialize(moved).find(R"("x":1)"), std::string::npos);
  callflow.rename("Front desk");
  EXPECT_EQ(followed(callflow, seat("Anna", "201"), seat("Hanna", "")).name, "Front desk");
  EXPECT_EQ(followed(callflow, seat("Anna", "201"), seat("Hanna", "")).numbers,
            (std::vector<std::string>{"+49301"}));
}

TEST(SeatKit, OneThatBeginsOtherwiseIsNobodysOwn) {
  const auto other = *parse_callflow(R"({"id": "c", "type": "mainUserCallflow", "owner_id": "s1",
      "flow": {"module": "play", "data": {"id": "m"}}})");
  EXPECT_FALSE(is_seat_callflow(other, "s1"));
  const auto manual = *parse_callflow(
      R"({"id": "c", "flow": {"module": "user", "data": {"id": "s1"}}})");
  EXPECT_FALSE(is_seat_callflow(manual, "s1"));
}

}  // namespace
}  // namespace strowger::model
