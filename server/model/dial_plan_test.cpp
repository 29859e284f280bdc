#include "model/dial_plan.hpp"

#include "model/account_settings.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace strowger::model {
namespace {

Dialling of_country(std::string code, std::string national = "0",
                    std::string international = "00") {
  Dialling dialling;
  dialling.country = std::move(code);
  dialling.national = std::move(national);
  dialling.international = std::move(international);
  return dialling;
}

TEST(DialPlan, NumbersBecomeE164) {
  const DialPlan germany(of_country("49"));
  const DialPlan italy(of_country("39", ""));
  const DialPlan america(of_country("1", "1", "011"));
  const DialPlan nowhere;
  const struct {
    const DialPlan& plan;
    const char* dialled;
    const char* wanted;
  } cases[] = {
      {germany, "03012345678", "+493012345678"},   {germany, "030 / 123-45678", "+493012345678"},
      {germany, "004420712345", "+4420712345"},    {germany, "+4420712345", "+4420712345"},
      {germany, "110", "110"},                     {germany, "12345678", "12345678"},
      {germany, "anna", "anna"},                   {germany, "*21", "*21"},
      {germany, "0", "0"},                         {germany, "", ""},
      {italy, "0612345678", "+390612345678"},      {america, "2125551234", "+12125551234"},
      {america, "12125551234", "+12125551234"},    {america, "01149301234567", "+49301234567"},
      {nowhere, "03012345678", "03012345678"},     {nowhere, "00493012345", "+493012345"},
  };
  for (const auto& one : cases) EXPECT_EQ(one.plan.e164(one.dialled), one.wanted) << one.dialled;
}

TEST(DialPlan, CarriersGetTheFormTheyWant) {
  const DialPlan germany(of_country("49"));
  EXPECT_EQ(germany.formed("03012345678", NumberForm::e164), "+493012345678");
  EXPECT_EQ(germany.formed("03012345678", NumberForm::e164_no_plus), "493012345678");
  EXPECT_EQ(germany.formed("+493012345678", NumberForm::national), "03012345678");
  EXPECT_EQ(germany.formed("+4420712345", NumberForm::national), "004420712345");
  EXPECT_EQ(germany.formed("030 123", NumberForm::as_dialled), "030 123");
  EXPECT_EQ(germany.formed("112", NumberForm::e164), "112");
}

TEST(DialPlan, AccountsMayWriteTheirNumbersAsTheyLike) {
  const DialPlan germany(of_country("49"));
  for (const char* given : {"+493012345678", "493012345678", "03012345678", "00493012345678"}) {
    const auto names = germany.names_of(given);
    for (const char* written : {"+493012345678", "493012345678", "03012345678"}) {
      EXPECT_NE(std::ranges::find(names, written), names.end()) << given << " as " << written;
    }
  }
  EXPECT_EQ(germany.names_of("1000"), std::vector<std::string>{"1000"});
}

TEST(DialPlan, ClassesByDefault) {
  const DialPlan germany(of_country("49"));
  const std::pair<const char*, const char*> cases[] = {
      {"112", "emergency"},         {"03012345678", "national"},   {"+4420712345", "international"},
      {"0044207123456", "international"}, {"09001234567", "premium"},
      {"+449012345678", "premium"},
      {"1001", "internal"},         {"12345678", "local"},         {"anna", "unclassified"},
      {"+", "unclassified"},        {"*21", "internal"},
      {"+49(0)9001234567", "premium"}, {"+4909001234567", "premium"},
  };
  for (const auto& [number, wanted] : cases) EXPECT_EQ(germany.class_of(number), wanted) << number;
  // Without a country everything with a plus is far away.
  EXPECT_EQ(DialPlan().class_of("+493012345678"), "international");
}

TEST(DialPlan, AnAccountsOwnTable) {
  const auto settings = read_account_settings(std::string_view(R"({"country_code": "49",
    "number_classes": [{"name": "mobile", "pattern": "\\+{country}1[567]\\d+"},
                       {"name": "rest", "pattern": ".*"}]})"));
  ASSERT_TRUE(settings);
  const DialPlan plan(settings->dialling);
  EXPECT_EQ(plan.class_of("01711234567"), "mobile");
  EXPECT_EQ(plan.class_of("03012345678"), "rest");
}

TEST(DialPlan, SettingsThatCannotBe) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"country_code": "+49"})", "/country_code"},
      {R"({"country_code": 49})", "/country_code"},
      {R"({"international_prefix": ""})", "/international_prefix"},
      {R"({"number_classes": {}})", "/number_classes"},
      {R"({"number_classes": [{"name": "A B", "pattern": "1"}]})", "/number_classes/0/name"},
      {R"({"number_classes": [{"name": "a", "pattern": "("}]})", "/number_classes/0/pattern"},
      {R"({"outbound_limits": {"calls_per_hour": -1}})", "/outbound_limits/calls_per_hour"},
      {R"({"caller_id": {"number": "\u0007"}})", "/caller_id/number"},
  };
  for (const auto& [text, pointer] : cases) {
    SCOPED_TRACE(text);
    const auto settings = read_account_settings(std::string_view(text));
    ASSERT_FALSE(settings);
    EXPECT_EQ(settings.error().front().pointer, pointer);
  }
}

}  // namespace
}  // namespace strowger::model
