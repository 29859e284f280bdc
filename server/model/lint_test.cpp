#include "model/lint.hpp"

#include "model/sample_catalog.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::model {
namespace {

// A callflow "main" with a number and `flow` as its root.
std::string document(const std::string& flow, const std::string& id = "main") {
  return R"({"id": ")" + id + R"(", "numbers": ["100"], "flow": )" + flow + "}";
}

Findings linted(const std::string& text, const Context& context = sample_context()) {
  return lint(parsed(text), sample_catalog(), context);
}

struct Case {
  const char* what;
  const char* flow;
  const char* want;  // as `listed` prints it
};

void check(const Case& c) {
  EXPECT_EQ(listed(linted(document(c.flow))), c.want) << c.what;
}

TEST(LintBlocks, OneByOne) {
  const Case cases[] = {
      {"clean", R"({"module": "response", "data": {"code": 486, "media": "hello"}})", ""},
      {"unknown module", R"({"module": "nope", "data": {}})",
       "error unknown-module /flow/module\n"},
      {"unknown module switched off",
       R"({"module": "nope", "data": {"skip_module": true}, "children": {"_":
          {"module": "hangup", "data": {}}}})",
       "warning unknown-module /flow/module\n"
       "info skipped-block /flow/data/skip_module\n"},
      {"no data", R"({"module": "hangup"})", "warning missing-data /flow\n"},
      {"missing media", R"({"module": "response", "data": {"code": 486, "media": "gone"}})",
       "error missing-media /flow/data/media\n"},
      {"media by path", R"({"module": "response", "data": {"code": 486, "media": "/etc/passwd"}})",
       "error not-a-reference /flow/data/media\n"},
      {"missing menu", R"({"module": "menu", "data": {"id": "x"}})",
       "error missing-menu /flow/data/id\n"},
      {"missing callflow", R"({"module": "callflow", "data": {"id": "x"}})",
       "error missing-callflow /flow/data/id\n"},
      {"those who ring are there",
       R"({"module": "ring", "data": {"seat": "anna", "device": "desk", "group": "sales"}})", ""},
      {"missing seat", R"({"module": "ring", "data": {"seat": "x"}})",
       "error missing-seat /flow/data/seat\n"},
      {"missing device", R"({"module": "ring", "data": {"device": "x"}})",
       "error missing-device /flow/data/device\n"},
      {"missing ring group", R"({"module": "ring", "data": {"group": "x"}})",
       "error missing-ring-group /flow/data/group\n"},
      {"seat by address", R"({"module": "ring", "data": {"seat": "sip:anna@x"}})",
       "error not-a-reference /flow/data/seat\n"},
      {"switched off seat and device",
       R"({"module": "ring", "data": {"seat": "off", "device": "broken"}})",
       "warning disabled-seat /flow/data/seat\n"
       "warning disabled-device /flow/data/device\n"},
      {"child of a terminal block",
       R"({"module": "hangup", "data": {}, "children": {"_": {"module": "hangup", "data": {}}}})",
       "warning unreachable-block /flow/children/_\n"},
      {"branch that a block never takes",
       R"({"module": "noop", "data": {}, "children": {"1": {"module": "hangup", "data": {}}}})",
       "warning unreachable-block /flow/children/1\n"},
      {"key that a menu cannot give",
       R"({"module": "menu", "data": {}, "children": {"x/y": {"module": "hangup", "data": {}}}})",
       "warning unreachable-block /flow/children/x~1y\n"},
      {"everything below is looked at too",
       R"({"module": "hangup", "data": {}, "children": {"_": {"module": "nope", "data": {}}}})",
       "error unknown-module /flow/children/_/module\n"
       "warning unreachable-block /flow/children/_\n"},
      {"switched off: problems do not block",
       R"({"module": "play", "data": {"skip_module": true}})",
       "warning missing-parameter /flow/data/id\n"
       "info skipped-block /flow/data/skip_module\n"},
      {"switched off: other branches sleep",
       R"({"module": "menu", "data": {"skip_module": true}, "children": {
          "1": {"module": "hangup", "data": {}}}})",
       "info skipped-block /flow/data/skip_module\n"
       "info unreachable-block /flow/children/1\n"},
  };
  for (const Case& c : cases) check(c);
}

