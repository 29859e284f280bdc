#include "model/temporal_rule.hpp"

#include <gtest/gtest.h>

namespace strowger::model {
namespace {

TemporalRule rule_of(const std::string& members) {
  auto rule = parse_temporal_rule("{\"name\": \"r\", " + members + "}");
  EXPECT_TRUE(rule) << members << ": " << (rule ? "" : one_line(rule.error().front()));
  return rule ? *rule : TemporalRule();
}

struct Case {
  const char* members;
  const char* time;
  bool applies;
};

constexpr const char* office =
    R"("cycle": "weekly", "wdays": ["monday", "friday"], "time_window_start": 32400,
       "time_window_stop": 61200)";
constexpr const char* night =
    R"("cycle": "weekly", "wdays": ["friday"], "time_window_start": 79200,
       "time_window_stop": 21600)";
constexpr const char* christmas =
    R"("cycle": "yearly", "month": 12, "days": [24, 25, 26])";
constexpr const char* thanksgiving =
    R"("cycle": "yearly", "month": 11, "ordinal": "fourth", "wdays": ["thursday"])";
constexpr const char* last_sunday =
    R"("cycle": "monthly", "ordinal": "last", "wdays": ["sunday"])";
constexpr const char* payday = R"("cycle": "monthly", "days": [31], "interval": 2,
    "start_date": "2026-01-31")";
constexpr const char* fortnight = R"("cycle": "weekly", "wdays": ["wensday"], "interval": 2,
    "start_date": "2026-11-05")";
constexpr const char* third_day = R"("cycle": "daily", "interval": 3, "start_date": "2026-12-30")";
constexpr const char* party = R"("cycle": "date", "start_date": "2026-12-31",
    "time_window_start": 72000, "time_window_stop": 7200)";

TEST(TemporalRule, applies_as_the_calendar_says) {
  const Case cases[] = {
      {office, "2026-11-30T09:00", true},    // a Monday
      {office, "2026-11-30T08:59:59", false},
      {office, "2026-11-30T16:59:59", true},
      {office, "2026-11-30T17:00", false},
      {office, "2026-12-01T12:00", false},   // a Tuesday
      {office, "2026-12-04T12:00", true},
      {night, "2026-12-04T22:00", true},     // Friday
      {night, "2026-12-05T05:59:59", true},  // the morning after
      {night, "2026-12-05T06:00", false},
      {night, "2026-12-05T22:00", false},    // Saturday
      {night, "2026-12-04T05:00", false},    // the morning before
      {christmas, "2026-12-24T00:00", true},
      {christmas, "2030-12-26T23:59:59", true},
      {christmas, "2026-12-27T00:00", false},
      {christmas, "2026-11-24T12:00", false},
      {thanksgiving, "2026-11-26T12:00", true},
      {thanksgiving, "2026-11-19T12:00", false},
      {thanksgiving, "2027-11-25T12:00", true},
      {last_sunday, "2026-02-22T12:00", true},
      {last_sunday, "2026-03-22T12:00", false},
      {last_sunday, "2026-03-29T12:00", true},
      {payday, "2026-01-31T12:00", true},
      {payday, "2026-03-31T12:00", true},
      {payday, "2026-12-31T12:00", false},   // eleven months on
      {payday, "2025-11-30T12:00", false},   // before it begins
      {fortnight, "2026-11-04T12:00", false},  // the Wednesday before its first day
      {fortnight, "2026-11-11T12:00", false},
      {fortnight, "2026-11-18T12:00", true},
      {third_day, "2027-01-02T12:00", true},
      {third_day, "2027-01-03T12:00", false},
      {third_day, "2026-12-27T12:00", false},
      {party, "2026-12-31T20:00", true},
      {party, "2027-01-01T01:59:59", true},
      {party, "2027-01-01T20:00", false},
      {R"("cycle": "yearly", "month": 2, "days": [29])", "2028-02-29T12:00", true},
      {R"("cycle": "yearly", "month": 2, "days": [29])", "2027-03-01T12:00", false},
      {R"("cycle": "monthly", "wdays": ["tuesday"])", "2026-12-15T12:00", true},
      {R"("cycle": "daily", "enabled": false)", "2026-12-15T12:00", false},
      {R"("cycle": "date", "start_date": "2020-01-01", "enabled": true)", "2026-12-15T12:00", true},
      {R"("cycle": "daily", "enabled": null)", "2026-12-15T12:00", true},
  };
  for (const auto& each : cases) {
    EXPECT_EQ(applies(rule_of(each.members), *read_local_time(each.time), TimeZone::utc()),
              each.applies)
        << each.members << " at " << each.time;
  }
}

