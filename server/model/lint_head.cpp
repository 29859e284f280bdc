#include "model/lint_parts.hpp"

#include "model/number_match.hpp"
#include "model/seat_kit.hpp"

#include <map>

namespace strowger::model {
namespace {

void note(Findings& findings, Severity severity, const char* code, std::string pointer,
          std::string text, std::string hint) {
  add_finding(findings, {severity, code, std::move(pointer), "", std::move(text),
                         std::move(hint)});
}

void lint_numbers(const Callflow& callflow, const Context& context, Findings& findings) {
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < callflow.numbers.size(); ++i) {
    const std::string& number = callflow.numbers[i];
    const std::string pointer = "/numbers/" + std::to_string(i);
    const auto [first, is_new] = seen.emplace(normalized_number(number), i);
    if (!is_new) {
      note(findings, Severity::error, "duplicate-number", pointer,
           "The number " + number + " stands here twice; the first is /numbers/" +
               std::to_string(first->second) + ".",
           "Remove one of the two.");
      continue;
    }
    const auto owner = context.number_owner(first->first);
    if (owner && *owner != callflow.id) {
      note(findings, Severity::error, "number-taken", pointer,
           "The number " + number + " belongs to the callflow “" + *owner + "”.",
           "Remove it there first, or choose another number.");
      continue;
    }
    const auto seat = context.seat_with_extension(first->first);
    if (!seat || rings(callflow, *seat)) continue;
    note(findings, Severity::warning, "extension-of-seat", pointer,
         "The number " + number + " is the extension of the seat “" + *seat +
             "”, for which this callflow has no block.",
         "Add a Seat block for it, or choose another number.");
  }
}

void lint_patterns(const Callflow& callflow, const Context& context, Findings& findings) {
  std::map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < callflow.patterns.size(); ++i) {
    const std::string& pattern = callflow.patterns[i];
    const std::string pointer = "/patterns/" + std::to_string(i);
    if (const auto checked = check_pattern(pattern); !checked) {
      note(findings, Severity::error, "bad-pattern", pointer,
           "The pattern is wrong at byte " + std::to_string(checked.error().offset) + ": " +
               checked.error().what + ".",
           "Patterns are regular expressions of RE2: no look-around, no back-references.");
      continue;
    }
    const auto [first, is_new] = seen.emplace(pattern, i);
    if (!is_new) {
      note(findings, Severity::error, "duplicate-pattern", pointer,
           "The pattern stands here twice; the first is /patterns/" +
               std::to_string(first->second) + ".",
           "Remove one of the two.");
      continue;
    }
    const auto owner = context.pattern_owner(pattern);
    if (!owner || *owner == callflow.id) continue;
    note(findings, Severity::error, "pattern-taken", pointer,
         "The pattern belongs to the callflow “" + *owner + "”.", "Remove it there first.");
  }
}

}  // namespace

void lint_head(const Callflow& callflow, const Context& context, Findings& findings) {
  if (!callflow.root) {
    note(findings, Severity::error, "empty-flow", "/flow", "The callflow has no blocks yet.",
         "Add the first block.");
  }
  if (callflow.numbers.empty() && callflow.patterns.empty()) {
    note(findings, Severity::info, "no-numbers", "",
         "No number leads here; only other callflows can use it.", "");
  }
  lint_numbers(callflow, context, findings);
  lint_patterns(callflow, context, findings);
}

}  // namespace strowger::model
