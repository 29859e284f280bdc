#include "model/dial_plan.hpp"

#include "model/number_match.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <re2/re2.h>

#include <algorithm>

namespace strowger::model {
namespace {

namespace json = boost::json;

constexpr std::size_t national_digits_min = 6;  // shorter ones are not numbers of a country
constexpr std::int64_t pattern_memory_max = 1 << 20;  // bytes

bool is_digits(std::string_view text) {
  return !text.empty() &&
         std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string with_country(std::string pattern, const std::string& country) {
  constexpr std::string_view place = "{country}";
  // Without a country no number is of it: a class that asks for one matches nothing.
  const std::string code = country.empty() ? "[^0-9]" : country;
  for (auto at = pattern.find(place); at != std::string::npos; at = pattern.find(place, at)) {
    pattern.replace(at, place.size(), code);
  }
  return pattern;
}

RE2::Options quiet() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(pattern_memory_max);
  return options;
}

class Reader {
 public:
  Reader(const json::object& settings, Findings& findings)
      : settings_(settings), findings_(findings) {}

  void prefix(const char* name, std::size_t digits_max, bool may_be_empty, std::string& into) {
    const auto* const value = settings_.if_contains(name);
    if (value == nullptr) return;
    const auto* const text = value->if_string();
    const bool fine = text != nullptr && text->size() <= digits_max &&
                      ((text->empty() && may_be_empty) || is_digits(*text));
    if (!fine) return wrong(name, std::to_string(digits_max) + " digits at most");
    into.assign(text->data(), text->size());
  }

  void classes(std::vector<NumberClass>& into) {
    const auto* const value = settings_.if_contains("number_classes");
    if (value == nullptr) return;
    const auto* const list = value->if_array();
    if (list == nullptr || list->size() > number_classes_max) {
      return wrong("number_classes", "a list of at most " + std::to_string(number_classes_max));
    }
    into.clear();
    for (std::size_t i = 0; i < list->size(); ++i) {
      add_class((*list)[i], "number_classes/" + std::to_string(i), into);
    }
  }

 private:
  void add_class(const json::value& value, const std::string& at,
                 std::vector<NumberClass>& into) {
    const auto* const object = value.if_object();
    const auto* const name = object ? object->if_contains("name") : nullptr;
    const auto* const pattern = object ? object->if_contains("pattern") : nullptr;
    if (!name || !pattern || !name->is_string() || !pattern->is_string() || object->size() != 2) {
      return wrong(at, "an object with name and pattern, both texts");
    }
    NumberClass one{{name->get_string().data(), name->get_string().size()},
                    {pattern->get_string().data(), pattern->get_string().size()}};
    const bool named = !one.name.empty() && one.name.size() <= 32 &&
                       std::ranges::all_of(one.name, [](char c) {
                         return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' ||
                                c == '-';
                       });
    if (!named) return wrong(at + "/name", "1 to 32 small letters, digits, - or _");
    if (one.pattern.size() > class_pattern_bytes_max) {
      return wrong(at + "/pattern",
                   "at most " + std::to_string(class_pattern_bytes_max) + " bytes");
    }
    const RE2 tried(with_country(one.pattern, "1"), quiet());
    if (!tried.ok()) return wrong(at + "/pattern", "no RE2 pattern: " + tried.error());
    into.push_back(std::move(one));
  }

  void wrong(const std::string& name, const std::string& what) {
    add_finding(findings_,
                finding_in_words(Severity::error, "bad-value", "/" + name, "",
                                 {"{{name}}: {{wanted}}.", {{"name", name}, {"wanted", what}}}));
  }

