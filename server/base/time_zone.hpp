// A time zone of the IANA database, as the system has it (docs/decisions/0027-time-zones.md): what
// a clock on the wall shows there, daylight-saving time included.
#pragma once

#include "base/time.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace date {
class time_zone;
}

namespace strowger {

// A clock on a wall: no zone, no offset. Wall times that a switch leaves out never come; those that
// it repeats come twice.
struct LocalTime {
  std::chrono::local_days date{};
  std::chrono::seconds of_day{};  // 0 to 86,399

  bool operator==(const LocalTime&) const = default;
};

class TimeZone {
 public:
  // "Europe/Berlin"; nothing when there is no such zone. The first time that a name is asked for
  // its file is read: not for the path of a call.
  static std::optional<TimeZone> named(std::string_view name);
  static TimeZone utc();

  // Reads nothing; from any thread.
  LocalTime local(WallTime at) const;
  std::string name() const;

 private:
  explicit TimeZone(const date::time_zone* zone) : zone_(zone) {}

  const date::time_zone* zone_;  // lives as long as the process; null: UTC
};

// Of all zones, "Africa/Abidjan" first.
std::vector<std::string> time_zone_names();

// "2026-12-24T18:00", with seconds or without; nothing when it is not of that form or no date.
std::optional<LocalTime> read_local_time(std::string_view text);
// "2026-12-24".
std::optional<std::chrono::local_days> read_date(std::string_view text);
std::string local_time_text(const LocalTime& time);  // "2026-12-24T18:00:00"

}  // namespace strowger
