// Every document of tests/corpus/callflows against its outcome: what is refused names the place,
// what is imported comes out again equal in meaning, and lint says what keeps it from being
// published.
#include "model/sample_catalog.hpp"

#include <boost/json/parse.hpp>
#include <gtest/gtest.h>
#include <re2/re2.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <vector>

namespace strowger::model {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

const fs::path corpus = fs::path(STROWGER_SOURCE_DIR) / "tests/corpus/callflows";

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  EXPECT_TRUE(in.good()) << file;
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> files(const std::string& prefix) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(corpus)) {
    const std::string name = entry.path().filename();
    if (name.starts_with(prefix) && name.ends_with(".json")) found.push_back(entry.path());
  }
  std::sort(found.begin(), found.end());
  return found;
}

// Block ids are ours; everything else has to be as it was.
void drop_block_ids(json::value& node) {
  json::object& object = node.as_object();
  object.erase("id");
  if (json::value* children = object.if_contains("children")) {
    for (auto& child : children->as_object()) drop_block_ids(child.value());
  }
}

void check_round_trip(const fs::path& file) {
  const std::string text = content(file);
  const auto callflow = parse_callflow(text);
  ASSERT_TRUE(callflow.has_value()) << file << one_line(callflow.error().front());
  json::value after = json::parse(serialize(*callflow), {}, {.max_depth = 512});
  drop_block_ids(after.at("flow"));
  json::value before = json::parse(text, {}, {.max_depth = 512});
  if (before.at("flow").as_object().contains("id")) drop_block_ids(before.at("flow"));
  EXPECT_EQ(before, after) << file;
}

TEST(Corpus, WholeDocumentsRoundTrip) {
  const auto documents = files("doc_");
  EXPECT_EQ(documents.size(), 7U);
  for (const fs::path& file : documents) check_round_trip(file);
}

TEST(Corpus, WholeDocumentsKeepTheirUnknownModules) {
  std::set<std::string> unknown;
  for (const fs::path& file : files("doc_")) {
    const auto callflow = parsed(content(file));
    for (const Finding& finding : lint(callflow, sample_catalog(), sample_context())) {
      if (finding.code == "unknown-module") unknown.insert(finding.text);
    }
  }
  EXPECT_TRUE(unknown.contains("There is no action “group_pickup_feature”."));
  EXPECT_EQ(unknown.size(), 8U);
}

TEST(Corpus, BareNodesAreNoCallflowsButParse) {
  const auto nodes = files("node_");
  EXPECT_EQ(nodes.size(), 29U);
  for (const fs::path& file : nodes) {
    const std::string text = content(file);
    const auto as_callflow = parse_callflow(text);
    ASSERT_FALSE(as_callflow.has_value()) << file;
    EXPECT_EQ(as_callflow.error().front().code, "bare-block") << file;
    const auto node = parse_node(text);
    ASSERT_TRUE(node.has_value()) << file << one_line(node.error().front());
    // As the root of a document it round-trips.
    const auto whole = parse_callflow(R"({"flow": )" + text + "}");
    ASSERT_TRUE(whole.has_value()) << file;
    json::value after = json::parse(serialize(*whole)).at("flow");
    drop_block_ids(after);
    EXPECT_EQ(json::parse(text), after) << file;
  }
}

enum class Outcome { refused, unpublished, warned, clean };

struct Hostile {
  const char* file;
  Outcome outcome;
  const char* code;     // of the finding that counts
  const char* pointer;  // its place
};

// refused: not stored at all · unpublished: a draft with errors · warned, clean: may go live
constexpr Hostile hostile[] = {
    {"flow-no-data", Outcome::unpublished, "unknown-module", "/flow/module"},
    {"flow-string", Outcome::refused, "wrong-type", "/flow"},
    {"flow-wide-2000", Outcome::warned, "already-answered", "/flow/children/0/data"},
    {"name-10k", Outcome::refused, "name-too-long", "/name"},
    {"numbers-dup", Outcome::unpublished, "duplicate-number", "/numbers/1"},
    {"numbers-weird", Outcome::refused, "bad-number", "/numbers/0"},
    {"pattern-redos", Outcome::clean, "", ""},
    {"raw-comments", Outcome::refused, "not-json", ""},
    {"raw-nan", Outcome::refused, "not-json", "/flow/data/code"},
    {"raw-truncated", Outcome::refused, "not-json", "/flow/module"},
    {"response-code-180", Outcome::unpublished, "refused-code", "/flow/data/code"},
    {"response-code-302", Outcome::unpublished, "redirect-missing", "/flow/data/code"},
    {"response-code-99", Outcome::unpublished, "no-such-code", "/flow/data/code"},
    {"response-code-huge", Outcome::unpublished, "no-such-code", "/flow/data/code"},
    {"response-code-string", Outcome::warned, "integer-as-string", "/flow/data/code"},
    {"response-empty", Outcome::clean, "", ""},
    {"response-media-file-url", Outcome::unpublished, "not-a-reference", "/flow/data/media"},
    {"response-media-ssrf", Outcome::unpublished, "not-a-reference", "/flow/data/media"},
    {"response-media-traversal", Outcome::unpublished, "not-a-reference", "/flow/data/media"},
    {"response-message-empty", Outcome::clean, "", ""},
    {"response-message-utf8", Outcome::warned, "message-not-ascii", "/flow/data/message"},
    {"response-nul", Outcome::unpublished, "bad-message", "/flow/data/message"},
    {"response-with-child", Outcome::warned, "unreachable-block", "/flow/children/_"},
    {"ring-group-neg", Outcome::unpublished, "unknown-module", "/flow/module"},
    {"webhook-ssrf", Outcome::unpublished, "unknown-module", "/flow/module"},
};

