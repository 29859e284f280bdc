#include "model/finding.hpp"

#include <boost/json/serialize.hpp>
#include <gtest/gtest.h>

namespace strowger::model {
namespace {

TEST(Finding, FormsAndPlacesComeBesideTheText) {
  const auto finding = finding_in_words(Severity::error, "missing-seat", "/flow/data/id", "n1",
                                        {"There is no {{target}} “{{id}}”.",
                                         {{"target", "seat"}, {"id", "anna"}}},
                                        {"Try “{{other}}”.", {{"other", "ben"}}});
  EXPECT_EQ(one_line(finding),
            "error /flow/data/id [missing-seat] There is no seat “anna”. Try “ben”.");
  EXPECT_EQ(boost::json::serialize(findings_json({finding})),
            R"([{"severity":"error","code":"missing-seat","pointer":"/flow/data/id",)"
            R"("text":"There is no seat “anna”.","block":"n1","hint":"Try “ben”.",)"
            R"("text_form":"There is no {{target}} “{{id}}”.","hint_form":"Try “{{other}}”.",)"
            R"("places":{"target":"seat","id":"anna","other":"ben"}}])");
}

TEST(Finding, OneThatNamesNothingHasNoForm) {
  const auto finding =
      finding_in_words(Severity::info, "no-numbers", "", "", "No number leads here.");
  EXPECT_EQ(boost::json::serialize(findings_json({finding})),
            R"([{"severity":"info","code":"no-numbers","pointer":"",)"
            R"("text":"No number leads here."}])");
}

TEST(Finding, AnErrorTakesThePlaceOfAMilderOne) {
  Findings findings(findings_max, Finding{.severity = Severity::warning});
  add_finding(findings, Finding{.severity = Severity::info});
  EXPECT_EQ(findings.size(), findings_max);
  EXPECT_FALSE(has_errors(findings));
  add_finding(findings, Finding{.severity = Severity::error});
  EXPECT_EQ(findings.size(), findings_max);
  EXPECT_TRUE(has_errors(findings));
}

}  // namespace
}  // namespace strowger::model
