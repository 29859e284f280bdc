// Rules of Time of Day: when it is opening time, when a holiday. KAZOO's temporal_rule and
// temporal_rules_set.
//
// `document` is the truth, as in seat.hpp.
#pragma once

#include "base/result.hpp"
#include "base/time_zone.hpp"
#include "model/finding.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace strowger::model {

inline constexpr std::size_t temporal_rule_bytes_max = 64 << 10;
inline constexpr std::size_t temporal_rule_depth_max = 16;  // JSON levels
inline constexpr std::size_t temporal_name_chars_max = 128;
inline constexpr std::size_t temporal_rules_max = 100;  // in one set, or named by one block
inline constexpr std::int64_t temporal_interval_max = 1'000;
inline constexpr std::chrono::seconds whole_day{86'400};

// In the order in which rules that apply at the same time count: the more special one first.
enum class TemporalCycle : std::uint8_t { date, yearly, monthly, weekly, daily };
std::string_view temporal_cycle_name(TemporalCycle cycle);

// Which of the days of a month that fall on one of `wdays`.
enum class TemporalOrdinal : std::uint8_t { every, first, second, third, fourth, fifth, last };
std::string_view temporal_ordinal_name(TemporalOrdinal ordinal);

struct TemporalRule {
  std::string id;    // identifier.hpp; "" when the document names none
  std::string name;  // never ""
  TemporalCycle cycle = TemporalCycle::weekly;
  std::int64_t interval = 1;            // every so many days, weeks, months, years from the start
  std::vector<std::chrono::weekday> weekdays;  // `wdays`
  std::vector<std::int64_t> days;       // of the month, 1 to 31; they count before `weekdays`
  std::int64_t month = 1;               // of yearly ones: 1 to 12
  TemporalOrdinal ordinal = TemporalOrdinal::every;
  // `start_date`: 2026-12-24 as text, or as KAZOO has it, a moment in seconds since the year 0 UTC,
  // whose date is that of the zone. Nothing before it counts.
  std::variant<std::chrono::local_days, WallTime> start;
  // After midnight. Not after `from`: until that time of the next day.
  std::chrono::seconds from{0};
  std::chrono::seconds until = whole_day;  // it does not apply then any more
  std::optional<bool> enabled;  // forced: it applies always, or never; nothing: by time

  boost::json::object document;

  // Sets `id` here and in the document.
  void assign_id(std::string new_id);
};

struct TemporalRuleSet {
  std::string id;
  std::string name;                // never ""
  std::vector<std::string> rules;  // `temporal_rules`: ids

  boost::json::object document;

  void assign_id(std::string new_id);
};

// Does it apply at that time, on the clocks of `zone`?
bool applies(const TemporalRule& rule, const LocalTime& time, const TimeZone& zone);

// Text from outside; what is no rule is refused whole, with JSON pointers.
Result<TemporalRule, Findings> parse_temporal_rule(std::string_view json_text);
Result<TemporalRule, Findings> read_temporal_rule(boost::json::object document);
Result<TemporalRuleSet, Findings> parse_temporal_rule_set(std::string_view json_text);
Result<TemporalRuleSet, Findings> read_temporal_rule_set(boost::json::object document);

// One line of JSON, equal in meaning to what was parsed.
std::string serialize(const TemporalRule& rule);
std::string serialize(const TemporalRuleSet& set);

}  // namespace strowger::model
