// Whether a rule of Time of Day applies: calendar arithmetic on the dates of one place.
#include "model/temporal_rule.hpp"

#include <algorithm>

namespace strowger::model {
namespace {

using std::chrono::days;
using std::chrono::local_days;
using std::chrono::year_month_day;

local_days first_date(const TemporalRule& rule, const TimeZone& zone) {
  if (const auto* const date = std::get_if<local_days>(&rule.start)) return *date;
  return zone.local(std::get<WallTime>(rule.start)).date;
}

bool in_step(std::int64_t distance, const TemporalRule& rule) {
  return distance % rule.interval == 0;
}

local_days monday_of(local_days date) {
  return date - (std::chrono::weekday(date) - std::chrono::Monday);
}

std::int64_t month_number(const year_month_day& date) {
  return 12LL * static_cast<int>(date.year()) + static_cast<unsigned>(date.month());
}

bool is_wanted_weekday(const TemporalRule& rule, local_days date) {
  return std::ranges::find(rule.weekdays, std::chrono::weekday(date)) != rule.weekdays.end();
}

// "The third Friday", "the last Sunday", "the 24th".
bool is_day_of_month(const TemporalRule& rule, local_days date) {
  const year_month_day ymd(date);
  const auto day = static_cast<unsigned>(ymd.day());
  if (!rule.days.empty()) return std::ranges::find(rule.days, day) != rule.days.end();
  if (!is_wanted_weekday(rule, date)) return false;
  if (rule.ordinal == TemporalOrdinal::every) return true;
  if (rule.ordinal == TemporalOrdinal::last) {
    return year_month_day(date + days{7}).month() != ymd.month();
  }
  return (day - 1) / 7 + 1 == static_cast<unsigned>(rule.ordinal);
}

bool is_on(const TemporalRule& rule, local_days date, local_days first) {
  if (date < first) return false;
  const year_month_day ymd(date);
  const year_month_day start(first);
  switch (rule.cycle) {
    case TemporalCycle::date: return date == first;
    case TemporalCycle::daily: return in_step((date - first).count(), rule);
    case TemporalCycle::weekly:
      return is_wanted_weekday(rule, date) &&
             in_step((monday_of(date) - monday_of(first)).count() / 7, rule);
    case TemporalCycle::monthly:
      return is_day_of_month(rule, date) && in_step(month_number(ymd) - month_number(start), rule);
    case TemporalCycle::yearly:
      return static_cast<unsigned>(ymd.month()) == rule.month && is_day_of_month(rule, date) &&
             in_step(static_cast<int>(ymd.year()) - static_cast<int>(start.year()), rule);
  }
  return false;
}

}  // namespace

bool applies(const TemporalRule& rule, const LocalTime& time, const TimeZone& zone) {
  if (rule.enabled) return *rule.enabled;
  const auto first = first_date(rule, zone);
  if (rule.from < rule.until) {
    return time.of_day >= rule.from && time.of_day < rule.until && is_on(rule, time.date, first);
  }
  // Over midnight: the evening of a day, and the morning that follows it.
  if (time.of_day >= rule.from) return is_on(rule, time.date, first);
  return time.of_day < rule.until && is_on(rule, time.date - days{1}, first);
}

}  // namespace strowger::model
