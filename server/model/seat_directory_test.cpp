#include "model/seat_directory.hpp"

#include <gtest/gtest.h>

namespace strowger::model {
namespace {

Seat seat(const std::string& id, const std::string& extension) {
  return *parse_seat(R"({"id": ")" + id + R"(", "first_name": "A", "extension": ")" + extension +
                     "\"}");
}

Device device(const std::string& id, const std::string& username, const std::string& owner) {
  return *parse_device(R"({"id": ")" + id + R"(", "name": "D", "owner_id": ")" + owner +
                       R"(", "sip": {"username": ")" + username + "\"}}");
}

TEST(SeatDirectory, FindsWhatItHolds) {
  const SeatDirectory directory(
      {seat("anna", "201"), seat("ben", "202")},
      {device("desk", "u1", "anna"), device("app", "u2", "anna"), device("door", "u3", "")},
      {*parse_ring_group(R"({"id": "sales", "name": "Sales"})")});
  EXPECT_EQ(directory.seat("anna")->extension, "201");
  EXPECT_EQ(directory.seat_by_extension("202")->id, "ben");
  EXPECT_EQ(directory.device("door")->username, "u3");
  EXPECT_EQ(directory.device_by_username("u2")->id, "app");
  EXPECT_EQ(directory.ring_group("sales")->name, "Sales");
  ASSERT_EQ(directory.devices_of("anna").size(), 2U);
  EXPECT_EQ(directory.devices_of("anna")[0]->id, "desk");
  EXPECT_TRUE(directory.devices_of("ben").empty());
}

TEST(SeatDirectory, KnowsNothingElse) {
  const SeatDirectory directory({seat("anna", "")}, {device("desk", "u1", "")}, {});
  EXPECT_EQ(directory.seat("ben"), nullptr);
  EXPECT_EQ(directory.seat_by_extension(""), nullptr);
  EXPECT_EQ(directory.device("u1"), nullptr);
  EXPECT_EQ(directory.device_by_username("U1"), nullptr) << "usernames are case-sensitive";
  EXPECT_EQ(directory.device_by_username(""), nullptr);
  EXPECT_EQ(directory.ring_group("sales"), nullptr);
  EXPECT_TRUE(directory.devices_of("").empty());
  EXPECT_EQ(SeatDirectory().seat("anna"), nullptr);
}

}  // namespace
}  // namespace strowger::model
