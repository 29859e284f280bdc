#include "model/temporal_rule.hpp"

#include "model/document_reader.hpp"
#include "model/identifier.hpp"
#include "model/json_reader.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace strowger::model {
namespace {

namespace json = boost::json;

constexpr JsonLimits limits{temporal_rule_bytes_max, temporal_rule_depth_max};
constexpr std::array<std::string_view, 5> cycles = {"date", "yearly", "monthly", "weekly", "daily"};
constexpr std::array<std::string_view, 7> ordinals = {"every",  "first", "second", "third",
                                                      "fourth", "fifth", "last"};
constexpr std::array<std::string_view, 7> weekdays = {
    "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
constexpr std::int64_t epoch_gregorian = 62'167'219'200;  // 1970-01-01 in seconds since year 0
constexpr std::int64_t gregorian_max = 315'569'520'000;   // the year 10000
// KAZOO's default: a Monday of 1983.
constexpr std::chrono::local_days start_default{std::chrono::days{4'848}};

// "wensday" is how KAZOO writes it.
std::optional<std::chrono::weekday> weekday_named(std::string_view name) {
  if (name == "wensday") name = "wednesday";
  const auto found = std::ranges::find(weekdays, name);
  if (found == weekdays.end()) return std::nullopt;
  return std::chrono::weekday(static_cast<unsigned>(found - weekdays.begin()));
}

bool is_weekday(std::string_view name) { return weekday_named(name).has_value(); }

void read_start(DocumentReader& reader, TemporalRule& rule) {
  rule.start = start_default;
  const auto* const value = reader.find("start_date");
  if (value == nullptr) {
    if (rule.cycle != TemporalCycle::date) return;
    return reader.complain("start_date", "missing", "A rule for one date needs it.",
                           "Give start_date as 2026-12-24.");
  }
  if (const auto* const seconds = value->if_int64()) {
    if (*seconds >= 0 && *seconds <= gregorian_max) {
      rule.start = WallTime(std::chrono::seconds(*seconds - epoch_gregorian));
      return;
    }
  } else if (const auto* const text = value->if_string()) {
    if (const auto date = read_date(*text)) {
      rule.start = *date;
      return;
    }
  }
  reader.complain("start_date", "bad-value",
                  "This is no date: 2026-12-24, or seconds since the year 0.");
}

void read_days(DocumentReader& reader, TemporalRule& rule) {
  constexpr std::size_t days_max = 31;
  const auto* const list = reader.items("days", days_max);
  if (list == nullptr) return;
  for (const auto& value : *list) {
    const auto* const day = value.if_int64();
    if (day == nullptr || *day < 1 || *day > static_cast<std::int64_t>(days_max)) {
      return reader.complain("days", "bad-value", "The days of a month are 1 to 31.");
    }
    rule.days.push_back(*day);
  }
}

void read_window(DocumentReader& reader, TemporalRule& rule) {
  const IntegerLimits in_day{0, whole_day.count()};
  rule.from = std::chrono::seconds(reader.integer("time_window_start", in_day, 0));
  rule.until = std::chrono::seconds(reader.integer("time_window_stop", in_day, whole_day.count()));
  if (rule.from == rule.until) {
    reader.complain("time_window_stop", "bad-value", "The window begins and ends at the same time.",
                    "The whole day is 0 to 86400.");
  } else if (rule.from == whole_day) {
    reader.complain("time_window_start", "bad-value", "The day is over then.",
                    "Give the seconds after midnight at which the window begins.");
  }
}

// Is it said which days are meant?
void check_days(DocumentReader& reader, const TemporalRule& rule) {
  const bool named = !rule.weekdays.empty();
  if (rule.cycle == TemporalCycle::weekly && !named) {
    reader.complain("wdays", "missing", "A weekly rule needs days of the week.",
                    "Give wdays, such as [\"monday\"].");
  }
  const bool in_months =
      rule.cycle == TemporalCycle::monthly || rule.cycle == TemporalCycle::yearly;
  if (in_months && !named && rule.days.empty()) {
    reader.complain("days", "missing", "It is not said on which days of the month.",
                    "Give days, such as [24], or ordinal and wdays.");
  }
  if (rule.cycle == TemporalCycle::yearly && !reader.has("month")) {
    reader.complain("month", "missing", "A yearly rule needs a month.", "Give month, 1 to 12.");
  }
}

TemporalRule read(DocumentReader& reader) {
  TemporalRule rule;
  rule.id = read_document_id(reader);
  rule.name = reader.text("name", {.chars_min = 1, .chars_max = temporal_name_chars_max});
  if (!reader.has("name")) reader.complain("name", "missing", "A rule needs a name.");
  if (!reader.has("cycle")) reader.complain("cycle", "missing", "It is not said how it repeats.");
  rule.cycle = static_cast<TemporalCycle>(reader.choice("cycle", cycles, 3));
  rule.interval = reader.integer("interval", {1, temporal_interval_max}, rule.interval);
  for (const auto& name : reader.texts("wdays", weekdays.size(), is_weekday,
                                       "a day of the week, such as monday")) {
    if (const auto day = weekday_named(name)) rule.weekdays.push_back(*day);
  }
  read_days(reader, rule);
  rule.month = reader.integer("month", {1, 12}, rule.month);
  rule.ordinal = static_cast<TemporalOrdinal>(reader.choice("ordinal", ordinals, 0));
  read_start(reader, rule);
  read_window(reader, rule);
  if (reader.has("enabled")) rule.enabled = reader.flag("enabled", false);
  check_days(reader, rule);
  return rule;
}

TemporalRuleSet read_set(DocumentReader& reader) {
  TemporalRuleSet set;
  set.id = read_document_id(reader);
  set.name = reader.text("name", {.chars_min = 1, .chars_max = temporal_name_chars_max});
  if (!reader.has("name")) reader.complain("name", "missing", "A rule set needs a name.");
  set.rules = reader.texts("temporal_rules", temporal_rules_max, is_identifier, "the id of a rule");
  return set;
}

}  // namespace

std::string_view temporal_cycle_name(TemporalCycle cycle) {
  return cycles[static_cast<std::size_t>(cycle)];
}

std::string_view temporal_ordinal_name(TemporalOrdinal ordinal) {
  return ordinals[static_cast<std::size_t>(ordinal)];
}

void TemporalRule::assign_id(std::string new_id) {
  id = std::move(new_id);
  document["id"] = id;
}

void TemporalRuleSet::assign_id(std::string new_id) {
  id = std::move(new_id);
  document["id"] = id;
}

Result<TemporalRule, Findings> read_temporal_rule(json::object document) {
  Findings findings;
  DocumentReader reader(document, "", findings);
  auto rule = read(reader);
  if (has_errors(findings)) return unexpected(std::move(findings));
  rule.document = std::move(document);
  return rule;
}

Result<TemporalRule, Findings> parse_temporal_rule(std::string_view json_text) {
  auto object = read_json_object(json_text, limits, "rule");
  if (!object) return unexpected(std::move(object.error()));
  return read_temporal_rule(std::move(*object));
}

Result<TemporalRuleSet, Findings> read_temporal_rule_set(json::object document) {
  Findings findings;
  DocumentReader reader(document, "", findings);
  auto set = read_set(reader);
  if (has_errors(findings)) return unexpected(std::move(findings));
  set.document = std::move(document);
  return set;
}

Result<TemporalRuleSet, Findings> parse_temporal_rule_set(std::string_view json_text) {
  auto object = read_json_object(json_text, limits, "rule set");
  if (!object) return unexpected(std::move(object.error()));
  return read_temporal_rule_set(std::move(*object));
}

std::string serialize(const TemporalRule& rule) { return json::serialize(rule.document); }
std::string serialize(const TemporalRuleSet& set) { return json::serialize(set.document); }

}  // namespace strowger::model
