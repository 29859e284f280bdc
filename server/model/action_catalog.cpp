#include "model/action_catalog.hpp"

#include "model/identifier.hpp"
#include "model/param_check.hpp"

#include <re2/re2.h>

#include <algorithm>

namespace strowger::model {
namespace {

namespace json = boost::json;

// The value that counts: the block's, unless it is missing or null, else the action's default.
const json::value* effective(const Block& block, const Action& action, std::string_view name) {
  const json::value* given = block.data.if_contains(name);
  if (given != nullptr && !given->is_null()) return given;
  const Param* param = action.param(name);
  return param != nullptr && !param->fallback.is_null() ? &param->fallback : nullptr;
}

json::object schema_of(const Param& param);

json::object schema_of(const std::vector<Param>& params, bool open) {
  json::object properties;
  json::array required;
  for (const Param& param : params) {
    properties[param.name] = schema_of(param);
    if (param.required) required.emplace_back(param.name);
  }
  json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  if (open) schema["additionalProperties"] = true;
  return schema;
}

json::object schema_of(const Param& param) {
  json::object schema;
  if (param.type == ParamType::object) {
    schema = schema_of(param.properties, param.open || param.properties.empty());
  } else if (param.type == ParamType::ref) {
    schema = {{"type", "string"}, {"pattern", "^([A-Za-z0-9_-]{1,64})?$"}};
    if (param.required) schema["pattern"] = "^[A-Za-z0-9_-]{1,64}$";
  } else {
    schema["type"] = type_name(param.type);
    if (param.or_integer) schema["type"] = json::array{"integer", "string"};
  }
  if (!param.label.empty()) schema["title"] = param.label;
  if (!param.description.empty()) schema["description"] = param.description;
  if (!param.fallback.is_null()) schema["default"] = param.fallback;
  if (param.minimum) schema["minimum"] = *param.minimum;
  if (param.maximum) schema["maximum"] = *param.maximum;
  if (param.min_length) schema["minLength"] = *param.min_length;
  if (param.max_length) {
    schema[param.type == ParamType::array ? "maxItems" : "maxLength"] = *param.max_length;
  }
  if (!param.pattern.empty()) schema["pattern"] = "^(?:" + param.pattern + ")$";
  if (!param.choices.empty()) {
    schema["enum"] = json::array(param.choices.begin(), param.choices.end());
  }
  if (!param.items.empty()) schema["items"] = schema_of(param.items[0]);
  return schema;
}

}  // namespace

std::string_view type_name(ParamType type) {
  switch (type) {
    case ParamType::integer: return "integer";
    case ParamType::string: return "string";
    case ParamType::boolean: return "boolean";
    case ParamType::ref: return "ref";
    case ParamType::object: return "object";
    case ParamType::array: return "array";
  }
  return "";
}

std::string_view target_name(RefTarget target) {
  switch (target) {
    case RefTarget::media: return "media";
    case RefTarget::callflow: return "callflow";
    case RefTarget::menu: return "menu";
    case RefTarget::seat: return "seat";
    case RefTarget::device: return "device";
    case RefTarget::ring_group: return "ring_group";
    case RefTarget::temporal_rule: return "temporal_rule";
    case RefTarget::temporal_rule_set: return "temporal_rule_set";
    case RefTarget::trunk: return "trunk";
  }
  return "";
}

std::string_view target_noun(RefTarget target) {
  switch (target) {
    case RefTarget::ring_group: return "ring group";
    case RefTarget::temporal_rule: return "Time of Day rule";
    case RefTarget::temporal_rule_set: return "Time of Day rule set";
    default: return target_name(target);
  }
}

const Param* Action::param(std::string_view param_name) const {
  const auto found = std::find_if(params.begin(), params.end(), [&](const Param& candidate) {
    return candidate.name == param_name;
  });
  return found == params.end() ? nullptr : &*found;
}

bool Action::may_have_child(std::string_view key) const {
  if (terminal || branches == Branches::none) return false;
  if (key == default_branch) return true;
  if (branches != Branches::keyed) return false;
  const bool fixed = std::any_of(fixed_keys.begin(), fixed_keys.end(),
                                 [&](const BranchKey& one) { return one.key == key; });
  if (fixed || (key_target && is_identifier(key))) return true;
  return key_matcher &&
         re2::RE2::FullMatch(re2::StringPiece(key.data(), key.size()), *key_matcher);
}

bool Action::answers_with(const json::object& data) const {
  if (answers_param.empty()) return answers;
  const json::value* value = data.if_contains(answers_param);
  return value == nullptr ? answers : as_boolean(*value).value_or(answers);
}

Result<void, Findings> Catalog::add(std::string_view action_json) {
  auto action = parse_action(action_json);
  if (!action) return unexpected(std::move(action.error()));
  std::string name = action->name;
  if (actions_.contains(name)) {
    return unexpected(Findings{{Severity::error, "duplicate-action", "/name", "",
                                "There are two actions named “" + name + "”.", ""}});
  }
  actions_.emplace(std::move(name), std::move(*action));
  return {};
}

const Action* Catalog::find(std::string_view name) const {
  const auto found = actions_.find(name);
  return found == actions_.end() ? nullptr : &found->second;
}

std::vector<const Action*> Catalog::actions() const {
  std::vector<const Action*> all;
  for (const auto& [name, action] : actions_) all.push_back(&action);
  return all;
}

Findings check_data(const Block& block, const Action& action) {
  Findings findings;
  check_members(action.params, block.data, false, block.pointer + "/data", findings);
  for (Finding& finding : findings) finding.block_id = block.id;
  return findings;
}

json::value json_schema(const Action& action) {
  json::object schema = schema_of(action.params, true);
  schema["title"] = action.title;
  schema["description"] = action.summary;
  return schema;
}

std::optional<std::int64_t> integer_param(const Block& block, const Action& action,
                                          std::string_view name) {
  const json::value* value = effective(block, action, name);
  return value == nullptr ? std::nullopt : as_integer(*value);
}

std::optional<std::string> string_param(const Block& block, const Action& action,
                                        std::string_view name) {
  const json::value* value = effective(block, action, name);
  if (value == nullptr) return std::nullopt;
  if (value->is_int64()) return std::to_string(value->get_int64());  // where a number will do
  if (!value->is_string()) return std::nullopt;
  return std::string(value->get_string().data(), value->get_string().size());
}

std::optional<bool> boolean_param(const Block& block, const Action& action,
                                  std::string_view name) {
  const json::value* value = effective(block, action, name);
  return value == nullptr ? std::nullopt : as_boolean(*value);
}

}  // namespace strowger::model
