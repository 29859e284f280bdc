#include "sim/judgement.hpp"

#include "sim/ladder.hpp"
#include "sim/record_field.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace strowger::sim {
namespace {

bool holds(const RecordCheck& check, const std::optional<std::string>& value) {
  if (check.kind == RecordCheck::Kind::absent) return !value;
  if (!value) return check.kind == RecordCheck::Kind::equals && check.value.empty();
  if (check.kind == RecordCheck::Kind::contains)
    return value->find(check.value) != std::string::npos;
  if (check.tolerance == 0) return *value == check.value;
  return std::abs(std::atof(value->c_str()) - std::atof(check.value.c_str())) <= check.tolerance;
}

}  // namespace

std::optional<Failure> judge_record(const RecordCheck& check,
                                    const std::optional<model::CallRecord>& record) {
  if (check.kind == RecordCheck::Kind::no_record) {
    if (!record) return std::nullopt;
    return Failure{check.line, "no record", model::to_json(*record)};
  }
  if (!record) return Failure{check.line, "record: " + check.name, "no record"};
  const auto value = record_field(*record, check.name);
  if (holds(check, value)) return std::nullopt;
  return Failure{check.line, fmt::format("record: {} {}", check.name, check.value),
                 fmt::format("{} in {}", value.value_or("(nothing)"), model::to_json(*record))};
}

std::string failure_report(const Scenario& scenario, const Failure& failure, const Phone& phone) {
  return fmt::format("{}:{}: {}\n  expected: {}\n  got:      {}\n  ladder:\n{}", scenario.file,
                     failure.line == 0 ? scenario.line : failure.line, scenario.name,
                     failure.expected, failure.got, ladder(phone));
}

bool text_matches(std::string_view text, std::string_view pattern) {
  // The pieces between the stars, one after the other.
  std::size_t at = 0;
  while (!pattern.empty()) {
    const std::size_t star = std::min(pattern.find('*'), pattern.size());
    const std::string_view piece = pattern.substr(0, star);
    const std::size_t found = text.find(piece, at);
    if (found == std::string_view::npos) return false;
    at = found + piece.size();
    pattern.remove_prefix(std::min(star + 1, pattern.size()));
  }
  return true;
}

}  // namespace strowger::sim
