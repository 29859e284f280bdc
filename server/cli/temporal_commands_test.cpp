// `strowger temporal-rule` and `temporal-rule-set`, as a person runs them.
#include "cli/command_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::cli {
namespace {

using testing::HasSubstr;

class TemporalCommands : public CommandTest {
 protected:
  Ran office() const {
    return command({"temporal-rule", "add", "--id", "office", "--name", "Office", "--set",
                    R"(wdays=["monday"])", "--set", "time_window_start=32400", "--set",
                    "time_window_stop=61200"});
  }
};

TEST_F(TemporalCommands, ARuleIsAddedListedChangedAndRemoved) {
  EXPECT_EQ(office().out, "rule office is saved\n");
  EXPECT_THAT(command({"temporal-rule", "list"}).out, HasSubstr("office  Office  weekly"));
  EXPECT_EQ(command({"temporal-rule", "set", "office", "enabled=true"}).code, exit_ok);
  EXPECT_THAT(command({"temporal-rule", "list"}).out, HasSubstr("weekly, forced on"));
  EXPECT_THAT(command({"temporal-rule", "show", "office"}).out, HasSubstr("\"enabled\": true"));
  EXPECT_EQ(command({"temporal-rule", "remove", "office"}).out, "rule office is removed\n");
  EXPECT_EQ(command({"temporal-rule", "show", "office"}).code, exit_failed);
}

TEST_F(TemporalCommands, PreviewSaysWhatApplies) {
  office();
  const auto preview = [&](const char* at) {
    return command({"temporal-rule", "preview", "--at", at, "--timezone", "Europe/Berlin"});
  };
  EXPECT_THAT(preview("2026-11-30T09:00").out, HasSubstr("Europe/Berlin"));
  EXPECT_THAT(preview("2026-11-30T09:00").out, HasSubstr("Office  yes"));
  EXPECT_THAT(preview("2026-11-30T17:00").out, HasSubstr("Office  no"));
  EXPECT_THAT(preview("noon").err, HasSubstr("2026-12-24T18:00"));
  EXPECT_THAT(command({"temporal-rule", "preview", "--timezone", "Europe/Atlantis"}).err,
              HasSubstr("Europe/Atlantis"));
}

TEST_F(TemporalCommands, ARuleThatASetHasStaysUnlessForced) {
  EXPECT_THAT(command({"temporal-rule-set", "add", "--name", "S", "--rule", "office"}).err,
              HasSubstr("office"));
  office();
  EXPECT_EQ(command({"temporal-rule-set", "add", "--id", "s", "--name", "S", "--rule", "office"})
                .code,
            exit_ok);
  EXPECT_THAT(command({"temporal-rule", "remove", "office"}).err, HasSubstr("rule set s"));
  EXPECT_EQ(command({"temporal-rule", "remove", "office", "--force"}).code, exit_ok);
}

TEST_F(TemporalCommands, WhatCannotBeMeantIsRefusedWithItsPlace) {
  const auto refused = command({"temporal-rule", "add", "--name", "X", "--cycle", "yearly"});
  EXPECT_EQ(refused.code, exit_failed);
  EXPECT_THAT(refused.err, HasSubstr("/month"));
}

}  // namespace
}  // namespace strowger::cli
