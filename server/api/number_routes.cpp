// Numbers: who answers which, spare ones, the lowest free extension.
#include "api/fields.hpp"
#include "api/page.hpp"
#include "api/routes.hpp"

#include "model/callflow.hpp"
#include "model/number_match.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace strowger::api {

namespace json = boost::json;

namespace {

constexpr std::size_t extension_digits_max = 6;  // longer ones are telephone numbers

struct Number {
  std::string written;
  const char* kind = "extension";
  std::string callflow;
  std::string callflow_name;
  bool live = false;
  bool spare = false;
};

const char* kind_of(const std::string& number) {
  if (number == model::no_match_number) return "no_match";
  const bool long_one = model::normalized_number(number).size() > extension_digits_max;
  return number.starts_with('+') || long_one ? "phone" : "extension";
}

// By what makes it unique: patterns after numbers.
using Numbers = std::map<std::string, Number, std::less<>>;

void add_drafts(const store::CallflowSummary& callflow, Numbers& all) {
  for (const auto& number : callflow.numbers) {
    all.try_emplace("0" + model::normalized_number(number),
                    Number{number, kind_of(number), callflow.id, callflow.name});
  }
  for (const auto& pattern : callflow.patterns) {
    all.try_emplace("1" + pattern, Number{pattern, "pattern", callflow.id, callflow.name});
  }
}

Answered<Numbers> all_numbers(Visit& visit) {
  const auto live = visit.store.numbers(visit.account());
  if (!live) return refused(refusal(live.error()));
  const auto callflows = visit.store.callflows(visit.account());
  if (!callflows) return refused(refusal(callflows.error()));
  const auto spare = visit.store.spare_numbers(visit.account());
  if (!spare) return refused(refusal(spare.error()));
  std::map<std::string, std::string> names;
  for (const auto& callflow : *callflows) names[callflow.id] = callflow.name;
  Numbers all;
  for (const auto& owner : *live) {
    const auto key = owner.is_pattern ? "1" + owner.number
                                      : "0" + model::normalized_number(owner.number);
    all[key] = {owner.number, owner.is_pattern ? "pattern" : kind_of(owner.number),
                owner.callflow_id, names[owner.callflow_id], true};
  }
  for (const auto& callflow : *callflows) add_drafts(callflow, all);
  for (const auto& number : *spare) {
    all.try_emplace("0" + model::normalized_number(number),
                    Number{.written = number, .kind = kind_of(number), .spare = true});
  }
  return all;
}

json::object as_json(const Number& number) {
  json::object out{{"number", number.written}, {"kind", number.kind}, {"spare", number.spare}};
  if (number.callflow.empty()) return out;
  out["callflow"] = number.callflow;
  out["callflow_name"] = number.callflow_name;
  out["live"] = number.live;
  return out;
}

// Who answers a number that nobody has as such: a pattern, or no_match.
std::optional<Number> answered_by_pattern(Visit& visit, const std::string& dialled) {
  const auto snapshot = visit.state.services.snapshot();
  if (!snapshot) return std::nullopt;
  for (const auto& account : snapshot->accounts) {
    if (account->id != visit.account()) continue;
    const auto match = account->numbers.find(dialled, model::CallerKind::internal);
    if (!match) return std::nullopt;
    const auto callflow = visit.store.callflow(visit.account(), match->callflow_id);
    const bool pattern = match->how == model::NumberMatch::How::pattern;
    const bool no_match = match->how == model::NumberMatch::How::no_match;
    return Number{match->matched, pattern ? "pattern" : no_match ? "no_match" : kind_of(dialled),
                  match->callflow_id, callflow ? callflow->name : "", true};
  }
  return std::nullopt;
}

}  // namespace