// KAZOO's editor stores the beginning of the day where the user is.
TEST(TemporalRule, a_start_in_seconds_is_a_date_of_the_zone) {
  const auto rule = rule_of(R"("cycle": "date", "start_date": 63965286000)");  // 2026-12-23T23:00Z
  const auto berlin = TimeZone::named("Europe/Berlin");
  const auto eve = *read_local_time("2026-12-24T12:00");
  EXPECT_TRUE(applies(rule, eve, *berlin));
  EXPECT_FALSE(applies(rule, eve, TimeZone::utc()));
}

TEST(TemporalRule, what_can_not_be_meant_is_refused) {
  const std::pair<const char*, const char*> cases[] = {
      {R"({"cycle": "daily"})", "/name"},
      {R"({"name": "x"})", "/cycle"},
      {R"({"name": "x", "cycle": "hourly"})", "/cycle"},
      {R"({"name": "x", "cycle": "weekly"})", "/wdays"},
      {R"({"name": "x", "cycle": "weekly", "wdays": ["funday"]})", "/wdays/0"},
      {R"({"name": "x", "cycle": "monthly"})", "/days"},
      {R"({"name": "x", "cycle": "monthly", "days": [32]})", "/days"},
      {R"({"name": "x", "cycle": "yearly", "days": [1]})", "/month"},
      {R"({"name": "x", "cycle": "yearly", "days": [1], "month": 13})", "/month"},
      {R"({"name": "x", "cycle": "date"})", "/start_date"},
      {R"({"name": "x", "cycle": "date", "start_date": "24.12."})", "/start_date"},
      {R"({"name": "x", "cycle": "date", "start_date": -1})", "/start_date"},
      {R"({"name": "x", "cycle": "daily", "interval": 0})", "/interval"},
      {R"({"name": "x", "cycle": "daily", "time_window_start": 86400})", "/time_window_stop"},
      {R"({"name": "x", "cycle": "daily", "time_window_stop": 86401})", "/time_window_stop"},
      {R"({"name": "x", "cycle": "daily", "enabled": "yes"})", "/enabled"},
  };
  for (const auto& [text, pointer] : cases) {
    const auto rule = parse_temporal_rule(text);
    ASSERT_FALSE(rule) << text;
    EXPECT_EQ(rule.error().front().pointer, pointer) << text;
  }
}

TEST(TemporalRule, unknown_members_survive) {
  auto rule = rule_of(R"("cycle": "daily", "flags": ["x"], "_id": "abc")");
  EXPECT_EQ(rule.id, "abc");
  EXPECT_NE(serialize(rule).find("flags"), std::string::npos);
}

TEST(TemporalRuleSet, is_a_list_of_ids) {
  const auto set = parse_temporal_rule_set(R"({"name": "Holidays", "temporal_rules": ["a", "b"]})");
  ASSERT_TRUE(set);
  EXPECT_EQ(set->rules, (std::vector<std::string>{"a", "b"}));
  EXPECT_FALSE(parse_temporal_rule_set(R"({"name": "", "temporal_rules": []})"));
  EXPECT_FALSE(parse_temporal_rule_set(R"({"name": "x", "temporal_rules": ["a/b"]})"));
  EXPECT_FALSE(parse_temporal_rule_set("[]"));
}

}  // namespace
}  // namespace strowger::model
