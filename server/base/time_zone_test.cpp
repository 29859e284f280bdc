#include "base/time_zone.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace strowger {
namespace {

WallTime utc(std::string_view text) {
  const auto time = read_local_time(text);
  return WallTime{time->date.time_since_epoch() + time->of_day};
}

struct Case {
  const char* zone;
  const char* utc;
  const char* wall;
};

TEST(TimeZone, knows_what_the_clock_on_the_wall_shows) {
  const Case cases[] = {
      {"Europe/Berlin", "2026-01-15T12:00:00", "2026-01-15T13:00:00"},
      {"Europe/Berlin", "2026-07-15T12:00:00", "2026-07-15T14:00:00"},
      // Summer time begins: 02:00 to 02:59:59 do not come.
      {"Europe/Berlin", "2026-03-29T00:59:59", "2026-03-29T01:59:59"},
      {"Europe/Berlin", "2026-03-29T01:00:00", "2026-03-29T03:00:00"},
      // Summer time ends: 02:30 comes twice.
      {"Europe/Berlin", "2026-10-25T00:30:00", "2026-10-25T02:30:00"},
      {"Europe/Berlin", "2026-10-25T01:30:00", "2026-10-25T02:30:00"},
      {"America/New_York", "2026-03-08T06:59:59", "2026-03-08T01:59:59"},
      {"America/New_York", "2026-03-08T07:00:00", "2026-03-08T03:00:00"},
      {"Australia/Lord_Howe", "2026-04-04T15:00:00", "2026-04-05T01:30:00"},  // half an hour
      {"Asia/Kathmandu", "2026-12-31T18:15:00", "2027-01-01T00:00:00"},
      {"Pacific/Kiritimati", "2026-12-31T10:00:00", "2027-01-01T00:00:00"},
      {"UTC", "2026-06-01T00:00:00", "2026-06-01T00:00:00"},
  };
  for (const auto& each : cases) {
    const auto zone = TimeZone::named(each.zone);
    ASSERT_TRUE(zone) << each.zone;
    EXPECT_EQ(local_time_text(zone->local(utc(each.utc))), each.wall) << each.zone << each.utc;
  }
}

TEST(TimeZone, unknown_names_are_none) {
  for (const char* name : {"", "Europe/Atlantis", "../../etc/passwd", "/etc/localtime", "europe"}) {
    EXPECT_FALSE(TimeZone::named(name)) << name;
  }
  EXPECT_FALSE(TimeZone::named(std::string(70, 'x')));
}

TEST(TimeZone, lists_all_names) {
  const auto names = time_zone_names();
  EXPECT_GT(names.size(), 300U);
  EXPECT_EQ(std::ranges::count(names, "Europe/Berlin"), 1);
}

TEST(LocalTime, is_read_as_it_is_written) {
  EXPECT_EQ(local_time_text(*read_local_time("2026-12-24T18:00")), "2026-12-24T18:00:00");
  EXPECT_EQ(local_time_text(*read_local_time("2026-12-24T18:00:59")), "2026-12-24T18:00:59");
  for (const char* text : {"", "2026-12-24", "2026-12-24 18:00", "2026-13-24T18:00",
                           "2026-02-29T18:00", "2026-12-24T24:00", "2026-12-24T18:60",
                           "2026-12-24T18:00:60", "2026-12-24T18:0", "2026-12-24T1-:00"}) {
    EXPECT_FALSE(read_local_time(text)) << text;
  }
  for (const char* text : {"2026-2-1", "2026-02-30", "2026-02-1x", "20260201--", "-026-02-01"}) {
    EXPECT_FALSE(read_date(text)) << text;
  }
}

}  // namespace
}  // namespace strowger
