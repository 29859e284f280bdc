// `strowger trunk`, as a person runs it: what it prints and returns.
#include "cli/command_for_tests.hpp"

#include "store/sqlite_store.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::cli {
namespace {

using testing::HasSubstr;

class TrunkCommands : public CommandTest {
 protected:
  Ran carrier() const {
    return command({"trunk", "add", "--id", "carrier", "--name", "Carrier", "--host",
                    "192.0.2.1:5070", "--host", "sip.example.net", "--source", "198.51.100.0/24",
                    "--username", "acct7", "--password", "s3cret", "--register", "--set",
                    "channels=30", "outbound.priority=2"});
  }
  std::string kept_password() const {
    const auto store = std::move(*store::open_sqlite(directory_.path()));
    const auto all = *store->trunk_passwords("default");
    return all.contains("carrier") ? all.at("carrier").text : "none";
  }
};

TEST_F(TrunkCommands, AddKeepsThePasswordApart) {
  const auto added = carrier();
  ASSERT_EQ(added.code, exit_ok) << added.err;
  EXPECT_EQ(added.out, "trunk carrier is saved\n");
  EXPECT_EQ(command({"trunk", "list"}).out,
            "ID       NAME     STATE  ADDRESSES                  REGISTERS  LOGIN  "
            "CHANNELS\n"
            "carrier  Carrier  on     192.0.2.1 sip.example.net  yes               30\n");
  const auto shown = command({"trunk", "show", "carrier"}).out;
  EXPECT_THAT(shown, HasSubstr("\"port\": 5070"));
  EXPECT_THAT(shown, testing::Not(HasSubstr("s3cret")));
  EXPECT_EQ(kept_password(), "s3cret");
}

TEST_F(TrunkCommands, SetChangesMembersAndPassword) {
  carrier();
  EXPECT_EQ(command({"trunk", "set", "carrier", "enabled=false"}).code, exit_ok);
  EXPECT_EQ(kept_password(), "s3cret");
  EXPECT_THAT(command({"trunk", "list"}).out, HasSubstr("  off  "));
  EXPECT_EQ(command({"trunk", "set", "carrier", "--password", "other"}).code, exit_ok);
  EXPECT_EQ(kept_password(), "other");
  EXPECT_EQ(command({"trunk", "set", "carrier", "--no-password"}).code, exit_ok);
  EXPECT_EQ(kept_password(), "none");
}

TEST_F(TrunkCommands, WhatIsWrongIsSaid) {
  carrier();
  EXPECT_THAT(command({"trunk", "set", "carrier", "channels=0"}).err, HasSubstr("channels"));
  EXPECT_THAT(command({"trunk", "add", "--name", "X", "--host", "a b"}).err, HasSubstr("host"));
  EXPECT_EQ(command({"trunk", "show", "nowhere"}).code, exit_failed);
}

TEST_F(TrunkCommands, RemoveForgetsThePassword) {
  carrier();
  EXPECT_EQ(command({"trunk", "remove", "carrier"}).out, "trunk carrier is removed\n");
  EXPECT_EQ(kept_password(), "none");
}

TEST_F(TrunkCommands, TheSecretOfALoginIsMadeAndShownOnce) {
  const auto added = command({"trunk", "add", "--id", "pbx", "--name", "P", "--login", "site7"});
  ASSERT_EQ(added.code, exit_ok) << added.err;
  EXPECT_THAT(added.out, HasSubstr("  Username  site7\n  Password  "));
  EXPECT_THAT(command({"trunk", "show", "pbx"}).out, testing::Not(HasSubstr("assword")));
  const auto again = command({"trunk", "secret", "pbx"});
  EXPECT_THAT(again.out, HasSubstr("  Password  "));
  EXPECT_NE(again.out, added.out);
  EXPECT_THAT(command({"trunk", "set", "pbx", "channels=3"}).out,
              testing::Not(HasSubstr("assword")));
  EXPECT_THAT(command({"trunk", "set", "pbx", "login.username=site8"}).out,
              HasSubstr("  Username  site8\n"));
  ASSERT_EQ(carrier().code, exit_ok);
  EXPECT_THAT(command({"trunk", "secret", "carrier"}).err, HasSubstr("set login.username first"));
}

}  // namespace
}  // namespace strowger::cli
