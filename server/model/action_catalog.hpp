// What is known about every action: read from actions/<name>/action.json, never from code.
// The format is described in docs/action-json.md; form, checks, lint and manual come from it.
#pragma once

#include "base/result.hpp"
#include "model/callflow.hpp"
#include "model/finding.hpp"

#include <boost/json/value.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace re2 {
class RE2;
}

namespace strowger::model {

enum class ParamType : std::uint8_t { integer, string, boolean, ref, object, array };
enum class RefTarget : std::uint8_t {
  media,
  callflow,
  menu,
  seat,
  device,
  ring_group,
  temporal_rule,
  temporal_rule_set,
  trunk,
};
inline constexpr std::size_t ref_targets = 9;

std::string_view type_name(ParamType type);
std::string_view target_name(RefTarget target);  // "media", "ring_group"
std::string_view target_noun(RefTarget target);  // "media", "ring group"

struct Param {
  std::string name;
  ParamType type = ParamType::string;
  RefTarget to = RefTarget::media;  // for `ref`
  std::optional<std::int64_t> minimum;
  std::optional<std::int64_t> maximum;
  std::optional<std::size_t> min_length;  // Unicode code points
  std::optional<std::size_t> max_length;  // Unicode code points; for arrays: items
  std::string pattern;                    // RE2, must match the whole string; "" for none
  std::vector<boost::json::value> choices;  // `enum`; empty for any
  boost::json::value fallback;              // `default`; null for none
  bool required = false;
  bool or_integer = false;  // strings: a whole number will do as well ("none" or 17)
  bool open = false;  // objects: further members are welcome
  std::string label;
  std::string unit;
  std::string description;
  std::vector<Param> items;       // arrays: exactly one, or empty for any
  std::vector<Param> properties;  // objects: empty for any
};

enum class Branches : std::uint8_t { none, one, keyed };

struct BranchKey {
  std::string key;
  std::string label;
};

struct Action {
  std::string name;
  std::string title;
  std::string group;    // "basic", "advanced", "call-settings", …
  std::string summary;  // one sentence
  std::string face;     // "SIP {code}": text on the block, parameters in braces
  Branches branches = Branches::none;
  std::vector<BranchKey> fixed_keys;  // keyed: besides `_`
  std::string key_pattern;            // keyed: RE2 for further keys; "" for none
  std::string key_label;
  std::optional<RefTarget> key_target;  // keyed: further keys are ids of such things
  std::shared_ptr<const re2::RE2> key_matcher;  // key_pattern, compiled; null for none
  bool terminal = false;              // the call never goes on to a child
  bool answers = false;               // answers the call (when answers_param is not given)
  std::string answers_param;          // a boolean parameter decides; "" for none
  std::string runs;                   // ref parameter whose callflow this block runs; "" for none
  std::vector<Param> params;

  const Param* param(std::string_view param_name) const;
  bool may_have_child(std::string_view key) const;
  bool answers_with(const boost::json::object& data) const;
};

class Catalog {
 public:
  // Refuses a second action of the same name. The text is one action.json.
  Result<void, Findings> add(std::string_view action_json);

  const Action* find(std::string_view name) const;
  std::vector<const Action*> actions() const;  // by name

 private:
  std::map<std::string, Action, std::less<>> actions_;
};

Result<Action, Findings> parse_action(std::string_view action_json);

// The block's data held against its action's params: types, bounds, missing and unknown members.
// References are checked for form only (an id, not a URL or path); whether they exist is lint's.
Findings check_data(const Block& block, const Action& action);

// The params as a JSON Schema (2020-12 subset) for the API and other validators.
boost::json::value json_schema(const Action& action);

// For running actions: the value of an integer/string/boolean parameter with the action's default
// filled in. Accepts "486" where an integer is wanted, as KAZOO's editor stores it.
std::optional<std::int64_t> integer_param(const Block& block, const Action& action,
                                          std::string_view name);
std::optional<std::string> string_param(const Block& block, const Action& action,
                                        std::string_view name);
std::optional<bool> boolean_param(const Block& block, const Action& action,
                                  std::string_view name);

}  // namespace strowger::model
