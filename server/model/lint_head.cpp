#include "model/lint_parts.hpp"

#include "model/number_match.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>

namespace strowger::model {
namespace {

void note(Findings& findings, Severity severity, const char* code, std::string pointer,
          Words text, Words hint) {
  add_finding(findings, finding_in_words(severity, code, std::move(pointer), "", std::move(text),
                                         std::move(hint)));
}

// What the blocks name, and whose phones ring behind that: devices, ring groups, and the members
// that a block has of its own.
std::set<std::string> seats_rung(const Callflow& callflow, const Context& context) {
  std::set<std::string> named;
  const auto add = [&](const boost::json::value* id) {
    if (id != nullptr && id->is_string()) named.emplace(id->get_string());
  };
  if (callflow.root) {
    for_each_block(*callflow.root, [&](const Block& block) {
      add(block.data.if_contains("id"));
      const auto* const members = block.data.if_contains("endpoints");
      if (members == nullptr || !members->is_array()) return;
      for (const auto& member : members->get_array()) {
        if (member.is_object()) add(member.get_object().if_contains("id"));
      }
    });
  }
  auto rung = named;
  for (const auto& id : named) {
    for (auto& seat : context.seats_behind(id)) rung.insert(std::move(seat));
  }
  return rung;
}

void lint_numbers(const Callflow& callflow, const Context& context, Findings& findings) {
  std::map<std::string, std::size_t> seen;
  std::optional<std::set<std::string>> rung;  // few callflows have a seat's number
  for (std::size_t i = 0; i < callflow.numbers.size(); ++i) {
    const std::string& number = callflow.numbers[i];
    const std::string pointer = "/numbers/" + std::to_string(i);
    const auto [first, is_new] = seen.emplace(normalized_number(number), i);
    if (!is_new) {
      note(findings, Severity::error, "duplicate-number", pointer,
           {"The number {{number}} stands here twice; the first is {{first}}.",
            {{"number", number}, {"first", "/numbers/" + std::to_string(first->second)}}},
           "Remove one of the two.");
      continue;
    }
    const auto owner = context.number_owner(first->first);
    if (owner && *owner != callflow.id) {
      note(findings, Severity::error, "number-taken", pointer,
           {"The number {{number}} belongs to the callflow “{{owner}}”.",
            {{"number", number}, {"owner", *owner}}},
           "Remove it there first, or choose another number.");
      continue;
    }
    const auto seat = context.seat_with_extension(first->first);
    if (!seat) continue;
    if (!rung) rung = seats_rung(callflow, context);
    if (rung->contains(*seat)) continue;
    note(findings, Severity::warning, "extension-of-seat", pointer,
         {"The number {{number}} is the extension of the seat “{{seat}}”, for which this callflow "
          "has no block.",
          {{"number", number}, {"seat", *seat}}},
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
           {"The pattern is wrong at byte {{byte}}: {{what}}.",
            {{"byte", std::to_string(checked.error().offset)}, {"what", checked.error().what}}},
           "Patterns are regular expressions of RE2: no look-around, no back-references.");
      continue;
    }
    const auto [first, is_new] = seen.emplace(pattern, i);
    if (!is_new) {
      note(findings, Severity::error, "duplicate-pattern", pointer,
           {"The pattern stands here twice; the first is {{first}}.",
            {{"first", "/patterns/" + std::to_string(first->second)}}},
           "Remove one of the two.");
      continue;
    }
    const auto owner = context.pattern_owner(pattern);
    if (!owner || *owner == callflow.id) continue;
    note(findings, Severity::error, "pattern-taken", pointer,
         {"The pattern belongs to the callflow “{{owner}}”.", {{"owner", *owner}}},
         "Remove it there first.");
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
