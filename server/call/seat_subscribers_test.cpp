#include "call/seat_subscribers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace strowger::call {
namespace {

using testing::ElementsAre;

model::Device device(std::string id, std::string username, std::string owner) {
  model::Device made;
  made.id = std::move(id);
  made.name = made.id;
  made.username = std::move(username);
  made.owner_id = std::move(owner);
  made.secret = {.realm = "pbx.example.org", .md5 = "m", .sha256 = "s"};
  return made;
}

model::Seat seat(std::string id, std::string extension) {
  model::Seat made;
  made.id = std::move(id);
  made.extension = std::move(extension);
  return made;
}

struct SeatSubscribersTest : testing::Test {
  std::vector<model::Seat> seats{seat("anna", "1001")};
  std::vector<model::Device> devices{device("desk", "anna-desk", "anna"),
                                     device("door", "door", "")};
  std::vector<model::Trunk> trunks;
  std::string realm = "pbx.example.org";
  std::chrono::seconds interval{0};  // of OPTIONS

  SubscriberAccount account() const {
    return {"default", realm,
            std::make_shared<model::SeatDirectory>(seats, devices,
                                                   std::vector<model::RingGroup>{}),
            interval, std::make_shared<model::TrunkLogins>(trunks)};
  }
  SeatSubscribers subscribers{{.by_host = [this](auto) { return std::optional(account()); },
                               .by_id = [this](std::string_view id) {
                                 return id == "default" ? std::optional(account()) : std::nullopt;
                               }}};