TEST(LintBlocks, ResponseBehindAnAnswer) {
  const Case cases[] = {
      {"answered by default",
       R"({"module": "play", "data": {"id": "hello"}, "children": {"_":
          {"module": "response", "data": {"code": 486}}}})",
       "warning already-answered /flow/children/_/data\n"},
      {"played without answering",
       R"({"module": "play", "data": {"id": "hello", "answer": false}, "children": {"_":
          {"module": "response", "data": {"code": 486}}}})",
       ""},
      {"two floors up",
       R"({"module": "menu", "data": {}, "children": {"1": {"module": "noop", "data": {},
          "children": {"_": {"module": "response", "data": {"code": 486}}}}}})",
       "warning already-answered /flow/children/1/children/_/data\n"},
      {"the answering block is switched off",
       R"({"module": "play", "data": {"id": "hello", "skip_module": true}, "children": {"_":
          {"module": "response", "data": {"code": 486}}}})",
       "info skipped-block /flow/data/skip_module\n"},
      {"the Response is switched off",
       R"({"module": "menu", "data": {}, "children": {"_": {"module": "response",
          "data": {"code": 486, "skip_module": true}}}})",
       "warning already-answered /flow/children/_/data\n"
       "info skipped-block /flow/children/_/data/skip_module\n"},
  };
  for (const Case& c : cases) check(c);
}

ListedContext with_flows(const std::vector<std::pair<std::string, std::string>>& flows) {
  ListedContext context = sample_context();
  for (const auto& [id, flow] : flows) {
    context.callflows[id] = std::make_shared<const Callflow>(parsed(document(flow, id)));
  }
  return context;
}

std::string run(const std::string& id, const std::string& then = "") {
  return R"({"module": "callflow", "data": {"id": ")" + id + R"("})" +
         (then.empty() ? "" : R"(, "children": {"_": )" + then + "}") + "}";
}

const std::string response = R"({"module": "response", "data": {"code": 486}})";
const std::string noop = R"({"module": "noop", "data": {}})";

std::string keys(const std::string& one, const std::string& otherwise) {
  return R"({"module": "menu", "data": {}, "children": {"1": )" + one + R"(, "_": )" + otherwise +
         "}}";
}

struct LoopCase {
  const char* what;
  std::string main;
  std::vector<std::pair<std::string, std::string>> others;
  const char* want;
};

TEST(LintLoops, WithAndWithoutExit) {
  const char* endless = "error endless-loop /flow/data/id\n";
  const LoopCase cases[] = {
      {"itself", run("main"), {}, endless},
      {"round about", run("b"), {{"b", run("main")}}, endless},
      {"three", run("b"), {{"b", run("c")}, {"c", run("b")}}, endless},
      {"ends in the other", run("b"), {{"b", response}}, ""},
      {"comes back and ends", run("b", response), {{"b", noop}}, ""},
      {"ends in the other, loops behind it", run("b", run("main")), {{"b", response}}, ""},
      {"comes back and loops", run("b", run("main")), {{"b", noop}},
       "error endless-loop /flow/children/_/data/id\n"},
      {"unknown callflow of a lone file", run("b", response), {{"b", run("gone")}}, ""},
      {"menu repeats on one key", keys(run("main"), response), {},
       "warning already-answered /flow/children/_/data\n"},
      {"menu repeats on every key", keys(run("main"), run("main")), {},
       "warning loop-until-hangup /flow/children/1/data/id\n"
       "warning loop-until-hangup /flow/children/_/data/id\n"},
      {"menu without a default branch",
       R"({"module": "menu", "data": {}, "children": {"1": )" + run("main") + "}}", {}, ""},
      {"switched off", R"({"module": "callflow", "data": {"id": "main", "skip_module": true}})",
       {}, "info skipped-block /flow/data/skip_module\n"},
  };
  for (const LoopCase& c : cases) {
    const ListedContext context = with_flows(c.others);
    EXPECT_EQ(listed(linted(document(c.main), context)), c.want) << c.what;
  }
}