  const json::object& settings_;
  Findings& findings_;
};

}  // namespace

// Rough on purpose: what costs much is named, the rest goes by distance. Numbers come as E.164
// where they have such a form, else as dialled.
const std::vector<NumberClass>& default_number_classes() {
  static const std::vector<NumberClass> table = {
      {std::string(emergency_class), "112|110|911|999|000"},
      {"premium",
       R"(\+?1900\d{7}|\+979\d+|\+49(900|137|180|118)\d+|\+44(9|87)\d+|\+33(89|81|82)\d+|)"
       R"(\+43(90|93)\d+|\+41(90)\d+|\+87\d+|\+88[123]\d+|118\d{2,3})"},
      {"national", R"(\+{country}\d{4,14})"},
      {"international", R"(\+\d{5,15})"},
      {"internal", R"([*#]?[0-9*#]{1,5})"},
      {"local", R"([1-9]\d{5,14})"},
  };
  return table;
}

void read_dialling(const json::object& settings, Dialling& dialling, Findings& findings) {
  Reader reader(settings, findings);
  reader.prefix("country_code", 4, true, dialling.country);
  reader.prefix("national_prefix", 4, true, dialling.national);
  reader.prefix("international_prefix", 6, false, dialling.international);
  reader.classes(dialling.classes);
}

struct DialPlan::Tables {
  std::vector<std::pair<std::string, std::unique_ptr<RE2>>> classes;
};

DialPlan::DialPlan(const Dialling& dialling)
    : dialling_(dialling), tables_(std::make_unique<Tables>()) {
  for (const auto& one : dialling_.classes) {
    tables_->classes.emplace_back(
        one.name, std::make_unique<RE2>(with_country(one.pattern, dialling_.country), quiet()));
  }
}

DialPlan::~DialPlan() = default;

std::string DialPlan::e164(std::string_view given) const {
  const std::string number = normalized_number(given);
  if (number.starts_with('+') || !is_digits(number)) return number;
  const auto beyond = [&](const std::string& prefix) {
    return !prefix.empty() && number.starts_with(prefix) &&
           number.size() >= prefix.size() + national_digits_min;
  };
  if (beyond(dialling_.international)) {
    return "+" + number.substr(dialling_.international.size());
  }
  if (dialling_.country.empty()) return number;
  if (beyond(dialling_.national)) {
    return "+" + dialling_.country + number.substr(dialling_.national.size());
  }
  // Where there is no prefix within the country, or it is the country code itself (North America),
  // ten digits are a whole number.
  constexpr std::size_t whole = 10;
  const bool bare = dialling_.national.empty() || dialling_.national == dialling_.country;
  if (bare && number.size() == whole) return "+" + dialling_.country + number;
  return number;
}

std::string DialPlan::formed(std::string_view given, NumberForm form) const {
  if (form == NumberForm::as_dialled) return std::string(given);
  const std::string number = e164(given);
  if (!number.starts_with('+') || form == NumberForm::e164) return number;
  const std::string digits = number.substr(1);
  if (form == NumberForm::e164_no_plus) return digits;
  const bool ours = !dialling_.country.empty() && digits.starts_with(dialling_.country);
  if (!ours) return dialling_.international + digits;
  if (dialling_.national == dialling_.country) return digits;
  return dialling_.national + digits.substr(dialling_.country.size());
}

std::vector<std::string> DialPlan::names_of(std::string_view given) const {
  std::vector<std::string> names;
  const auto add = [&](std::string name) {
    if (!name.empty() && std::ranges::find(names, name) == names.end()) {
      names.push_back(std::move(name));
    }
  };
  add(std::string(given));
  std::string full = e164(given);
  // Many carriers leave the plus away.
  const bool bare = is_digits(full) && !dialling_.country.empty() &&
                    full.starts_with(dialling_.country) &&
                    full.size() >= dialling_.country.size() + national_digits_min;
  if (bare) full.insert(0, "+");
  add(full);
  if (!full.starts_with('+')) return names;
  add(formed(full, NumberForm::e164_no_plus));
  add(formed(full, NumberForm::national));
  add(dialling_.international + full.substr(1));
  return names;
}

std::string_view DialPlan::class_of(std::string_view given) const {
  std::string number = e164(given);
  constexpr std::string_view italy = "39";  // where the zero belongs to the number
  // "+490900…" is what some make of 0900 …: the prefix for calls within the country is too much.
  const auto home = "+" + dialling_.country + dialling_.national;
  const bool doubled = !dialling_.country.empty() && dialling_.national == "0" &&
                       number.starts_with(home) && dialling_.country != italy;
  if (doubled) number.erase(1 + dialling_.country.size(), dialling_.national.size());
  for (const auto& [name, pattern] : tables_->classes) {
    if (pattern->ok() && RE2::FullMatch(number, *pattern)) return name;
  }
  return unclassified;
}

}  // namespace strowger::model