  std::optional<sip::Subscriber> find(std::string_view username) const {
    return subscribers.find(*subscribers.domain("anything"), username);
  }
};

TEST_F(SeatSubscribersTest, ADeviceIsItsSeatToo) {
  EXPECT_EQ(subscribers.domain("192.0.2.1")->realm, "pbx.example.org");
  const auto desk = find("anna-desk");
  ASSERT_TRUE(desk);
  EXPECT_EQ(desk->identity, (sip::Identity{"default", "desk", "anna"}));
  EXPECT_EQ(desk->ha1_md5, "m");
  EXPECT_EQ(desk->ha1_sha256, "s");
  EXPECT_THAT(desk->addresses, ElementsAre("anna-desk", "1001"));
  EXPECT_TRUE(desk->enabled);
  EXPECT_THAT(find("door")->addresses, ElementsAre("door"));
  EXPECT_FALSE(find("nobody"));
  EXPECT_FALSE(subscribers.find({"other", realm}, "door"));
}

TEST_F(SeatSubscribersTest, LampsAreOfSeatsAndDevices) {
  const auto domain = *subscribers.domain("anything");
  const auto anna = subscribers.watchable(domain, "1001");
  ASSERT_TRUE(anna);
  EXPECT_EQ(subscribers.watchable(domain, "anna"), anna) << "by its id, too";
  EXPECT_NE(subscribers.watchable(domain, "anna-desk"), anna) << "one of its phones alone";
  EXPECT_TRUE(subscribers.watchable(domain, "door"));
  EXPECT_FALSE(subscribers.watchable(domain, "1002"));
  EXPECT_FALSE(subscribers.watchable(domain, ""));
  EXPECT_FALSE(subscribers.watchable({"other", realm}, "1001"));
}

TEST_F(SeatSubscribersTest, MessagesAreForThePhonesThatAreSwitchedOn) {
  const auto domain = *subscribers.domain("anything");
  devices.push_back(device("soft", "anna-soft", "anna"));
  EXPECT_THAT(subscribers.phones_of(domain, "1001").value(), ElementsAre("desk", "soft"));
  EXPECT_THAT(subscribers.phones_of(domain, "door").value(), ElementsAre("door"));
  devices[2].enabled = false;
  EXPECT_THAT(subscribers.phones_of(domain, "anna").value(), ElementsAre("desk"));
  seats[0].enabled = false;
  EXPECT_THAT(subscribers.phones_of(domain, "1001").value(), testing::IsEmpty());
  EXPECT_FALSE(subscribers.phones_of(domain, "1002"));
}

TEST_F(SeatSubscribersTest, PhonesAreAskedAsTheySayElseAsTheAccountDoes) {
  using std::chrono::seconds;
  EXPECT_FALSE(subscribers.qualify("default/desk")) << "off";
  interval = seconds{60};
  EXPECT_EQ(subscribers.qualify("default/desk"), seconds{60});
  devices[0].qualify = seconds{15};
  EXPECT_EQ(subscribers.qualify("default/desk"), seconds{15});
  devices[0].qualify = seconds{0};
  EXPECT_FALSE(subscribers.qualify("default/desk"));
  EXPECT_FALSE(subscribers.qualify("default/nobody"));
  EXPECT_FALSE(subscribers.qualify("desk"));
}

TEST_F(SeatSubscribersTest, WhoIsSwitchedOffCannotLogIn) {
  devices[0].enabled = false;
  EXPECT_FALSE(find("anna-desk")->enabled);
  devices[0].enabled = true;
  seats[0].enabled = false;
  EXPECT_FALSE(find("anna-desk")->enabled);
  EXPECT_TRUE(find("door")->enabled);
  devices[1].type = model::DeviceType::cellphone;
  EXPECT_FALSE(find("door"));
}

TEST_F(SeatSubscribersTest, ASecretIsGoodForItsRealmOnly) {
  realm = "new.example.org";
  EXPECT_FALSE(find("door")->enabled);
  EXPECT_EQ(find("door")->ha1_md5, "");
}

TEST_F(SeatSubscribersTest, KnowsItsOwnAddresses) {
  EXPECT_TRUE(subscribers.owns("PBX.example.org", "door"));
  EXPECT_TRUE(subscribers.owns("192.0.2.1", "door"));
  EXPECT_TRUE(subscribers.owns("[2001:db8::1]", "door"));
  EXPECT_FALSE(subscribers.owns("elsewhere.example.org", "door"));
  EXPECT_FALSE(subscribers.owns("pbx.example.org", "stranger"));
  realm = "";
  EXPECT_TRUE(subscribers.owns("elsewhere.example.org", "door")) << "it has no domain of its own";
}

TEST_F(SeatSubscribersTest, KnowsTheExtensionsOfItsSeats) {
  const auto domain = subscribers.domain("pbx.example.org").value();
  EXPECT_TRUE(subscribers.is_extension(domain, seats[0].extension));
  EXPECT_FALSE(subscribers.is_extension(domain, "door"));
  EXPECT_FALSE(subscribers.is_extension(domain, ""));
}

TEST_F(SeatSubscribersTest, ATrunkThatLogsInIsACarrierAndNoDevice) {
  model::Trunk trunk;
  trunk.id = "pbx";
  trunk.login = "site7";
  trunk.secret = {.realm = realm, .md5 = "m", .sha256 = "s"};
  trunks.push_back(trunk);
  const auto found = find("site7");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->identity, (sip::Identity{.account = "default", .trunk = "pbx"}));
  EXPECT_TRUE(found->identity.outsider());
  EXPECT_THAT(found->addresses, ElementsAre("site7"));
  EXPECT_TRUE(found->enabled && found->calls);
  EXPECT_TRUE(subscribers.owns("192.0.2.1", "site7"));
  EXPECT_FALSE(subscribers.watchable(*subscribers.domain("x"), "site7"));
  EXPECT_FALSE(subscribers.phones_of(*subscribers.domain("x"), "site7"));
  interval = std::chrono::seconds{60};
  EXPECT_EQ(subscribers.qualify("default/trunk:pbx"), interval);
  EXPECT_FALSE(subscribers.qualify("default/trunk:other"));
  trunks[0].inbound.enabled = false;
  EXPECT_FALSE(find("site7")->calls);
  trunks[0].enabled = false;
  EXPECT_FALSE(find("site7")->enabled);
  trunks[0] = trunk;
  realm = "new.example.org";
  EXPECT_FALSE(find("site7")->enabled);
}

}  // namespace
}  // namespace strowger::call