TEST(LintLoops, TheDraftCountsNotTheLiveVersion) {
  // "main" as it is live loops; the draft in hand does not.
  const ListedContext context = with_flows({{"main", run("b")}, {"b", run("main")}});
  EXPECT_EQ(listed(linted(document(response), context)), "");
}

TEST(LintSubFlows, AnswersThere) {
  const std::string menu = R"({"module": "menu", "data": {}})";
  EXPECT_EQ(listed(linted(document(run("b", response)), with_flows({{"b", menu}}))),
            "warning already-answered /flow/children/_/data\n");
  EXPECT_EQ(listed(linted(document(keys(run("b"), noop)), with_flows({{"b", response}}))),
            "warning already-answered /flow/children/1\n");
}

struct HeadCase {
  const char* text;
  const char* want;
};

TEST(LintHead, NumbersAndPatterns) {
  ListedContext context = sample_context();
  context.number_owners = {{"200", "other"}, {"100", "main"}, {"4930123", "other"}};
  context.pattern_owners = {{"^9", "other"}, {"^8", "main"}};
  const HeadCase cases[] = {
      {R"({"id": "main", "flow": {"module": "hangup", "data": {}}})", "info no-numbers \n"},
      {R"({"id": "main", "numbers": ["1"], "flow": {}})", "error empty-flow /flow\n"},
      {R"({"id": "main", "numbers": ["100", "100"], "flow": {"module": "hangup", "data": {}}})",
       "error duplicate-number /numbers/1\n"},
      {R"({"id": "main", "numbers": ["10-1", "101"], "flow": {"module": "hangup", "data": {}}})",
       "error duplicate-number /numbers/1\n"},
      {R"({"id": "main", "numbers": ["100", "200"], "flow": {"module": "hangup", "data": {}}})",
       "error number-taken /numbers/1\n"},
      {R"({"id": "main", "numbers": ["4930-123"], "flow": {"module": "hangup", "data": {}}})",
       "error number-taken /numbers/0\n"},
      {R"({"id": "main", "patterns": ["^8", "^9"], "flow": {"module": "hangup", "data": {}}})",
       "error pattern-taken /patterns/1\n"},
      {R"({"id": "main", "patterns": ["^1", "^(2", "^1"], "flow":
          {"module": "hangup", "data": {}}})",
       "error bad-pattern /patterns/1\nerror duplicate-pattern /patterns/2\n"},
      {R"({"id": "main", "patterns": ["^(a+)+$"], "flow": {"module": "hangup", "data": {}}})", ""},
  };
  for (const HeadCase& c : cases) EXPECT_EQ(listed(linted(c.text, context)), c.want) << c.text;
}