Outcome outcome_of(const Findings& findings) {
  if (has_errors(findings)) return Outcome::unpublished;
  const bool warned = std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
    return finding.severity == Severity::warning;
  });
  return warned ? Outcome::warned : Outcome::clean;
}

void check_hostile(const Hostile& c) {
  const fs::path file = corpus / "own" / (std::string(c.file) + ".json");
  const auto callflow = parse_callflow(content(file));
  EXPECT_EQ(callflow.has_value(), c.outcome != Outcome::refused) << c.file;
  const Findings findings =
      callflow ? lint(*callflow, sample_catalog(), sample_context()) : callflow.error();
  if (callflow) EXPECT_EQ(outcome_of(findings), c.outcome) << c.file << "\n" << listed(findings);
  if (c.outcome == Outcome::clean) return;
  ASSERT_FALSE(findings.empty()) << c.file;
  EXPECT_EQ(findings.front().code, c.code) << c.file << "\n" << listed(findings);
  EXPECT_EQ(findings.front().pointer, c.pointer) << c.file;
  EXPECT_FALSE(findings.front().text.empty());
  if (callflow && !std::string_view(c.file).starts_with("response-code-huge")) {
    check_round_trip(file);
  }
}

TEST(Corpus, HostileDocuments) {
  for (const Hostile& c : hostile) check_hostile(c);
}

TEST(Corpus, DeepDocumentIsRefusedAtTheFirstBlockTooDeep) {
  const auto callflow = parse_callflow(content(corpus / "own/flow-deep-2000.json"));
  ASSERT_FALSE(callflow.has_value());
  std::string pointer = "/flow";
  for (std::size_t i = 0; i < block_depth_max; ++i) pointer += "/children/_";
  EXPECT_EQ(callflow.error().front().code, "too-deep");
  EXPECT_EQ(callflow.error().front().pointer, pointer);
}

TEST(Corpus, WideDocumentIsReadWhole) {
  const auto callflow = parse_callflow(content(corpus / "own/flow-wide-2000.json"));
  ASSERT_TRUE(callflow.has_value());
  EXPECT_EQ(callflow->block_count(), 2'001U);
}

// docs/lint.md promises to list every code of a finding.
TEST(Manual, ListsEveryCode) {
  const fs::path source = STROWGER_SOURCE_DIR;
  const std::string manual = content(source / "docs/lint.md");
  const std::set<std::string> no_codes{"call-info", "error-info", "call-settings"};
  const re2::RE2 slug(R"re("([a-z0-9]+(?:-[a-z0-9]+)+)")re");
  for (const auto& entry : fs::directory_iterator(source / "server/model")) {
    const std::string name = entry.path().filename();
    if (name.ends_with("_test.cpp") || name == "sample_catalog.hpp") continue;
    const std::string text = content(entry.path());
    re2::StringPiece rest(text);
    std::string code;
    while (re2::RE2::FindAndConsume(&rest, slug, &code)) {
      if (no_codes.contains(code)) continue;
      EXPECT_NE(manual.find("`" + code + "`"), std::string::npos) << code << " of " << name;
    }
  }
}

TEST(Corpus, NoHostileFileIsLeftOut) {
  std::set<std::string> tested{"flow-deep-2000"};
  for (const Hostile& c : hostile) tested.insert(c.file);
  for (const auto& entry : fs::directory_iterator(corpus / "own")) {
    EXPECT_TRUE(tested.contains(entry.path().stem())) << entry.path();
  }
}

}  // namespace
}  // namespace strowger::model