Response list_numbers(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  const auto state = visit.asked("state");
  if (!state.empty() && state != "all" && state != "used" && state != "spare") {
    return refusal(400, "state is all, used or spare.");
  }
  const auto numbers = all_numbers(visit);
  if (!numbers) return numbers.error();
  std::vector<Item> items;
  for (const auto& [key, number] : *numbers) {
    if ((state == "used" && number.spare) || (state == "spare" && !number.spare)) continue;
    const auto text = lower_case(number.written + '\n' + number.callflow_name);
    const bool found = text.find(page->search) != std::string::npos ||
                       key.find(page->search, 1) != std::string::npos;
    if (found) items.push_back({key.substr(0, key_bytes_max), as_json(number)});
  }
  return page_of(std::move(items), *page);
}

Response add_number(Visit& visit) {
  const auto body = json_body(visit);
  if (!body) return body.error();
  Fields fields(*body);
  const auto number = fields.text("number", {.chars_min = 1, .chars_max = model::number_chars_max});
  if (fields.good() && (!model::is_number(model::normalized_number(number)) ||
                        number == model::no_match_number)) {
    fields.complain("number", "A number has digits, letters and - . _ * # + only.", "bad-number");
  }
  if (!fields.good()) return fields.refusal();
  const std::lock_guard lock(visit.state.write);
  const auto numbers = all_numbers(visit);
  if (!numbers) return numbers.error();
  const auto found = numbers->find("0" + model::normalized_number(number));
  if (found != numbers->end() && !found->second.callflow.empty()) {
    const auto& owner = found->second;
    return refusal(409, number + " belongs to the callflow “" + owner.callflow_name + "”.",
                   {{"owner", json::object{{"callflow", owner.callflow},
                                           {"name", owner.callflow_name},
                                           {"number", owner.written}}}});
  }
  if (auto added = visit.store.add_spare_number(visit.account(), number); !added) {
    return refusal(added.error());
  }
  visit.audit_target = "number/" + number;
  return json_response(201, as_json({.written = number, .kind = kind_of(number), .spare = true}));
}

Response free_extension(Visit& visit) {
  const auto body = json_body(visit);
  if (!body) return body.error();
  Fields fields(*body);
  constexpr std::int64_t highest = 99'999'999;
  const auto from = fields.integer_or("from", 1'000, 0, highest);
  const auto to = fields.integer_or("to", std::max<std::int64_t>(9'999, from), 0, highest);
  const auto except = fields.texts("except", 10'000, {.chars_max = model::number_chars_max});
  if (!fields.good()) return fields.refusal();
  const auto numbers = all_numbers(visit);
  if (!numbers) return numbers.error();
  std::set<std::string, std::less<>> taken(except.begin(), except.end());
  for (const auto& [key, number] : *numbers) taken.insert(key.substr(1));
  // Ends: at most one candidate more than there are taken numbers.
  for (auto candidate = from; candidate <= to; ++candidate) {
    const auto text = std::to_string(candidate);
    if (!taken.contains(text)) return json_response(200, json::object{{"number", text}});
  }
  return refusal(409, "Every extension from " + std::to_string(from) + " to " +
                          std::to_string(to) + " is taken.");
}

Response get_number(Visit& visit) {
  const auto numbers = all_numbers(visit);
  if (!numbers) return numbers.error();
  const auto& asked = visit.param("number");
  auto found = numbers->find("0" + model::normalized_number(asked));
  if (found == numbers->end()) found = numbers->find("1" + asked);
  if (found != numbers->end()) return json_response(200, as_json(found->second));
  if (const auto answered = answered_by_pattern(visit, asked)) {
    return json_response(200, as_json(*answered));
  }
  return refusal(404, "Nothing answers " + asked + ".");
}

Response delete_number(Visit& visit) {
  const auto& number = visit.param("number");
  const std::lock_guard lock(visit.state.write);
  const auto numbers = all_numbers(visit);
  if (!numbers) return numbers.error();
  const auto found = numbers->find("0" + model::normalized_number(number));
  if (found != numbers->end() && !found->second.spare) {
    return refusal(409, "The number is in use: take it out of the callflow “" +
                            found->second.callflow_name + "” first.");
  }
  if (auto removed = visit.store.remove_spare_number(visit.account(), number); !removed) {
    return refusal(removed.error());
  }
  visit.audit_target = "number/" + number;
  return no_content();
}

}  // namespace strowger::api
