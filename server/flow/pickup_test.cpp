#include "flow/pickup.hpp"

#include "model/seat_directory.hpp"

#include <gmock/gmock.h>

namespace strowger::flow {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using Type = model::RingEndpoint::Type;

model::RingGroup group(std::string id, std::vector<model::RingEndpoint> members) {
  model::RingGroup made;
  made.id = std::move(id);
  made.endpoints = std::move(members);
  return made;
}

model::RingEndpoint member(Type type, std::string id) {
  model::RingEndpoint endpoint;
  endpoint.type = type;
  endpoint.id = std::move(id);
  return endpoint;
}

TEST(Pickup, AGroupStandsForThePhonesOfItsMembers) {
  const model::SeatDirectory seats(
      {}, {},
      {group("sales", {member(Type::user, "anna"), member(Type::group, "hall")}),
       group("hall", {member(Type::device, "lobby"), member(Type::group, "sales")})});
  const auto phones = phones_of(seats, {Type::group, "sales"});
  EXPECT_THAT(phones.seats, ElementsAre("anna"));
  EXPECT_THAT(phones.devices, ElementsAre("lobby"));
  EXPECT_THAT(phones_of(seats, {Type::user, "bert"}).seats, ElementsAre("bert"));
  EXPECT_THAT(phones_of(seats, {Type::device, "desk"}).devices, ElementsAre("desk"));
  EXPECT_THAT(phones_of(seats, {Type::group, "gone"}).seats, IsEmpty());
}

}  // namespace
}  // namespace strowger::flow
