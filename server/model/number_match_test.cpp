#include "model/number_match.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::model {
namespace {

// "flow how", e.g. "main number"; "" for no match.
std::string found(const NumberPlan& plan, std::string_view dialled,
                  CallerKind caller = CallerKind::external) {
  const auto match = plan.find(dialled, caller);
  if (!match) return "";
  constexpr const char* how[] = {" number", " pattern", " no_match"};
  return match->callflow_id + how[static_cast<int>(match->how)];
}

TEST(NumberPlan, ExactBeatsPatternBeatsNoMatch) {
  NumberPlan plan;
  plan.add("exact", {"1000", "*97", "alice", "+4930 123"}, {});
  plan.add("digits", {}, {"^1[0-9]{3}$"});
  plan.add("rest", {"no_match"}, {});
  EXPECT_EQ(found(plan, "1000"), "exact number");
  EXPECT_EQ(found(plan, "*97"), "exact number");
  EXPECT_EQ(found(plan, "alice"), "exact number");
  EXPECT_EQ(found(plan, "Alice"), "");
  EXPECT_EQ(found(plan, "+49 (30) 12-3"), "exact number");
  EXPECT_EQ(found(plan, "1001"), "digits pattern");
  EXPECT_EQ(found(plan, "2001"), "");
  EXPECT_EQ(found(plan, "2001", CallerKind::internal), "rest no_match");
  EXPECT_EQ(found(plan, "+2001", CallerKind::internal), "rest no_match");
  EXPECT_EQ(found(plan, "bob", CallerKind::internal), "");
  EXPECT_EQ(found(plan, "*99", CallerKind::internal), "");
  EXPECT_EQ(found(plan, "", CallerKind::internal), "");
  EXPECT_EQ(found(plan, "+", CallerKind::internal), "");
  EXPECT_EQ(found(plan, "no_match", CallerKind::internal), "");
}

TEST(NumberPlan, LongestCaptureWins) {
  NumberPlan plan;
  plan.add("short", {}, {"^\\*98(\\d{2})"});
  plan.add("long", {}, {"\\*9(\\d+)"});
  EXPECT_EQ(found(plan, "*9812"), "long pattern");  // captures 812 against 12
  const auto match = plan.find("*9812", CallerKind::external);
  EXPECT_EQ(match->matched, "\\*9(\\d+)");
  EXPECT_EQ(match->captures, (std::vector<std::string>{"812"}));
}

TEST(NumberPlan, WithoutGroupsTheWholeMatchCounts) {
  NumberPlan plan;
  plan.add("groups", {}, {"^(12)3456$"});
  plan.add("whole", {}, {"^12345"});
  EXPECT_EQ(found(plan, "123456"), "whole pattern");  // 5 against 2
}

TEST(NumberPlan, TiesAreDeterministic) {
  for (const bool swapped : {false, true}) {
    NumberPlan plan;
    plan.add(swapped ? "b" : "a", {}, {"^(\\d+)$"});
    plan.add(swapped ? "a" : "b", {}, {"^(\\d+)$"});
    EXPECT_EQ(found(plan, "55"), "a pattern");
  }
  NumberPlan plan;
  plan.add("a", {}, {"(\\d+)", "^(\\d+)$"});
  EXPECT_EQ(plan.find("55", CallerKind::external)->matched, "(\\d+)");
  NumberPlan longer;
  longer.add("a", {}, {"^(55)"});
  longer.add("b", {}, {"^(55)6"});
  EXPECT_EQ(found(longer, "556"), "b pattern");  // same capture, longer whole match
}

TEST(NumberPlan, NamedAndUnusedGroups) {
  NumberPlan plan;
  plan.add("a", {}, {"^(?P<area>0\\d)?(?P<rest>\\d+)$"});
  const auto match = plan.find("123", CallerKind::external);
  ASSERT_TRUE(match.has_value());
  EXPECT_EQ(match->captures, (std::vector<std::string>{"", "123"}));
  EXPECT_EQ(match->named.at("rest"), "123");
  EXPECT_EQ(match->named.at("area"), "");
}

TEST(NumberPlan, FirstOwnerKeepsANumberAndBadPatternsAreLeftOut) {
  NumberPlan plan;
  plan.add("a", {"1"}, {"("});
  plan.add("b", {"1"}, {"(?=x)", "^2$"});
  EXPECT_EQ(found(plan, "1"), "a number");
  EXPECT_EQ(plan.number_count(), 1U);
  EXPECT_EQ(plan.pattern_count(), 1U);
}

TEST(NumberPlan, LongTextsReachNothing) {
  NumberPlan plan;
  plan.add("a", {}, {"^\\d+$"});
  EXPECT_EQ(found(plan, std::string(dialled_bytes_max, '1')), "a pattern");
  EXPECT_EQ(found(plan, std::string(dialled_bytes_max + 1, '1')), "");
}

// A backtracking matcher would not come back from these.
TEST(NumberPlan, NestedQuantifiersAreLinear) {
  NumberPlan plan;
  plan.add("a", {}, {"^(a+)+$", "(([0-9])+)+x", "^(([0-9]+)*)*$"});
  EXPECT_EQ(plan.pattern_count(), 3U);
  EXPECT_EQ(found(plan, std::string(100, 'a') + "!"), "");
  EXPECT_EQ(found(plan, std::string(200, '1') + "!"), "");
}

TEST(NumberPlan, BytesThatAreNoText) {
  NumberPlan plan;
  plan.add("a", {}, {"^.+$"});
  plan.find("\xFF\xFE", CallerKind::internal);
  plan.find(std::string_view("\0", 1), CallerKind::internal);
}

TEST(NumberPlan, NormalizedNumber) {
  struct Case {
    const char* dialled;
    const char* number;
  };
  constexpr Case cases[] = {{"+49 (30) 1234-5", "+49301234" "5"}, {"030/123.45", "03012345"},
                            {"*97#", "*97#"},  {"a-b.c", "a-b.c"}, {"1+2", "1+2"},
                            {"--", "--"},      {"", ""},           {"++1", "++1"},
                            {"+49(0)30 12345", "+493012345"}, {"(0)30", "030"}};
  for (const Case& c : cases) EXPECT_EQ(normalized_number(c.dialled), c.number);
}

TEST(Patterns, ErrorsHaveAPosition) {
  struct Case {
    const char* pattern;
    std::size_t offset;
  };
  constexpr Case cases[] = {{"^12[3", 3}, {"^(12", 0}, {"a**", 1}, {"1(?=2)", 1}, {"(1)\\1", 3}};
  for (const Case& c : cases) {
    const auto checked = check_pattern(c.pattern);
    ASSERT_FALSE(checked.has_value()) << c.pattern;
    EXPECT_EQ(checked.error().offset, c.offset) << c.pattern << " " << checked.error().what;
  }
  EXPECT_TRUE(check_pattern("^\\*7([0-9]+)$").has_value());
}

}  // namespace
}  // namespace strowger::model
