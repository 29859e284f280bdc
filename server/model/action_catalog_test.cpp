#include "model/action_catalog.hpp"

#include "model/json_reader.hpp"
#include "model/sample_catalog.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace strowger::model {
namespace {

// A whole action.json with the given further members.
std::string action_with(const std::string& members) {
  return R"({"name": "a", "title": "A", "group": "basic", "summary": "S.")" + members + "}";
}

TEST(ActionParse, ReadsEveryMember) {
  const auto action = parse_action(action_with(R"(, "face": "{x}", "branches": "keyed",
      "keys": {"fixed": [{"key": "timeout", "label": "No input"}], "pattern": "[0-9]",
               "label": "K"},
      "answers": {"param": "b", "default": true}, "runs": "flow", "params": {
        "x": {"type": "integer", "minimum": 1, "maximum": 9, "default": 3, "unit": "s",
              "label": "X", "description": "D"},
        "s": {"type": "string", "minLength": 1, "maxLength": 4, "enum": ["a", "b"]},
        "b": {"type": "boolean", "optional": true},
        "flow": {"type": "ref", "to": "callflow"},
        "o": {"type": "object", "properties": {"k": {"type": "string", "optional": true}}},
        "l": {"type": "array", "items": {"type": "integer"}, "maxItems": 2, "default": []}})"));
  ASSERT_TRUE(action.has_value()) << one_line(action.error().front());
  EXPECT_EQ(action->branches, Branches::keyed);
  EXPECT_EQ(action->fixed_keys.at(0).label, "No input");
  EXPECT_EQ(action->answers_param, "b");
  EXPECT_EQ(action->runs, "flow");
  ASSERT_EQ(action->params.size(), 6U);
  EXPECT_EQ(action->param("x")->maximum, 9);
  EXPECT_FALSE(action->param("x")->required);
  EXPECT_TRUE(action->param("s")->required);
  EXPECT_FALSE(action->param("b")->required);
  EXPECT_EQ(action->param("flow")->to, RefTarget::callflow);
  EXPECT_EQ(action->param("l")->items.at(0).type, ParamType::integer);
  EXPECT_EQ(action->param("none"), nullptr);
}

TEST(ActionParse, RefusesWithPointer) {
  struct Case {
    std::string text;
    const char* pointer;
  };
  const Case cases[] = {
      {"[]", ""},
      {action_with(R"(, "branches": "none")"), "/params"},
      {action_with(R"(, "params": {})"), "/branches"},
      {action_with(R"(, "branches": "two", "params": {})"), "/branches"},
      {action_with(R"(, "branches": "none", "params": {}, "parms": 1)"), "/parms"},
      {action_with(R"(, "branches": "one", "terminal": true, "params": {})"), "/terminal"},
      {action_with(R"(, "branches": "one", "keys": {}, "params": {})"), "/keys"},
      {action_with(R"(, "branches": "keyed", "keys": {"pattern": "("}, "params": {})"),
       "/keys/pattern"},
      {action_with(R"(, "branches": "none", "answers": {"param": "x"}, "params": {})"),
       "/answers/param"},
      {action_with(R"(, "branches": "none", "runs": "x", "params": {})"), "/runs"},
      {action_with(R"(, "branches": "keyed", "keys": {"to": "nobody"}, "params": {})"), "/keys/to"},
      {action_with(R"(, "branches": "none", "params": {}, "variants": {})"), "/variants"},
      {action_with(R"(, "branches": "none", "params": {}, "variants": [{"title": "T"}])"),
       "/variants/0"},
      {action_with(R"(, "branches": "none", "params": {}, "variants": [{"data": {}}])"),
       "/variants/0/title"},
      {action_with(R"(, "branches": "none", "params": {},
                      "variants": [{"title": "T", "data": {"x": 1}}])"),
       "/variants/0/data"},
      {action_with(R"(, "branches": "none", "params": {"x": {"type": "integer", "default": 1}},
                      "variants": [{"title": "T", "data": {"x": "y"}}])"),
       "/variants/0/data/x"},
      {action_with(R"(, "branches": "none", "params": {"x": {}})"), "/params/x/type"},
      {action_with(R"(, "branches": "none", "params": {"x": {"type": "float"}})"),
       "/params/x/type"},
      {action_with(R"(, "branches": "none", "params": {"x": {"type": "ref", "to": "moon"}})"),
       "/params/x/to"},
      {action_with(R"(, "branches": "none", "params": {"x": {"type": "string", "max": 1}})"),
       "/params/x/max"},
      {action_with(R"(, "branches": "none", "params":
          {"x": {"type": "integer", "maximum": 5, "default": 9}})"), "/params/x/default"},
      {action_with(R"(, "branches": "none", "params":
          {"x": {"type": "string", "pattern": "a**"}})"), "/params/x/pattern"},
      {R"({"name": "Bad Name", "title": "A", "group": "basic", "summary": "S.",
          "branches": "none", "params": {}})", "/name"},
  };
  for (const Case& c : cases) {
    const auto action = parse_action(c.text);
    ASSERT_FALSE(action.has_value()) << c.text;
    EXPECT_EQ(action.error().front().pointer, c.pointer) << c.text;
  }
}

TEST(Catalog, FindsAndRefusesTwins) {
  Catalog catalog = sample_catalog();
  EXPECT_EQ(catalog.find("menu")->title, "Menu");
  EXPECT_EQ(catalog.find("nope"), nullptr);
  EXPECT_EQ(catalog.actions().front()->name, "callflow");
  const auto twin = catalog.add(action_with(R"(, "branches": "none", "params": {})"));
  EXPECT_TRUE(twin.has_value());
  const auto second = catalog.add(action_with(R"(, "branches": "none", "params": {})"));
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().front().code, "duplicate-action");
}

TEST(Action, WhichChildrenMayFollow) {
  const auto may = [](const char* action, const char* key) {
    return sample_catalog().find(action)->may_have_child(key);
  };
  EXPECT_FALSE(may("response", "_"));
  EXPECT_TRUE(may("play", "_"));
  EXPECT_FALSE(may("play", "1"));
  EXPECT_TRUE(may("menu", "_"));
  EXPECT_TRUE(may("menu", "timeout"));
  EXPECT_TRUE(may("menu", "12#"));
  EXPECT_FALSE(may("menu", "1x"));
  EXPECT_FALSE(may("menu", "x1"));
}

TEST(Action, BranchesMayBeNamedAfterThings) {
  const auto action = parse_action(action_with(R"(, "branches": "keyed",
      "keys": {"fixed": [{"key": "rule_set"}], "to": "temporal_rule"}, "params": {})"));
  ASSERT_TRUE(action.has_value()) << one_line(action.error().front());
  EXPECT_EQ(action->key_target, RefTarget::temporal_rule);
  for (const char* key : {"_", "rule_set", "office-1"}) EXPECT_TRUE(action->may_have_child(key));
  for (const char* key : {"", "a/b", "sip:x"}) EXPECT_FALSE(action->may_have_child(key));
}

TEST(Action, AnswersByParameter) {
  const Action& play = *sample_catalog().find("play");
  const auto answers = [&](const char* data) {
    return play.answers_with(boost::json::parse(data).as_object());
  };
  EXPECT_TRUE(answers("{}"));
  EXPECT_TRUE(answers(R"({"answer": true})"));
  EXPECT_FALSE(answers(R"({"answer": false})"));
  EXPECT_FALSE(answers(R"({"answer": "false"})"));
  EXPECT_TRUE(answers(R"({"answer": 7})"));
}

struct DataCase {
  const char* param;  // description
  const char* value;  // JSON; "" leaves it out
  const char* found;  // "error wrong-type", "" for nothing
};

void check_data_case(const DataCase& c) {
  const auto action = parse_action(
      action_with(R"(, "branches": "none", "params": {"x": )" + std::string(c.param) + "}"));
  ASSERT_TRUE(action.has_value()) << c.param;
  const std::string member = *c.value == '\0' ? "" : R"("x": )" + std::string(c.value);
  const auto block = parse_node(R"({"module": "a", "data": {)" + member + "}}");
  ASSERT_TRUE(block.has_value()) << c.value;
  std::string found;
  for (const Finding& finding : check_data(*block, *action)) {
    found += std::string(severity_name(finding.severity)) + " " + finding.code;
    EXPECT_TRUE(finding.pointer.starts_with("/data/x")) << finding.pointer;
    EXPECT_EQ(finding.block_id, "n1");
  }
  EXPECT_EQ(found, c.found) << c.param << " " << c.value;
}

TEST(CheckData, EveryTypeAndBound) {
  const char* integer = R"({"type": "integer", "minimum": 1, "maximum": 9})";
  const char* text = R"({"type": "string", "minLength": 2, "maxLength": 3, "optional": true})";
  const char* ref = R"({"type": "ref", "to": "media", "optional": true})";
  const char* needed = R"({"type": "ref", "to": "media"})";
  const char* list = R"({"type": "array", "items": {"type": "boolean"}, "maxItems": 1})";
  const char* object = R"({"type": "object", "properties": {"k": {"type": "integer"}}})";
  const char* word = R"({"type": ["string", "integer"], "pattern": "none|[1-9]"})";
  const DataCase cases[] = {
      {integer, "1", ""},
      {integer, "9.0", ""},
      {integer, "0", "error out-of-range"},
      {integer, "10", "error out-of-range"},
      {integer, "1.5", "error not-an-integer"},
      {integer, "18446744073709551615", "error not-an-integer"},
      {integer, R"("7")", "warning integer-as-string"},
      {integer, R"("7x")", "error wrong-type"},
      {integer, R"("")", "error wrong-type"},
      {integer, "true", "error wrong-type"},
      {integer, "", "error missing-parameter"},
      {integer, "null", "error missing-parameter"},
      {R"({"type": "integer", "enum": [1, 3]})", "3", ""},
      {R"({"type": "integer", "enum": [1, 3]})", "2", "error not-a-choice"},
      {text, R"("äöü")", ""},
      {text, R"("a")", "error too-short"},
      {text, R"("abcd")", "error too-long"},
      {text, "7", "error wrong-type"},
      {text, "null", ""},
      {text, "", ""},
      {R"({"type": "string", "enum": ["a"]})", R"("b")", "error not-a-choice"},
      {R"({"type": "string", "pattern": "[ab]+"})", R"("abc")", "error bad-format"},
      {R"({"type": "boolean"})", "true", ""},
      {R"({"type": "boolean"})", R"("false")", "warning boolean-as-string"},
      {R"({"type": "boolean"})", "1", "error wrong-type"},
      {word, "7", ""},
      {word, R"("none")", ""},
      {word, "17", "error bad-format"},
      {word, "[]", "error wrong-type"},
      {ref, R"("hello-1_x")", ""},
      {ref, R"("")", ""},
      {ref, R"("a b")", "error bad-id"},
      {ref, R"("/etc/passwd")", "error not-a-reference"},
      {ref, R"("file:///etc/passwd")", "error not-a-reference"},
      {ref, R"("..\\x")", "error not-a-reference"},
      {ref, "7", "error wrong-type"},
      {needed, R"("")", "error missing-parameter"},
      {list, "[true]", ""},
      {list, "[1]", "error wrong-type"},
      {list, "[true, false]", "error too-many"},
      {list, "{}", "error wrong-type"},
      {object, R"({"k": 1})", ""},
      {object, R"({})", "error missing-parameter"},
      {object, R"({"k": 1, "z": 2})", "warning unknown-parameter"},
      {object, "[]", "error wrong-type"},
      {R"({"type": "object"})", R"({"any": [1]})", ""},
  };
  for (const DataCase& c : cases) check_data_case(c);
}

TEST(CheckData, UnknownMembersAndTheTwoThatAlwaysGo) {
  const auto block = parse_node(
      R"({"module": "noop", "data": {"skip_module": false, "name": "n", "timeuot": 1}})");
  EXPECT_EQ(listed(check_data(*block, *sample_catalog().find("noop"))),
            "warning unknown-parameter /data/timeuot\n");
}

TEST(ParamValues, ConvertedAndDefaulted) {
  const Action& play = *sample_catalog().find("play");
  const auto given = parse_node(
      R"({"module": "play", "data": {"id": "x", "loop_count": "7", "answer": "false"}})");
  EXPECT_EQ(integer_param(*given, play, "loop_count"), 7);
  EXPECT_EQ(boolean_param(*given, play, "answer"), false);
  EXPECT_EQ(string_param(*given, play, "id"), "x");
  const auto bare = parse_node(R"({"module": "play", "data": {"loop_count": null}})");
  EXPECT_EQ(integer_param(*bare, play, "loop_count"), 1);
  EXPECT_EQ(boolean_param(*bare, play, "answer"), true);
  EXPECT_EQ(string_param(*bare, play, "id"), std::nullopt);
  EXPECT_EQ(integer_param(*bare, play, "none"), std::nullopt);
}

TEST(JsonSchema, SaysTheSame) {
  const auto schema = json_schema(*sample_catalog().find("play"));
  EXPECT_EQ(boost::json::serialize(schema.at("properties").at("loop_count")),
            R"({"type":"integer","default":1,"minimum":1,"maximum":9})");
  EXPECT_EQ(boost::json::serialize(schema.at("required")), R"(["id"])");
}

// The manual and the shipped actions: whatever is in the folder has to be readable here.
TEST(ShippedActions, AllAreReadable) {
  namespace fs = std::filesystem;
  Catalog catalog;
  for (const auto& folder : fs::directory_iterator(fs::path(STROWGER_SOURCE_DIR) / "actions")) {
    const fs::path file = folder.path() / "action.json";
    if (!fs::exists(file)) continue;
    std::ifstream in(file);
    const std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
    const auto action = parse_action(text);
    ASSERT_TRUE(action.has_value()) << file << " " << one_line(action.error().front());
    EXPECT_EQ(action->name, folder.path().filename());
    EXPECT_TRUE(catalog.add(text).has_value());
  }
}

TEST(ShippedActions, TheManualsExampleIsReadable) {
  std::ifstream in(std::string(STROWGER_SOURCE_DIR) + "/docs/action-json.md");
  const std::string manual{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  const auto from = manual.find("```json\n") + 8;
  const auto action = parse_action(manual.substr(from, manual.find("```", from) - from));
  ASSERT_TRUE(action.has_value()) << one_line(action.error().front());
  EXPECT_EQ(action->name, "response");
}

}  // namespace
}  // namespace strowger::model
