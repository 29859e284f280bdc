#include "base/time_zone.hpp"

#include <date/tz.h>
#include <fmt/format.h>

#include <charconv>
#include <exception>

namespace strowger {

namespace {

constexpr std::size_t name_bytes_max = 64;

LocalTime split(std::int64_t seconds) {
  const std::chrono::local_seconds time{std::chrono::seconds(seconds)};
  const auto date = std::chrono::floor<std::chrono::days>(time);
  return {date, time - date};
}

// So many digits at the beginning of `text`, which goes on behind them and behind `separator`.
std::optional<int> take_number(std::string_view& text, std::size_t digits, char separator) {
  int value = 0;
  if (text.size() < digits) return std::nullopt;
  const auto read = std::from_chars(text.data(), text.data() + digits, value);
  if (read.ec != std::errc{} || read.ptr != text.data() + digits || value < 0) return std::nullopt;
  text.remove_prefix(digits);
  if (text.empty()) return value;
  if (text.front() != separator) return std::nullopt;
  text.remove_prefix(1);
  return value;
}

}  // namespace

std::optional<TimeZone> TimeZone::named(std::string_view name) {
  if (name.empty() || name.size() > name_bytes_max) return std::nullopt;
  try {
    const auto* const zone = date::locate_zone(std::string(name));
    zone->get_info(date::sys_seconds{});  // its file is read now
    return TimeZone(zone);
  } catch (const std::exception&) {  // the library's way to say that there is none
    return std::nullopt;
  }
}

TimeZone TimeZone::utc() { return TimeZone(nullptr); }

LocalTime TimeZone::local(WallTime at) const {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(at).time_since_epoch();
  if (zone_ == nullptr) return split(seconds.count());
  const auto info = zone_->get_info(date::sys_seconds{seconds});
  return split((seconds + info.offset).count());
}

std::string TimeZone::name() const { return zone_ == nullptr ? "UTC" : zone_->name(); }

std::vector<std::string> time_zone_names() {
  std::vector<std::string> names;
  for (const auto& zone : date::get_tzdb().zones) names.push_back(zone.name());
  return names;
}

std::optional<std::chrono::local_days> read_date(std::string_view text) {
  if (text.size() != 10) return std::nullopt;
  const auto year = take_number(text, 4, '-');
  const auto month = take_number(text, 2, '-');
  const auto dom = take_number(text, 2, '\0');
  if (!year || !month || !dom) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{*year},
                                         std::chrono::month{static_cast<unsigned>(*month)},
                                         std::chrono::day{static_cast<unsigned>(*dom)}};
  if (!date.ok()) return std::nullopt;
  return std::chrono::local_days(date);
}

std::optional<LocalTime> read_local_time(std::string_view text) {
  const auto date = read_date(text.substr(0, 10));
  if (!date || text.size() < 16 || text[10] != 'T') return std::nullopt;
  text.remove_prefix(11);
  const bool with_seconds = text.size() == 8;
  if (!with_seconds && text.size() != 5) return std::nullopt;
  const auto hour = take_number(text, 2, ':');
  const auto minute = take_number(text, 2, ':');
  const auto second = with_seconds ? take_number(text, 2, '\0') : std::optional(0);
  if (!hour || !minute || !second) return std::nullopt;
  if (*hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return LocalTime{*date, std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
                              std::chrono::seconds(*second)};
}

std::string local_time_text(const LocalTime& time) {
  const std::chrono::year_month_day date{time.date};
  const std::chrono::hh_mm_ss clock{time.of_day};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

}  // namespace strowger
