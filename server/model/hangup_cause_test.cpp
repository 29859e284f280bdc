#include "model/hangup_cause.hpp"

#include <gtest/gtest.h>

#include <set>

namespace strowger::model {
namespace {

TEST(HangupCause, EveryCauseIsNamedOnceAndGivesACallerAFailure) {
  std::set<std::string_view> names;
  for (const HangupCause& cause : hangup_causes()) {
    EXPECT_TRUE(names.insert(cause.name).second) << cause.name;
    EXPECT_NE(find_code(cause.code), nullptr) << cause.name;
    EXPECT_GE(cause.code, 400) << cause.name;
    EXPECT_FALSE(cause.phrase.empty()) << cause.name;
    EXPECT_EQ(find_cause(cause.name), &cause);
  }
  EXPECT_EQ(find_cause("user_busy"), nullptr);
}

TEST(HangupCause, EveryFinalAnswerHasOne) {
  for (int code = 300; code < 700; ++code) EXPECT_FALSE(cause_of_code(code).name.empty());
  const std::pair<int, std::string_view> cases[] = {
      {486, "USER_BUSY"},          {600, "USER_BUSY"},
      {603, "CALL_REJECTED"},      {407, "CALL_REJECTED"},
      {404, "UNALLOCATED_NUMBER"}, {480, "NO_USER_RESPONSE"},
      {302, "REDIRECTION_TO_NEW_DESTINATION"},
      {699, "NORMAL_UNSPECIFIED"}, {488, "INCOMPATIBLE_DESTINATION"},
  };
  for (const auto& [code, name] : cases) EXPECT_EQ(cause_of_code(code).name, name) << code;
}

}  // namespace
}  // namespace strowger::model
