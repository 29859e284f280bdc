#include "model/callflow.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>

#include <string>

namespace strowger::model {
namespace {

// A document with `flow` as its root.
std::string with_flow(const std::string& flow) {
  return R"({"name": "t", "numbers": ["100"], "flow": )" + flow + "}";
}

std::string chain(std::size_t depth) {
  std::string text = R"({"module": "end", "data": {}})";
  for (std::size_t i = 1; i < depth; ++i) {
    text = R"({"module": "play", "data": {}, "children": {"_": )" + text + "}}";
  }
  return text;
}

struct Refusal {
  const char* what;
  std::string text;
  const char* code;
  const char* pointer;
};

void check_refused(const Refusal& c) {
  const auto parsed = parse_callflow(c.text);
  ASSERT_FALSE(parsed.has_value()) << c.what;
  EXPECT_EQ(parsed.error().front().code, c.code) << c.what;
  EXPECT_EQ(parsed.error().front().pointer, c.pointer) << c.what;
  EXPECT_EQ(parsed.error().front().severity, Severity::error) << c.what;
  EXPECT_FALSE(parsed.error().front().text.empty()) << c.what;
}

TEST(CallflowParse, NotJson) {
  const Refusal cases[] = {
      {"empty", "", "not-json", ""},
      {"blank", " \n\t", "not-json", ""},
      {"cut", R"({"name": "a", "flow": {"module": "tts", "da)", "not-json", "/flow/module"},
      {"comment", "// c\n{}", "not-json", ""},
      {"inner comment", R"({"name": /* x */ "a"})", "not-json", "/name"},
      {"NaN", with_flow(R"({"module": "a", "data": {"x": NaN}})"), "not-json", "/flow/data/x"},
      {"infinity", with_flow(R"({"module": "a", "data": {"x": Infinity}})"), "not-json",
       "/flow/data/x"},
      {"trailing bytes", with_flow(R"({"module": "a"})") + " x", "not-json", ""},
      {"second document", "{}{}", "not-json", ""},
      {"trailing comma", R"({"name": "a",})", "not-json", "/name"},
      {"single quotes", "{'name': 1}", "not-json", ""},
      {"invalid UTF-8", "{\"name\": \"\xC3\"}", "not-json", "/name"},
      {"raw control", "{\"name\": \"a\nb\"}", "not-json", "/name"},
      {"huge number", with_flow(R"({"module": "a", "data": {"x": 1e999}})"), "number-range",
       "/flow/data/x"},
      {"duplicate key", R"({"name": "a", "name": "b", "flow": {}})", "duplicate-key", "/name"},
      {"escaped duplicate key", with_flow(R"({"module": "a", "data": {"x": 1, "\u0078": 2}})"),
       "duplicate-key", "/flow/data/x"},
      {"duplicate child", with_flow(R"({"module": "a", "data": {}, "children":
          {"1": {"module": "x"}, "1": {"module": "y"}}})"), "duplicate-key", "/flow/children/1"},
      {"pointer escapes", R"({"flow": {}, "a/b~c": {"k": 1, "k": 2}})", "duplicate-key",
       "/a~1b~0c/k"},
      {"duplicate in array", R"({"flow": {}, "x": [1, {"k": 1}, {"k": 1, "k": 2}]})",
       "duplicate-key", "/x/2/k"},
  };
  for (const Refusal& c : cases) check_refused(c);
}

TEST(CallflowParse, NotACallflow) {
  const Refusal cases[] = {
      {"array", "[]", "not-a-callflow", ""},
      {"number", "7", "not-a-callflow", ""},
      {"null", "null", "not-a-callflow", ""},
      {"string", "\"flow\"", "not-a-callflow", ""},
      {"no flow", R"({"name": "a"})", "missing-flow", ""},
      {"a block", R"({"module": "response", "data": {}})", "bare-block", ""},
      {"flow string", R"({"flow": "x"})", "wrong-type", "/flow"},
      {"flow null", R"({"flow": null})", "wrong-type", "/flow"},
      {"name number", R"({"name": 1, "flow": {}})", "wrong-type", "/name"},
      {"numbers string", R"({"numbers": "1", "flow": {}})", "wrong-type", "/numbers"},
      {"numbers of numbers", R"({"numbers": ["1", 2], "flow": {}})", "wrong-type", "/numbers/1"},
      {"patterns object", R"({"patterns": {}, "flow": {}})", "wrong-type", "/patterns"},
      {"flags", R"({"flags": [null], "flow": {}})", "wrong-type", "/flags/0"},
      {"featurecode", R"({"featurecode": 7, "flow": {}})", "wrong-type", "/featurecode"},
      {"id number", R"({"id": 7, "flow": {}})", "wrong-type", "/id"},
      {"id path", R"({"_id": "../x", "flow": {}})", "bad-id", "/_id"},
      {"no module", with_flow(R"({"data": {}})"), "missing-module", "/flow"},
      {"module number", with_flow(R"({"module": 1})"), "wrong-type", "/flow/module"},
      {"module empty", with_flow(R"({"module": ""})"), "bad-module", "/flow/module"},
      {"module NUL", with_flow(R"({"module": "a\u0000"})"), "bad-module", "/flow/module"},
      {"data array", with_flow(R"({"module": "a", "data": []})"), "wrong-type", "/flow/data"},
      {"data null", with_flow(R"({"module": "a", "data": null})"), "wrong-type", "/flow/data"},
      {"children array", with_flow(R"({"module": "a", "children": []})"), "wrong-type",
       "/flow/children"},
      {"child string", with_flow(R"({"module": "a", "children": {"a/b": "x"}})"), "wrong-type",
       "/flow/children/a~1b"},
      {"empty key", with_flow(R"({"module": "a", "children": {"": {"module": "b"}}})"),
       "bad-branch-key", "/flow/children/"},
      {"block id", with_flow(R"({"module": "a", "id": "a b"})"), "bad-id", "/flow/id"},
      {"name line break", R"({"name": "a\r\nb", "flow": {}})", "bad-name", "/name"},
  };
  for (const Refusal& c : cases) check_refused(c);
}

TEST(CallflowParse, LimitsHoldExactly) {
  const std::string x128(name_chars_max, 'x');
  EXPECT_TRUE(parse_callflow(R"({"name": ")" + x128 + R"(", "flow": {}})").has_value());
  check_refused({"name", R"({"name": "x)" + x128 + R"(", "flow": {}})", "name-too-long", "/name"});

  const std::string n36(number_chars_max, '1');
  EXPECT_TRUE(parse_callflow(R"({"numbers": [")" + n36 + R"("], "flow": {}})").has_value());
  check_refused({"number", R"({"numbers": ["1)" + n36 + R"("], "flow": {}})", "bad-number",
                 "/numbers/0"});

  const std::string p256(pattern_bytes_max, '1');
  EXPECT_TRUE(parse_callflow(R"({"patterns": [")" + p256 + R"("], "flow": {}})").has_value());
  check_refused({"pattern", R"({"patterns": ["1)" + p256 + R"("], "flow": {}})",
                 "bad-pattern-length", "/patterns/0"});
  check_refused({"empty pattern", R"({"patterns": [""], "flow": {}})", "bad-pattern-length",
                 "/patterns/0"});
}

TEST(CallflowParse, CountLimits) {
  std::string patterns;
  for (std::size_t i = 0; i < patterns_max; ++i) patterns += R"("^1$",)";
  check_refused({"patterns", R"({"flow": {}, "patterns": [)" + patterns + R"("^1$"]})",
                 "too-many", "/patterns"});
  patterns.pop_back();
  EXPECT_TRUE(parse_callflow(R"({"flow": {}, "patterns": [)" + patterns + "]}").has_value());

  const std::string spaces(document_bytes_max, ' ');
  check_refused({"bytes", spaces + R"({"flow": {}})", "too-large", ""});
  EXPECT_TRUE(parse_callflow(R"({"flow": {}})" + spaces.substr(12)).has_value());
}

TEST(CallflowParse, WhatIsAcceptedCanBeExportedAndAcceptedAgain) {
  // Without ids it fits; with them it may not.
  const std::size_t blocks = 9'000;
  std::string children;
  for (std::size_t i = 0; i < blocks; ++i) {
    children += (i == 0 ? "\"" : ",\"") + std::to_string(i) + R"(":{"module":"r"})";
  }
  const auto padded = [&](std::size_t bytes) {
    const std::string head = R"({"flow":{"module":"m","children":{)" + children + R"(}},"pad":")";
    return head + std::string(bytes - head.size() - 2, 'x') + "\"}";
  };
  check_refused({"grows", padded(document_bytes_max), "too-large", ""});
  const auto flow = parse_callflow(padded(document_bytes_max - 200'000));
  ASSERT_TRUE(flow.has_value());
  EXPECT_TRUE(parse_callflow(serialize(*flow)).has_value());
  EXPECT_TRUE(parse_callflow(serialize_pretty(*flow)).has_value());
}

TEST(CallflowParse, RoomIsKeptForAnIdOfTheDocument) {
  const auto padded = [](std::size_t bytes) {
    const std::string head = R"({"flow":{},"pad":")";
    return head + std::string(bytes - head.size() - 2, 'x') + "\"}";
  };
  check_refused({"no room", padded(document_bytes_max), "too-large", ""});
  auto flow = parse_callflow(padded(document_bytes_max - 72));
  ASSERT_TRUE(flow.has_value());
  flow->assign_id(std::string(64, 'i'));
  EXPECT_EQ(serialize(*flow).size(), document_bytes_max);
  EXPECT_TRUE(parse_callflow(serialize(*flow)).has_value());
}

std::string wide(std::size_t children) {
  std::string text = R"({"module": "menu", "data": {}, "children": {)";
  for (std::size_t i = 0; i < children; ++i) {
    text += (i == 0 ? "\"" : ",\"") + std::to_string(i) + R"(": {"module": "r", "data": {}})";
  }
  return text + "}}";
}