TEST(LintHead, PatternErrorsNameThePosition) {
  const auto findings = linted(
      R"({"patterns": ["^12[3"], "flow": {"module": "hangup", "data": {}}})");
  EXPECT_NE(findings.at(0).text.find("byte 3"), std::string::npos) << findings.at(0).text;
}

TEST(Lint, ALoneFileHasNoUnknownReferences) {
  ListedContext context;
  context.knows_references = false;
  EXPECT_EQ(listed(linted(document(R"({"module": "play", "data": {"id": "anything"}})"), context)),
            "");
}

TEST(Lint, ErrorsComeFirstAndAreBounded) {
  std::string flow = R"({"module": "menu", "data": {}, "children": {)";
  for (int i = 0; i < 1'000; ++i) {
    flow += (i == 0 ? "\"" : ",\"") + std::to_string(i) +
            (i % 2 == 0 ? R"(": {"module": "hangup"})" : R"(": {"module": "nope"})");
  }
  const Findings findings = linted(document(flow + "}}"));
  ASSERT_EQ(findings.size(), findings_max);
  EXPECT_EQ(findings.front().severity, Severity::error);
  EXPECT_EQ(findings.front().block_id, "n3");
  EXPECT_EQ(findings.back().severity, Severity::error);  // 500 errors leave no room for less
}

TEST(Lint, ImportNotesAreIncluded) {
  EXPECT_EQ(listed(linted(R"({"data": )" + document(response) + "}")), "info unwrapped \n");
}

TEST(Findings, OneLine) {
  EXPECT_EQ(one_line({Severity::error, "x", "/a", "", "Wrong.", "Mend it."}),
            "error /a [x] Wrong. Mend it.");
  EXPECT_EQ(one_line({Severity::info, "x", "", "", "So.", ""}), "info (document) [x] So.");
}

TEST(Lint, WhatSingleActionsNeed) {
  const struct {
    const char* name;
    const char* flow;
    const char* findings;
  } cases[] = {
      {"rules and a set are there",
       R"({"module": "temporal_route", "data": {"rules": ["office"], "set": "holidays"},
           "children": {"office": {"module": "hangup", "data": {}},
           "rule_set": {"module": "hangup", "data": {}}, "_": {"module": "hangup", "data": {}}}})",
       ""},
      {"missing rule and set",
       R"({"module": "temporal_route", "data": {"rules": ["office", "x"], "set": "y"}})",
       "error missing-temporal-rule /flow/data/rules/1\n"
       "error missing-temporal-rule-set /flow/data/set\n"},
      {"a branch for a rule that is gone",
       R"({"module": "temporal_route", "data": {},
           "children": {"x": {"module": "hangup", "data": {}}}})",
       "error missing-temporal-rule /flow/children/x\n"},
      {"a branch that can't be a rule's",
       R"({"module": "temporal_route", "data": {},
           "children": {"a/b": {"module": "hangup", "data": {}}}})",
       "warning unreachable-block /flow/children/a~1b\n"},
      {"a time zone that is none",
       R"({"module": "temporal_route", "data": {"timezone": "Europe/Atlantis"}})",
       "error unknown-timezone /flow/data/timezone\n"},
      {"a pick-up without a target, where no pattern says whose",
       R"({"module": "group_pickup", "data": {"user_id": ""}})",
       "warning no-target /flow/data\n"},
      {"a pick-up at a seat and a group",
       R"({"module": "group_pickup", "data": {"user_id": "anna", "group_id": "sales"}})",
       "error several-targets /flow/data\n"},
      {"a pick-up at nobody's", R"({"module": "group_pickup", "data": {"device_id": "gone"}})",
       "error missing-device /flow/data/device_id\n"},
  };
  for (const auto& each : cases) {
    const auto callflow =
        parsed(std::string(R"({"name": "t", "numbers": ["1"], "flow": )") + each.flow + "}");
    EXPECT_EQ(listed(lint(callflow, sample_catalog(), sample_context())), each.findings)
        << each.name;
  }
}

TEST(Lint, APickUpWhosePatternSaysWhoseNeedsNoTarget) {
  const auto callflow = parsed(R"json({"name": "t", "numbers": [], "patterns": ["\\*87([0-9]+)"],
                                   "flow": {"module": "group_pickup", "data": {}}})json");
  EXPECT_EQ(listed(lint(callflow, sample_catalog(), sample_context())), "");
}

TEST(Lint, AnExtensionBelongsToTheCallflowThatRingsItsSeat) {
  auto context = sample_context();
  context.extensions = {{"1001", "anna"}};
  const auto numbered = [](std::string_view flow) {
    return parsed(R"({"name": "t", "numbers": ["10-01"], "flow": )" + std::string(flow) + "}");
  };
  EXPECT_EQ(listed(lint(numbered(R"({"module": "hangup", "data": {}})"), sample_catalog(),
                        context)),
            "warning extension-of-seat /numbers/0\n");
  // As a Seat block has it.
  EXPECT_EQ(listed(lint(numbered(R"({"module": "noop", "data": {"id": "anna"}})"),
                        sample_catalog(), context)),
            "warning unknown-parameter /flow/data/id\n");
  // By a group that it is in, or as a member that the block has of its own.
  context.rung = {{"all", {"boris", "anna"}}};
  for (const std::string_view flow :
       {R"({"module": "noop", "data": {"id": "all"}})",
        R"({"module": "noop", "data": {"endpoints": [{"id": "anna"}]}})"}) {
    const auto found = listed(lint(numbered(flow), sample_catalog(), context));
    EXPECT_EQ(found.find("extension-of-seat"), std::string::npos) << found;
  }
}

}  // namespace
}  // namespace strowger::model
