// What the store keeps of the logins of trunks, and who may have such a name.
#include "store/seat_changes.hpp"
#include "store/sqlite_store.hpp"
#include "store/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::store {
namespace {

using testing::HasSubstr;

const Authorship clerk{"cli", WallTime(std::chrono::milliseconds(1)), ""};
const model::DigestSecret of_site{"r", "m", "s"};

struct TrunkLogins : testing::Test {
  TemporaryDirectory directory;
  std::unique_ptr<Store> store = std::move(*open_sqlite(directory.path()));

  Outcome<void> change(ObjectWrite write) {
    AccountChange all;
    all.objects.push_back(std::move(write));
    return store->change("default", all, clerk);
  }
  Outcome<void> trunk(const std::string& id, const std::string& login,
                      std::optional<model::DigestSecret> with = {}) {
    auto write = write_of(*model::parse_trunk(R"({"id": ")" + id + R"(", "name": "T", "login": )" +
                                              R"({"username": ")" + login + "\"}}"));
    write.secret = std::move(with);
    return change(std::move(write));
  }
  Outcome<void> device(const std::string& username) {
    return change({ObjectKind::device, "d", "{}", username, {}, {}, {}});
  }
  Outcome<void> seat(const std::string& id, const std::string& extension) {
    return change({ObjectKind::seat, id, "{}", extension, {}, {}, {}});
  }
  // Why it may not be; "" when it may.
  static std::string why_not(const Outcome<void>& done) { return done ? "" : done.error().text; }
  // Where its document says what somebody else has.
  static std::string where(const Outcome<void>& done) { return done ? "" : done.error().pointer; }
};

TEST_F(TrunkLogins, ASecretStaysWithItsNameAndGoesWithItsTrunk) {
  ASSERT_TRUE(trunk("a", "site7", of_site));
  ASSERT_TRUE(trunk("a", "site7"));
  EXPECT_EQ(store->trunk_secrets("default")->at("a"), of_site);
  ASSERT_TRUE(trunk("a", "site8"));
  EXPECT_TRUE(store->trunk_secrets("default")->empty()) << "it is of another name";
  ASSERT_TRUE(trunk("a", "site8", of_site));
  ASSERT_TRUE(trunk("a", ""));
  EXPECT_TRUE(store->trunk_secrets("default")->empty());
  ASSERT_TRUE(trunk("a", "site7", of_site));
  AccountChange gone;
  gone.removed_objects.push_back({ObjectKind::trunk, "a", {}});
  ASSERT_TRUE(store->change("default", gone, clerk));
  EXPECT_TRUE(store->trunk_secrets("default")->empty());
}

TEST_F(TrunkLogins, NoSeatPhoneOrTrunkHasTheSameName) {
  ASSERT_TRUE(device("desk"));
  ASSERT_TRUE(seat("anna", "201"));
  EXPECT_THAT(why_not(trunk("a", "desk")), HasSubstr("the login desk belongs to the device"));
  EXPECT_THAT(why_not(trunk("a", "201")), HasSubstr("belongs to the seat “anna”"));
  EXPECT_THAT(why_not(trunk("a", "anna")), HasSubstr("belongs to the seat “anna”"));
  ASSERT_TRUE(trunk("a", "site7"));
  EXPECT_THAT(why_not(trunk("b", "site7")), HasSubstr("belongs to the trunk “a”"));
  EXPECT_THAT(why_not(device("site7")), HasSubstr("what the trunk “a” logs in as"));
  EXPECT_THAT(why_not(seat("ben", "site7")), HasSubstr("what the trunk “a” logs in as"));
  EXPECT_THAT(why_not(seat("site7", "202")), HasSubstr("what the trunk “a” logs in as"));
  EXPECT_EQ(where(trunk("b", "site7")), "/login/username");
  EXPECT_EQ(where(trunk("b", "desk")), "/login/username");
  EXPECT_EQ(where(device("site7")), "/sip/username");
  EXPECT_EQ(where(seat("ben", "site7")), "/extension");
  EXPECT_EQ(where(seat("site7", "202")), "/id");
  EXPECT_EQ(why_not(trunk("a", "Desk")), "") << "names are case-sensitive";
  EXPECT_EQ(why_not(device("site7")), "") << "it is free again";
}

}  // namespace
}  // namespace strowger::store