TEST(CallflowParse, BlockLimits) {
  EXPECT_EQ(parse_callflow(with_flow(chain(block_depth_max)))->block_count(), block_depth_max);
  const auto deep = parse_callflow(with_flow(chain(block_depth_max + 1)));
  ASSERT_FALSE(deep.has_value());
  EXPECT_EQ(deep.error().front().code, "too-deep");
  std::string pointer = "/flow";
  for (std::size_t i = 0; i < block_depth_max; ++i) pointer += "/children/_";
  EXPECT_EQ(deep.error().front().pointer, pointer);
  // Far beyond, where the JSON parser itself gives up, the same block is named.
  const auto deeper = parse_callflow(with_flow(chain(2'000)));
  ASSERT_FALSE(deeper.has_value());
  EXPECT_EQ(deeper.error().front().code, "too-deep");
  EXPECT_EQ(deeper.error().front().pointer, pointer);

  EXPECT_EQ(parse_callflow(with_flow(wide(blocks_max - 1)))->block_count(), blocks_max);
  const auto many = parse_callflow(with_flow(wide(blocks_max)));
  ASSERT_FALSE(many.has_value());
  EXPECT_EQ(many.error().front().code, "too-many-blocks");
}

TEST(CallflowParse, DataDepthLimit) {
  const auto nested = [](std::size_t levels) {
    return with_flow(R"({"module": "a", "data": )" + [&] {
      std::string text = "{}";
      for (std::size_t i = 1; i < levels; ++i) text = R"({"x": )" + text + "}";
      return text;
    }() + "}");
  };
  EXPECT_TRUE(parse_callflow(nested(data_depth_max)).has_value());
  check_refused({"data", nested(data_depth_max + 1), "too-deep", "/flow/data"});
  // The deepest block may carry the deepest data, wrapped or not.
  const std::string deepest = with_flow(chain(block_depth_max));
  EXPECT_TRUE(parse_callflow(R"({"data": )" + deepest + "}").has_value());
}

TEST(CallflowParse, FindingsAreBoundedAndKeepTheErrors) {
  std::string numbers;
  for (int i = 0; i < 1'000; ++i) numbers += "7,";
  numbers.pop_back();
  EXPECT_EQ(parse_callflow(R"({"flow": {}, "numbers": [)" + numbers + "]}").error().size(),
            findings_max);
  // Warnings (lost digits) fill the list; the error behind them still counts.
  std::string lossy;
  for (std::size_t i = 0; i < 2 * findings_max; ++i) lossy += "123456789012345678901234567890,";
  const auto parsed = parse_callflow(R"({"x": [)" + lossy + R"(1], "flow": {}, "flow": {}})");
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().back().code, "duplicate-key");
}

TEST(CallflowParse, ReadsTheHead) {
  const auto flow = parse_callflow(R"({"id": "main", "name": "Büro", "numbers": ["100", "+49 1"],
      "patterns": ["^2"], "flags": ["x"], "featurecode": {"name": "park", "number": "3"},
      "flow": {"module": "a", "data": {}}})");
  ASSERT_FALSE(flow.has_value());  // "+49 1" holds a blank
  const auto good = parse_callflow(R"({"id": "main", "name": "Büro", "numbers": ["100", "+491"],
      "patterns": ["^2"], "flags": ["x"], "featurecode": {"name": "park", "number": "3"},
      "flow": {"module": "a", "data": {"k": "v"}}})");
  ASSERT_TRUE(good.has_value());
  EXPECT_EQ(good->id, "main");
  EXPECT_EQ(good->name, "Büro");
  EXPECT_EQ(good->numbers, (std::vector<std::string>{"100", "+491"}));
  EXPECT_EQ(good->patterns, (std::vector<std::string>{"^2"}));
  EXPECT_EQ(good->flags, (std::vector<std::string>{"x"}));
  EXPECT_EQ(good->feature_code, "park");
  EXPECT_EQ(good->root->text("k"), "v");
  EXPECT_EQ(good->root->text("none"), "");
}

TEST(CallflowParse, IdsAreDeterministicAndDoNotCollide) {
  const std::string text = with_flow(R"({"module": "a", "children": {
      "1": {"module": "b", "id": "n1", "children": {"_": {"module": "c"}}},
      "_": {"module": "d", "id": "mine"},
      "2": {"module": "e", "id": "mine"}}})");
  const auto flow = parse_callflow(text);
  ASSERT_TRUE(flow.has_value());
  const Block& root = *flow->root;
  EXPECT_EQ(root.id, "n2");  // n1 is taken
  EXPECT_EQ(root.child("1")->id, "n1");
  EXPECT_EQ(root.child("1")->child("_")->id, "n3");
  EXPECT_EQ(root.child("_")->id, "mine");
  EXPECT_EQ(root.child("2")->id, "n4");  // was used twice
  EXPECT_EQ(root.child("2")->pointer, "/flow/children/2");
  ASSERT_EQ(flow->import_notes.size(), 1U);
  EXPECT_EQ(flow->import_notes[0].code, "duplicate-block-id");
  EXPECT_EQ(flow->find_block("n3")->module, "c");
  EXPECT_EQ(flow->find_block("none"), nullptr);
  // The document has them too, so a second import changes nothing.
  const auto again = parse_callflow(serialize(*flow));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->document, flow->document);
  EXPECT_TRUE(again->import_notes.empty());
  EXPECT_EQ(serialize(*parse_callflow(text)), serialize(*flow));
}

