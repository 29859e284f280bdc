#include "model/param_check.hpp"

#include "model/identifier.hpp"
#include "model/json_reader.hpp"
#include "model/utf8.hpp"

#include <boost/json/serialize.hpp>
#include <re2/re2.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace strowger::model {
namespace {

namespace json = boost::json;

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

// “{{label}}” in what is said about it.
Place label_of(const Param& param) {
  return {"label", param.label.empty() ? param.name : param.label};
}

void report(Findings& findings, Severity severity, std::string code, const std::string& pointer,
            Words text, Words hint) {
  add_finding(findings, finding_in_words(severity, std::move(code), pointer, "", std::move(text),
                                         std::move(hint)));
}

void wrong_type(const Param& param, const json::value& value, const std::string& pointer,
                Findings& findings) {
  report(findings, Severity::error, "wrong-type", pointer,
         {"“{{label}}” must be of type {{type}}, but it is {{kind}}.",
          {label_of(param),
           {"type", std::string(type_name(param.type))},
           {"kind", std::string(kind_name(value))}}},
         "");
}

Words outside(const Param& param, std::int64_t number) {
  Places places{label_of(param),
                {"number", std::to_string(number)},
                {"unit", param.unit.empty() ? "" : " " + param.unit}};
  if (param.minimum) places.push_back({"minimum", std::to_string(*param.minimum)});
  if (param.maximum) places.push_back({"maximum", std::to_string(*param.maximum)});
  if (!param.maximum) {
    return {"“{{label}}” is {{number}}; it must be at least {{minimum}}{{unit}}.", places};
  }
  if (!param.minimum) {
    return {"“{{label}}” is {{number}}; it must be at most {{maximum}}{{unit}}.", places};
  }
  return {"“{{label}}” is {{number}}; it must be from {{minimum}} to {{maximum}}{{unit}}.", places};
}

void check_choices(const Param& param, const json::value& value, const std::string& pointer,
                   Findings& findings) {
  if (param.choices.empty()) return;
  if (std::find(param.choices.begin(), param.choices.end(), value) != param.choices.end()) return;
  std::string allowed;
  for (const json::value& choice : param.choices) {
    allowed += (allowed.empty() ? "" : ", ") + json::serialize(choice);
  }
  report(findings, Severity::error, "not-a-choice", pointer,
         {"“{{label}}” must be one of {{allowed}}.", {label_of(param), {"allowed", allowed}}}, "");
}

void check_integer(const Param& param, const json::value& value, const std::string& pointer,
                   Findings& findings) {
  const auto number = as_integer(value);
  if (!number) {
    if (value.is_number()) {
      return report(findings, Severity::error, "not-an-integer", pointer,
                    {"“{{label}}” must be a whole number that fits into 64 bits.",
                     {label_of(param)}},
                    "");
    }
    return wrong_type(param, value, pointer, findings);
  }
  if (value.is_string()) {
    report(findings, Severity::warning, "integer-as-string", pointer,
           {"“{{label}}” is a string; it is read as the number {{number}}.",
            {label_of(param), {"number", std::to_string(*number)}}},
           "Write it without quotes.");
  }
  if ((param.minimum && *number < *param.minimum) || (param.maximum && *number > *param.maximum)) {
    report(findings, Severity::error, "out-of-range", pointer, outside(param, *number), "");
  }
  check_choices(param, json::value(*number), pointer, findings);
}

void check_string(const Param& param, const json::value& value, const std::string& pointer,
                  Findings& findings) {
  const auto number = param.or_integer ? as_integer(value) : std::nullopt;
  if (!value.is_string() && !number) return wrong_type(param, value, pointer, findings);
  const std::string written = number ? std::to_string(*number) : "";
  const std::string_view text = number ? written : view(value.get_string());
  const std::size_t length = utf8_length(text);
  if (param.max_length && length > *param.max_length) {
    report(findings, Severity::error, "too-long", pointer,
           {"“{{label}}” has {{number}} characters; at most {{maximum}} are allowed.",
            {label_of(param),
             {"number", std::to_string(length)},
             {"maximum", std::to_string(*param.max_length)}}},
           "Shorten it.");
  }
  if (param.min_length && length < *param.min_length) {
    report(findings, Severity::error, "too-short", pointer,
           {"“{{label}}” needs at least {{minimum}} characters.",
            {label_of(param), {"minimum", std::to_string(*param.min_length)}}},
           "");
  }
  if (!param.pattern.empty() && !re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()),
                                                     re2::RE2(param.pattern, re2::RE2::Quiet))) {
    report(findings, Severity::error, "bad-format", pointer,
           {"“{{label}}” does not have the form that is wanted here.", {label_of(param)}},
           param.description);
  }
  check_choices(param, value, pointer, findings);
}

void check_boolean(const Param& param, const json::value& value, const std::string& pointer,
                   Findings& findings) {
  if (!as_boolean(value)) return wrong_type(param, value, pointer, findings);
  if (!value.is_string()) return;
  report(findings, Severity::warning, "boolean-as-string", pointer,
         {"“{{label}}” is a string; it is read as true or false.", {label_of(param)}},
         "Write it without quotes.");
}

