#include "sip/guess_limit.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::sip {
namespace {

using std::chrono::seconds;

struct GuessLimitTest : testing::Test {
  SeededRandom random{1};
  GuessLimit limit{random};
  Instant now = Instant{} + std::chrono::hours{100};
  IpAddress here = *IpAddress::parse("192.0.2.7");

  GuessLimit::Effect guess(const std::string& user) { return limit.wrong({here, user, now}); }
  bool may_try(const std::string& user) const { return limit.may_try(here, user, now); }
};

TEST_F(GuessLimitTest, TenWrongAnswersThenAPauseThatDoubles) {
  for (std::uint32_t i = 1; i < wrong_answers_max; ++i) {
    EXPECT_FALSE(guess("anna").pause) << i;
    EXPECT_TRUE(may_try("anna")) << i;
  }
  EXPECT_TRUE(guess("anna").pause);
  EXPECT_FALSE(may_try("anna"));
  EXPECT_TRUE(may_try("bert"));
  EXPECT_TRUE(limit.may_try(*IpAddress::parse("192.0.2.8"), "anna", now)) << "others may log in";
  now += guess_pause_first;
  EXPECT_TRUE(may_try("anna"));
  guess("anna");
  now += guess_pause_first;
  EXPECT_FALSE(may_try("anna"));
  now += guess_pause_first;
  EXPECT_TRUE(may_try("anna"));
}

TEST_F(GuessLimitTest, ThePauseHasAnEnd) {
  for (int i = 0; i < 100; ++i) guess("anna");
  now += guess_pause_max;
  EXPECT_TRUE(may_try("anna"));
}

TEST_F(GuessLimitTest, ARightAnswerForgetsTheWrongOnes) {
  for (std::uint32_t i = 1; i < wrong_answers_max; ++i) guess("anna");
  limit.right(here, "anna", now);
  EXPECT_FALSE(guess("anna").pause);
}

TEST_F(GuessLimitTest, OldOnesAreForgotten) {
  for (std::uint32_t i = 1; i < wrong_answers_max; ++i) guess("anna");
  now += guesses_remembered + seconds{1};
  EXPECT_FALSE(guess("anna").pause);
}

TEST_F(GuessLimitTest, ASourceThatGuessesForManyUsersIsBannedForAWhile) {
  for (std::uint32_t i = 1; i < wrong_answers_of_source_max; ++i) {
    EXPECT_FALSE(guess("user" + std::to_string(i)).ban);
  }
  EXPECT_FALSE(limit.banned(here, now));
  EXPECT_TRUE(guess("one more").ban);
  EXPECT_TRUE(limit.banned(here, now));
  EXPECT_FALSE(limit.banned(*IpAddress::parse("192.0.2.8"), now));
  now += source_ban;
  EXPECT_FALSE(limit.banned(here, now));
}

// One misconfigured phone must not take the whole office behind its address with it.
TEST_F(GuessLimitTest, ASourceThatAlsoLogsInIsNotBanned) {
  limit.right(here, "bert", now);
  for (std::uint32_t i = 0; i < 2 * wrong_answers_of_source_max; ++i) {
    EXPECT_FALSE(guess("user" + std::to_string(i)).ban);
  }
}

TEST_F(GuessLimitTest, AnIpv6NetworkIsOneSource) {
  here = *IpAddress::parse("2001:db8::1");
  for (std::uint32_t i = 0; i < wrong_answers_max; ++i) guess("anna");
  EXPECT_FALSE(limit.may_try(*IpAddress::parse("2001:db8::2"), "anna", now));
  EXPECT_TRUE(limit.may_try(*IpAddress::parse("2001:db8:0:1::2"), "anna", now));
}

TEST_F(GuessLimitTest, IsBounded) {
  for (std::uint32_t i = 0; i < guess_entries_max + 100; ++i) {
    here.bytes = {10, static_cast<std::uint8_t>(i >> 16), static_cast<std::uint8_t>(i >> 8),
                  static_cast<std::uint8_t>(i)};
    guess("anna");
    limit.right(here, "bert", now);
  }
  EXPECT_EQ(limit.entries(), 3 * guess_entries_max);
}

}  // namespace
}  // namespace strowger::sip