TEST(CallflowParse, ChildrenKeepTheirOrder) {
  const auto flow = parse_callflow(with_flow(wide(50)));
  for (std::size_t i = 0; i < 50; ++i) EXPECT_EQ(flow->root->children[i].key, std::to_string(i));
}

TEST(CallflowParse, EnvelopeIsTakenOff) {
  const auto flow = parse_callflow(
      R"({"data": {"id": "x", "flow": {"module": "a"}}, "request_id": "r", "status": "success"})");
  ASSERT_TRUE(flow.has_value());
  EXPECT_EQ(flow->id, "x");
  EXPECT_EQ(flow->import_notes.at(0).code, "unwrapped");
  EXPECT_FALSE(flow->document.contains("request_id"));
}

TEST(CallflowParse, EmptyFlowIsADraft) {
  const auto flow = parse_callflow(R"({"flow": {}})");
  ASSERT_TRUE(flow.has_value());
  EXPECT_FALSE(flow->root.has_value());
  EXPECT_EQ(flow->block_count(), 0U);
}

TEST(CallflowParse, ByteOrderMarkIsPassedOver) {
  EXPECT_TRUE(parse_callflow("\xEF\xBB\xBF{\"flow\": {}}").has_value());
}

TEST(CallflowSerialize, KeepsWhatItDoesNotKnow) {
  const std::string text = R"({"_id": "a1", "_rev": "3-x", "pvt_type": "callflow", "numbers": [],
      "metaflow": {"binding_digit": "*"}, "ui_metadata": {"x": [1, 2.5, null, true, "\u00e4"]},
      "big": 18446744073709551615, "small": -9223372036854775808, "third": 0.1, "tiny": 5e-324,
      "flow": {"module": "a", "data": {"deep": {"x": []}}, "children": {}, "extra": 1,
               "id": "k"}})";
  const auto flow = parse_callflow(text);
  ASSERT_TRUE(flow.has_value());
  EXPECT_TRUE(flow->import_notes.empty());
  const auto before = boost::json::parse(text).as_object();
  const auto after = boost::json::parse(serialize(*flow)).as_object();
  EXPECT_EQ(before, after);
  EXPECT_EQ(boost::json::parse(serialize_pretty(*flow)).as_object(), after);
  EXPECT_EQ(flow->document.at("third").as_double(), 0.1);
}

