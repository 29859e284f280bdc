// Reading an action.json; the format is docs/action-json.md.
#include "model/action_catalog.hpp"

#include "model/json_reader.hpp"
#include "model/number_match.hpp"
#include "model/param_check.hpp"

#include <re2/re2.h>

#include <algorithm>
#include <initializer_list>

namespace strowger::model {
namespace {

namespace json = boost::json;

constexpr JsonLimits limits{65'536, 16};

std::string as_text(const json::string& text) { return {text.data(), text.size()}; }

bool is_action_name(std::string_view text) {
  if (text.empty() || text.size() > module_chars_max || text[0] < 'a' || text[0] > 'z') {
    return false;
  }
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

class ActionReader {
 public:
  Findings findings;

  void read(Action& action, const json::object& top);

 private:
  void error(const std::string& pointer, std::string text) {
    add_finding(findings,
                {Severity::error, "bad-action", pointer, "", std::move(text),
                 "The format is described in docs/action-json.md."});
  }

  void check_known(const json::object& object, const std::string& pointer,
                   std::initializer_list<std::string_view> known);
  std::string text(const json::object& object, const std::string& pointer, const char* member,
                   bool required);
  bool flag(const json::object& object, const std::string& pointer, const char* member);
  std::optional<std::int64_t> number(const json::object& object, const std::string& pointer,
                                     const char* member);
  std::optional<std::size_t> length(const json::object& object, const std::string& pointer,
                                    const char* member);
  std::string pattern(const json::object& object, const std::string& pointer, const char* member);

  void read_branches(Action& action, const json::object& top);
  void read_keys(Action& action, const json::object& keys);
  void read_answers(Action& action, const json::object& top);
  std::vector<Param> read_params(const json::object& params, const std::string& pointer);
  Param read_param(std::string name, const json::value& value, const std::string& pointer,
                   bool has_name);
  void read_type(Param& param, const json::object& object, const std::string& pointer);
  std::optional<RefTarget> read_target(const json::object& object, const std::string& pointer);
  void read_choices(Param& param, const json::object& object, const std::string& pointer);
  void read_inside(Param& param, const json::object& object, const std::string& pointer);
  void check_links(const Action& action);
  void check_variants(const Action& action, const json::value& variants);
};

void ActionReader::check_known(const json::object& object, const std::string& pointer,
                               std::initializer_list<std::string_view> known) {
  for (const auto& member : object) {
    const std::string_view key(member.key().data(), member.key().size());
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    error(pointer + "/" + pointer_token(key), "Unknown member.");
  }
}

std::string ActionReader::text(const json::object& object, const std::string& pointer,
                               const char* member, bool required) {
  const json::value* value = object.if_contains(member);
  const std::string at = pointer + "/" + member;
  if (value == nullptr) {
    if (required) error(at, "This is missing.");
    return "";
  }
  if (value->is_string() && !(required && value->get_string().empty())) {
    return as_text(value->get_string());
  }
  error(at, "This must be a text.");
  return "";
}

bool ActionReader::flag(const json::object& object, const std::string& pointer,
                        const char* member) {
  const json::value* value = object.if_contains(member);
  if (value == nullptr) return false;
  if (!value->is_bool()) error(pointer + "/" + member, "This must be true or false.");
  return value->is_bool() && value->get_bool();
}

std::optional<std::int64_t> ActionReader::number(const json::object& object,
                                                 const std::string& pointer, const char* member) {
  const json::value* value = object.if_contains(member);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return value->get_int64();
  error(pointer + "/" + member, "This must be a whole number.");
  return std::nullopt;
}

std::optional<std::size_t> ActionReader::length(const json::object& object,
                                                const std::string& pointer, const char* member) {
  const auto value = number(object, pointer, member);
  if (!value) return std::nullopt;
  if (*value >= 0) return static_cast<std::size_t>(*value);
  error(pointer + "/" + member, "This must not be negative.");
  return std::nullopt;
}

std::string ActionReader::pattern(const json::object& object, const std::string& pointer,
                                  const char* member) {
  std::string expression = text(object, pointer, member, false);
  if (expression.empty()) return "";
  if (const auto checked = check_pattern(expression); !checked) {
    error(pointer + "/" + member, checked.error().what);
    return "";
  }
  return expression;
}

void ActionReader::read_type(Param& param, const json::object& object,
                             const std::string& pointer) {
  const json::value* both = object.if_contains("type");
  if (both != nullptr && (*both == json::array{"integer", "string"} ||
                          *both == json::array{"string", "integer"})) {
    param.type = ParamType::string;
    param.or_integer = true;
    return;
  }
  const std::string type = text(object, pointer, "type", true);
  constexpr ParamType types[] = {ParamType::integer, ParamType::string, ParamType::boolean,
                                 ParamType::ref,     ParamType::object, ParamType::array};
  const auto* found = std::find_if(std::begin(types), std::end(types),
                                   [&](ParamType one) { return type_name(one) == type; });
  if (found == std::end(types)) {
    if (!type.empty()) error(pointer + "/type", "There is no type “" + type + "”.");
    return;
  }
  param.type = *found;
  if (param.type != ParamType::ref) return;
  if (const auto target = read_target(object, pointer)) param.to = *target;
}

std::optional<RefTarget> ActionReader::read_target(const json::object& object,
                                                   const std::string& pointer) {
  const std::string to = text(object, pointer, "to", true);
  std::string all;
  for (std::size_t i = 0; i < ref_targets; ++i) {
    const auto target = static_cast<RefTarget>(i);
    if (target_name(target) == to) return target;
    all += (i == 0 ? "" : ", ") + std::string(target_name(target));
  }
  if (!to.empty()) error(pointer + "/to", "References go to one of " + all + ".");
  return std::nullopt;
}

void ActionReader::read_choices(Param& param, const json::object& object,
                                const std::string& pointer) {
  const json::value* value = object.if_contains("enum");
  if (value == nullptr) return;
  if (!value->is_array() || value->get_array().empty()) {
    return error(pointer + "/enum", "This must be an array of the allowed values.");
  }
  param.choices.assign(value->get_array().begin(), value->get_array().end());
}

void ActionReader::read_inside(Param& param, const json::object& object,
                               const std::string& pointer) {
  if (const json::value* items = object.if_contains("items")) {
    param.items.push_back(read_param(param.name, *items, pointer + "/items", false));
  }
  const json::value* properties = object.if_contains("properties");
  if (properties == nullptr) return;
  if (!properties->is_object()) return error(pointer + "/properties", "This must be an object.");
  param.properties = read_params(properties->get_object(), pointer + "/properties");
}

Param ActionReader::read_param(std::string name, const json::value& value,
                               const std::string& pointer, bool has_name) {
  Param param;
  param.name = std::move(name);
  if (!value.is_object()) {
    error(pointer, "A parameter is described by an object.");
    return param;
  }
  const json::object& object = value.get_object();
  check_known(object, pointer,
              {"type", "to", "default", "optional", "minimum", "maximum", "minLength", "maxLength",
               "pattern", "enum", "items", "maxItems", "properties", "additionalProperties",
               "label", "unit", "description"});
  read_type(param, object, pointer);
  param.minimum = number(object, pointer, "minimum");
  param.maximum = number(object, pointer, "maximum");
  param.min_length = length(object, pointer, "minLength");
  param.max_length =
      length(object, pointer, param.type == ParamType::array ? "maxItems" : "maxLength");
  param.pattern = pattern(object, pointer, "pattern");
  param.label = text(object, pointer, "label", false);
  param.unit = text(object, pointer, "unit", false);
  param.description = text(object, pointer, "description", false);
  param.open = flag(object, pointer, "additionalProperties");
  read_choices(param, object, pointer);
  read_inside(param, object, pointer);
  const json::value* fallback = object.if_contains("default");
  param.required = has_name && fallback == nullptr && !flag(object, pointer, "optional");
  if (fallback == nullptr) return param;
  param.fallback = *fallback;
  Findings wrong;
  check_value(param, *fallback, pointer + "/default", wrong);
  for (const Finding& finding : wrong) error(finding.pointer, "The default: " + finding.text);
  return param;
}

std::vector<Param> ActionReader::read_params(const json::object& params,
                                             const std::string& pointer) {
  std::vector<Param> out;
  for (const auto& member : params) {
    std::string name(member.key().data(), member.key().size());
    const std::string at = pointer + "/" + pointer_token(name);
    out.push_back(read_param(std::move(name), member.value(), at, true));
  }
  return out;
}

void ActionReader::read_keys(Action& action, const json::object& keys) {
  check_known(keys, "/keys", {"fixed", "pattern", "label", "to"});
  if (keys.contains("to")) action.key_target = read_target(keys, "/keys");
  action.key_pattern = pattern(keys, "/keys", "pattern");
  action.key_label = text(keys, "/keys", "label", false);
  if (!action.key_pattern.empty()) {
    action.key_matcher = std::make_shared<re2::RE2>(action.key_pattern, re2::RE2::Quiet);
  }
  const json::value* fixed = keys.if_contains("fixed");
  if (fixed == nullptr) return;
  if (!fixed->is_array()) return error("/keys/fixed", "This must be an array.");
  for (std::size_t i = 0; i < fixed->get_array().size(); ++i) {
    const std::string at = "/keys/fixed/" + std::to_string(i);
    const json::value& one = fixed->get_array()[i];
    if (!one.is_object()) {
      error(at, "A key is an object with “key” and “label”.");
      continue;
    }
    check_known(one.get_object(), at, {"key", "label"});
    action.fixed_keys.push_back({text(one.get_object(), at, "key", true),
                                 text(one.get_object(), at, "label", false)});
  }
}

void ActionReader::read_branches(Action& action, const json::object& top) {
  const std::string branches = text(top, "", "branches", true);
  if (branches == "one") {
    action.branches = Branches::one;
  } else if (branches == "keyed") {
    action.branches = Branches::keyed;
  } else if (branches != "none" && !branches.empty()) {
    error("/branches", "This must be none, one or keyed.");
  }
  const json::value* keys = top.if_contains("keys");
  if (keys != nullptr && action.branches != Branches::keyed) {
    error("/keys", "Only an action with \"branches\": \"keyed\" has keys.");
  } else if (keys != nullptr && keys->is_object()) {
    read_keys(action, keys->get_object());
  } else if (keys != nullptr) {
    error("/keys", "This must be an object.");
  }
  action.terminal = flag(top, "", "terminal");
  if (action.terminal && action.branches != Branches::none) {
    error("/terminal", "A terminal action has \"branches\": \"none\".");
  }
}

void ActionReader::read_answers(Action& action, const json::object& top) {
  const json::value* value = top.if_contains("answers");
  if (value == nullptr) return;
  if (value->is_bool()) {
    action.answers = value->get_bool();
  } else if (value->is_object()) {
    check_known(value->get_object(), "/answers", {"param", "default"});
    action.answers_param = text(value->get_object(), "/answers", "param", true);
    action.answers = flag(value->get_object(), "/answers", "default");
  } else {
    error("/answers", "This must be true, false, or an object with “param” and “default”.");
  }
}

void ActionReader::check_links(const Action& action) {
  const Param* decides = action.param(action.answers_param);
  if (!action.answers_param.empty() &&
      (decides == nullptr || decides->type != ParamType::boolean)) {
    error("/answers/param", "There is no boolean parameter of that name.");
  }
  const Param* runs = action.param(action.runs);
  if (!action.runs.empty() && (runs == nullptr || runs->type != ParamType::ref ||
                               runs->to != RefTarget::callflow)) {
    error("/runs", "There is no parameter of that name that refers to a callflow.");
  }
}

// Further entries of the catalog, which begin with some of the parameters set. The editor's affair;
// here they are only held against the parameters.
void ActionReader::check_variants(const Action& action, const json::value& variants) {
  if (!variants.is_array()) return error("/variants", "This must be an array.");
  for (std::size_t i = 0; i < variants.get_array().size(); ++i) {
    const std::string at = "/variants/" + std::to_string(i);
    const json::value& one = variants.get_array()[i];
    const json::value* data = one.is_object() ? one.get_object().if_contains("data") : nullptr;
    if (data == nullptr || !data->is_object()) {
      error(at, "A variant is an object with “title” and “data”.");
      continue;
    }
    check_known(one.get_object(), at, {"title", "data"});
    text(one.get_object(), at, "title", true);
    for (const auto& member : data->get_object()) {
      const std::string name(member.key().data(), member.key().size());
      const Param* param = action.param(name);
      Findings wrong;
      if (param == nullptr) error(at + "/data", "There is no parameter “" + name + "”.");
      else check_value(*param, member.value(), at + "/data/" + pointer_token(name), wrong);
      for (const Finding& finding : wrong) error(finding.pointer, finding.text);
    }
  }
}

void ActionReader::read(Action& action, const json::object& top) {
  check_known(top, "", {"name", "title", "group", "summary", "face", "branches", "keys", "answers",
                        "terminal", "runs", "params", "variants"});
  action.name = text(top, "", "name", true);
  if (!action.name.empty() && !is_action_name(action.name)) {
    error("/name", "A name is a small letter, then small letters, digits and _.");
  }
  action.title = text(top, "", "title", true);
  action.group = text(top, "", "group", true);
  action.summary = text(top, "", "summary", true);
  action.face = text(top, "", "face", false);
  read_branches(action, top);
  read_answers(action, top);
  action.runs = text(top, "", "runs", false);
  const json::value* params = top.if_contains("params");
  if (params == nullptr || !params->is_object()) {
    return error("/params", "This must be an object; {} when there are none.");
  }
  action.params = read_params(params->get_object(), "/params");
  check_links(action);
  if (const json::value* variants = top.if_contains("variants")) check_variants(action, *variants);
}

}  // namespace

Result<Action, Findings> parse_action(std::string_view action_json) {
  auto text = read_json(action_json, limits);
  if (!text) return unexpected(std::move(text.error()));
  ActionReader reader;
  Action action;
  if (!text->value.is_object()) {
    return unexpected(Findings{{Severity::error, "bad-action", "", "",
                                "An action is described by a JSON object.", ""}});
  }
  reader.read(action, text->value.get_object());
  if (has_errors(reader.findings)) return unexpected(std::move(reader.findings));
  return action;
}

}  // namespace strowger::model
