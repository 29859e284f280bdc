// Re-INVITEs of ours that are taken back (RFC 3261 9.1).
#include "sip/login.hpp"
#include "sip/session_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::sip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::Call;
using testing::other;
using testing::sdp;

TEST(Session, WithdrawsItsReinvite) {
  Call call;
  EXPECT_FALSE(call.withdraw());
  call.reinvite(other);
  const auto invite = call.scene.last();
  EXPECT_TRUE(call.withdraw());
  EXPECT_FALSE(call.withdraw());
  EXPECT_THAT(call.scene.story(), ElementsAre("0 > INVITE"));
  call.respond_to(invite, "100 Trying");
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 100 INVITE", "0 > CANCEL"));
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nCSeq: 1 CANCEL\r\n"));
  call.respond("200 OK");
  call.respond_to(invite, "487 Request Terminated");
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 200 CANCEL", "0 < 487 INVITE", "0 > ACK",
                                              "0 refused 487 INVITE"));
  call.scene.advance(std::chrono::seconds{40});
  EXPECT_THAT(call.scene.story(), IsEmpty());
  EXPECT_TRUE(call.reinvite(other));
}

// Challenged after all, it is sent again with credentials, and taken back again.
TEST(Session, WithdrawsAReinviteThatWasSentAgain) {
  Call call;
  call.scene.agent.set_login(call.scene.session, {"acct7", "s3cret", ""},
                             *IpAddress::parse("192.0.2.10"));
  call.reinvite(other);
  const auto invite = call.scene.last();
  call.respond_to(invite, "100 Trying");
  EXPECT_TRUE(call.withdraw());
  call.respond("200 OK");
  call.scene.story();
  call.respond_to(invite, "401 Prove It", {},
                  "WWW-Authenticate: Digest realm=\"c\", nonce=\"n\"\n");
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 401 INVITE", "0 > ACK", "0 > INVITE"));
  const auto again = call.scene.last();
  call.respond_to(again, "100 Trying");
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 100 INVITE", "0 > CANCEL"));
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nCSeq: 2 CANCEL\r\n"));
}

TEST(Session, TellsOfAWithdrawnReinviteThatIsAcceptedAllTheSame) {
  Call call;
  call.reinvite(other);
  const auto invite = call.scene.last();
  call.respond_to(invite, "100 Trying");
  EXPECT_TRUE(call.withdraw());
  call.scene.story();
  call.respond_to(invite, "200 OK", sdp);
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 < 200 INVITE", "0 > ACK", "0 accepted 200 INVITE"));
}

TEST(Session, GivesUpAWithdrawnReinviteThatGetsNoFinalAnswer) {
  Call call;
  call.reinvite(other);
  const auto invite = call.scene.last();
  call.respond_to(invite, "100 Trying");
  call.withdraw();
  call.respond("200 OK");
  call.scene.story();
  call.scene.advance(std::chrono::seconds{40});
  EXPECT_THAT(call.scene.story(), ElementsAre("32000 refused by nobody"));
  EXPECT_TRUE(call.reinvite(other));
  EXPECT_EQ(call.scene.agent.sessions(), 1U);
}

}  // namespace
}  // namespace strowger::sip