TEST(CallflowSerialize, SetsIdAndName) {
  auto flow = parse_callflow(R"({"_id": "old", "name": "a", "flow": {}})");
  flow->assign_id("new");
  flow->rename("b");
  const auto again = parse_callflow(serialize(*flow));
  EXPECT_EQ(again->id, "new");
  EXPECT_EQ(again->name, "b");
}

TEST(CallflowParse, LostDigitsAreTold) {
  const auto flow = parse_callflow(with_flow(
      R"({"module": "a", "data": {"code": 1180591620717411303424}})"));
  ASSERT_TRUE(flow.has_value());
  EXPECT_EQ(flow->import_notes.at(0).code, "number-precision");
  EXPECT_EQ(flow->import_notes.at(0).pointer, "/flow/data/code");
}

TEST(CallflowNumbers, WhichTextsAreNumbers) {
  for (const char* good : {"100", "*97", "#9", "+4930123456", "no_match", "alice", "a.b-c_1"}) {
    EXPECT_TRUE(is_number(good)) << good;
  }
  for (const char* bad : {"", "+", "..", "-", "1 2", "1';DROP TABLE callflows;--", "a@b", "ä",
                          "1\n", "sip:1"}) {
    EXPECT_FALSE(is_number(bad)) << bad;
  }
}

TEST(CallflowNode, IsParsedByItself) {
  const auto node = parse_node(
      R"({"module": "a", "data": {}, "children": {"_": {"module": "b", "data": {}}}})");
  ASSERT_TRUE(node.has_value());
  EXPECT_EQ(node->pointer, "");
  EXPECT_EQ(node->child("_")->pointer, "/children/_");
  EXPECT_FALSE(parse_node("[]").has_value());
}

TEST(CallflowBlock, SkipModule) {
  EXPECT_TRUE(parse_node(R"({"module": "a", "data": {"skip_module": true}})")->skipped());
  EXPECT_FALSE(parse_node(R"({"module": "a", "data": {"skip_module": "true"}})")->skipped());
  EXPECT_FALSE(parse_node(R"({"module": "a", "data": {}})")->skipped());
}

}  // namespace
}  // namespace strowger::model