void check_ref(const Param& param, const json::value& value, const std::string& pointer,
               Findings& findings) {
  if (!value.is_string()) return wrong_type(param, value, pointer, findings);
  const std::string_view text = view(value.get_string());
  const std::string target(target_noun(param.to));
  if (is_identifier(text)) return;
  if (text.empty()) {
    if (!param.required) return;
    return report(findings, Severity::error, "missing-parameter", pointer,
                  {"“{{label}}” is empty.", {label_of(param)}},
                  {"Choose a {{target}}.", {{"target", target}}});
  }
  const bool elsewhere = text.find_first_of("/:\\") != std::string_view::npos;
  report(findings, Severity::error, elsewhere ? "not-a-reference" : "bad-id", pointer,
         elsewhere ? Words{"“{{label}}” is a path or an address; these are never opened.",
                           {label_of(param)}}
                   : Words{"“{{label}}” is no id: 1 to 64 letters, digits, - or _.",
                           {label_of(param)}},
         {"Add the {{target}} to the account and refer to it by its id.", {{"target", target}}});
}

void check_array(const Param& param, const json::value& value, const std::string& pointer,
                 Findings& findings) {
  if (!value.is_array()) return wrong_type(param, value, pointer, findings);
  const json::array& items = value.get_array();
  if (param.max_length && items.size() > *param.max_length) {
    report(findings, Severity::error, "too-many", pointer,
           {"“{{label}}” has {{number}} entries; at most {{maximum}} are allowed.",
            {label_of(param),
             {"number", std::to_string(items.size())},
             {"maximum", std::to_string(*param.max_length)}}},
           "");
  }
  if (param.items.empty()) return;
  for (std::size_t i = 0; i < items.size(); ++i) {
    check_value(param.items[0], items[i], pointer + "/" + std::to_string(i), findings);
  }
}

void check_object(const Param& param, const json::value& value, const std::string& pointer,
                  Findings& findings) {
  if (!value.is_object()) return wrong_type(param, value, pointer, findings);
  const bool open = param.open || param.properties.empty();
  check_members(param.properties, value.get_object(), open, pointer, findings);
}

bool legal_everywhere(std::string_view member) {
  return member == "skip_module" || member == "name";
}

}  // namespace

std::optional<std::int64_t> as_integer(const json::value& value) {
  if (value.is_int64()) return value.get_int64();
  if (value.is_double()) {
    constexpr double exact_max = 9'007'199'254'740'992.0;  // 2^53
    const double number = value.get_double();
    const bool whole = std::trunc(number) == number && std::abs(number) <= exact_max;
    return whole ? std::optional(static_cast<std::int64_t>(number)) : std::nullopt;
  }
  if (!value.is_string()) return std::nullopt;
  const std::string_view text = view(value.get_string());
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool all = error == std::errc{} && end == text.data() + text.size() && !text.empty();
  return all ? std::optional(number) : std::nullopt;
}

std::optional<bool> as_boolean(const json::value& value) {
  if (value.is_bool()) return value.get_bool();
  if (!value.is_string()) return std::nullopt;
  if (value.get_string() == "true") return true;
  if (value.get_string() == "false") return false;
  return std::nullopt;
}

void check_value(const Param& param, const json::value& value, const std::string& pointer,
                 Findings& findings) {
  switch (param.type) {
    case ParamType::integer: return check_integer(param, value, pointer, findings);
    case ParamType::string: return check_string(param, value, pointer, findings);
    case ParamType::boolean: return check_boolean(param, value, pointer, findings);
    case ParamType::ref: return check_ref(param, value, pointer, findings);
    case ParamType::object: return check_object(param, value, pointer, findings);
    case ParamType::array: return check_array(param, value, pointer, findings);
  }
}

void check_members(const std::vector<Param>& params, const json::object& object, bool open,
                   const std::string& pointer, Findings& findings) {
  for (const Param& param : params) {
    const json::value* value = object.if_contains(param.name);
    const std::string at = pointer + "/" + pointer_token(param.name);
    if (value != nullptr && !value->is_null()) {
      check_value(param, *value, at, findings);
    } else if (param.required) {
      report(findings, Severity::error, "missing-parameter", at,
             {"“{{label}}” is missing.", {label_of(param)}}, "");
    }
  }
  if (open) return;
  for (const auto& member : object) {
    const std::string name(member.key().data(), member.key().size());
    const bool known = std::any_of(params.begin(), params.end(),
                                   [&](const Param& param) { return param.name == name; });
    if (known || legal_everywhere(name)) continue;
    report(findings, Severity::warning, "unknown-parameter", pointer + "/" + pointer_token(name),
           {"“{{key}}” is kept, but has no effect here.", {{"key", name}}},
           "Check the spelling, or remove it.");
  }
}

}  // namespace strowger::model
