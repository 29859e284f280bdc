// What every Store has to do for users, sessions, tokens, the audit log, settings, spare numbers.
#include "store/sqlite_store.hpp"
#include "store/store.hpp"
#include "store/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <memory>

namespace strowger::store {
namespace {

WallTime at(std::int64_t ms) { return WallTime(std::chrono::milliseconds(ms)); }

class AccessContract : public testing::Test {
 protected:
  void SetUp() override { store_ = std::move(*open_sqlite(directory_.path())); }

  static User person(const std::string& id, bool system = false) {
    User user;
    user.id = id;
    user.name = "Name of " + id;
    user.system = system;
    user.password_hash = "hash";
    return user;
  }
  template <class T>
  static ErrorKind kind(const Outcome<T>& outcome) {
    EXPECT_FALSE(outcome.has_value());
    return outcome ? ErrorKind::storage : outcome.error().kind;
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Store> store_;
};

TEST_F(AccessContract, UsersHaveRoles) {
  auto eva = person("eva");
  eva.roles = {{"default", Role::editor}};
  ASSERT_TRUE(store_->save_user(eva));
  EXPECT_EQ(*store_->user("eva"), eva);
  eva.roles.clear();
  eva.disabled = true;
  ASSERT_TRUE(store_->save_user(eva));
  EXPECT_EQ(*store_->user("eva"), eva);
  EXPECT_EQ(store_->users()->size(), 1U);
  eva.roles = {{"nowhere", Role::viewer}};
  EXPECT_EQ(kind(store_->save_user(eva)), ErrorKind::invalid);
  EXPECT_TRUE(store_->user("eva")->roles.empty());
  EXPECT_EQ(kind(store_->user("bob")), ErrorKind::not_found);
  EXPECT_EQ(kind(store_->save_user(person("a b"))), ErrorKind::invalid);
}

TEST_F(AccessContract, TheLastAdministratorStays) {
  ASSERT_TRUE(store_->save_user(person("admin", true)));
  EXPECT_EQ(kind(store_->remove_user("admin")), ErrorKind::conflict);
  EXPECT_EQ(kind(store_->save_user(person("admin", false))), ErrorKind::conflict);
  ASSERT_TRUE(store_->save_user(person("second", true)));
  EXPECT_TRUE(store_->remove_user("admin"));
  EXPECT_EQ(kind(store_->remove_user("admin")), ErrorKind::not_found);
}

TEST_F(AccessContract, SessionsEnd) {
  ASSERT_TRUE(store_->save_user(person("eva")));
  ASSERT_TRUE(store_->add_session({"h1", "eva", at(1), at(100)}));
  ASSERT_TRUE(store_->add_session({"h2", "eva", at(2), at(200)}));
  EXPECT_EQ(store_->session("h1")->expires, at(100));
  ASSERT_TRUE(store_->extend_session("h1", at(300)));
  EXPECT_EQ(store_->session("h1")->expires, at(300));
  ASSERT_TRUE(store_->remove_expired(at(200)));
  EXPECT_EQ(kind(store_->session("h2")), ErrorKind::not_found);
  ASSERT_TRUE(store_->add_session({"h3", "eva", at(3), at(300)}));
  ASSERT_TRUE(store_->remove_sessions("eva", "h3"));
  EXPECT_EQ(kind(store_->session("h1")), ErrorKind::not_found);
  EXPECT_TRUE(store_->session("h3"));
  ASSERT_TRUE(store_->remove_user("eva"));
  EXPECT_EQ(kind(store_->session("h3")), ErrorKind::not_found);
}

TEST_F(AccessContract, SessionsAndTokensOfAUserAreBounded) {
  ASSERT_TRUE(store_->save_user(person("eva")));
  for (std::size_t i = 0; i <= sessions_per_user_max; ++i) {
    ASSERT_TRUE(store_->add_session({"h" + std::to_string(i), "eva",
                                     at(static_cast<std::int64_t>(i)), at(1'000)}));
  }
  EXPECT_EQ(kind(store_->session("h0")), ErrorKind::not_found);
  EXPECT_TRUE(store_->session("h1"));
  Token token{.user = "eva", .expires = at(9)};
  for (std::size_t i = 0; i < tokens_per_user_max; ++i) {
    token.id = token.hash = std::to_string(i);
    ASSERT_TRUE(store_->add_token(token));
  }
  token.id = token.hash = "more";
  EXPECT_EQ(kind(store_->add_token(token)), ErrorKind::conflict);
}

TEST_F(AccessContract, TokensAreFoundByTheirHash) {
  ASSERT_TRUE(store_->save_user(person("eva")));
  const Token token{.id = "t", .hash = "h", .user = "eva", .name = "CI", .account = "default",
                    .role = Role::editor, .created = at(1), .expires = at(9)};
  ASSERT_TRUE(store_->add_token(token));
  EXPECT_EQ(store_->token_by_hash("h")->name, "CI");
  EXPECT_EQ(store_->token_by_hash("h")->role, Role::editor);
  ASSERT_TRUE(store_->token_used("t", at(5)));
  EXPECT_EQ(store_->tokens("eva")->at(0).last_used, at(5));
  EXPECT_EQ(kind(store_->remove_token("bob", "t")), ErrorKind::not_found);
  EXPECT_TRUE(store_->remove_token("eva", "t"));
  EXPECT_EQ(kind(store_->token_by_hash("h")), ErrorKind::not_found);
}

TEST_F(AccessContract, TheAuditLogIsReadNewestFirst) {
  for (int i = 1; i <= 3; ++i) {
    ASSERT_TRUE(store_->add_audit({0, "default", at(i), "eva", "127.0.0.1", "callflow.save",
                                   "callflow/main", std::to_string(i)}));
  }
  ASSERT_TRUE(store_->add_audit({0, "", at(4), "admin", "", "user.save", "user/eva", ""}));
  const auto page = store_->audit("default", 0, 2);
  ASSERT_EQ(page->size(), 2U);
  EXPECT_EQ(page->at(0).note, "3");
  const auto rest = store_->audit("default", page->at(1).id, 2);
  ASSERT_EQ(rest->size(), 1U);
  EXPECT_EQ(rest->at(0).note, "1");
  EXPECT_EQ((*store_->last_audit("default", "callflow/main"))->note, "3");
  EXPECT_FALSE(*store_->last_audit("default", "callflow/other"));
}

TEST_F(AccessContract, SettingsAndSpareNumbers) {
  EXPECT_EQ(*store_->settings("default"), "{}");
  ASSERT_TRUE(store_->save_settings("default", R"({"language":"de"})"));
  EXPECT_EQ(*store_->settings("default"), R"({"language":"de"})");
  EXPECT_EQ(kind(store_->save_settings("nowhere", "{}")), ErrorKind::not_found);
  ASSERT_TRUE(store_->add_spare_number("default", "+1 415-555-0100"));
  EXPECT_EQ(kind(store_->add_spare_number("default", "+14155550100")), ErrorKind::conflict);
  EXPECT_EQ(store_->spare_numbers("default")->at(0), "+1 415-555-0100");
  EXPECT_TRUE(store_->remove_spare_number("default", "+14155550100"));
  EXPECT_EQ(kind(store_->remove_spare_number("default", "+14155550100")), ErrorKind::not_found);
  for (const char* wrong : {"", "no_match", "1<2", "1\r\n2"}) {
    EXPECT_EQ(kind(store_->add_spare_number("default", wrong)), ErrorKind::invalid) << wrong;
  }
}

TEST_F(AccessContract, ANumberOfALiveCallflowIsNotSpare) {
  ASSERT_TRUE(store_->add_spare_number("default", "1000"));
  const auto callflow = model::parse_callflow(
      R"({"id": "a", "numbers": ["1000", "1001"], "flow": {"module": "hangup", "data": {}}})");
  ASSERT_TRUE(store_->save_and_publish("default", *callflow, {}));
  const auto refused = store_->add_spare_number("default", "1001");
  EXPECT_EQ(kind(refused), ErrorKind::conflict);
  EXPECT_EQ(refused.error().other, "a");
  EXPECT_EQ(kind(store_->remove_spare_number("default", "1000")), ErrorKind::conflict);
  ASSERT_TRUE(store_->unpublish("default", "a"));  // gives it back
  EXPECT_TRUE(store_->remove_spare_number("default", "1000"));
}

}  // namespace
}  // namespace strowger::store
