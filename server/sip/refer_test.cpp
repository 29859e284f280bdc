// Transfer: REFER and its NOTIFYs (RFC 3515), Replaces (RFC 3891).
#include "sip/refer.hpp"

#include "sip/user_agent_harness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::sip {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;
using testing::request;
using testing::Scene;
using testing::sdp;

Message refer_of(const std::string& headers) {
  return *Message::parse(request("REFER", 2, {.headers = headers, .to_tag = "x"}));
}

TEST(ReferTo, NamesANumberAndMaybeADialog) {
  BadReferTo bad;
  const auto blind = refer_to(refer_of("Refer-To: <sip:10%3003@pbx>\n"), bad);
  ASSERT_TRUE(blind);
  EXPECT_EQ(blind->user, "10003");
  EXPECT_FALSE(blind->replaces);
  EXPECT_EQ(refer_to(refer_of("r: tel:+4930123\n"), bad)->user, "+4930123");
  const auto attended = refer_to(
      refer_of("Refer-To: <sip:1003@pbx?Require=replaces&Replaces=a%40b%3Bto-tag%3D1%3B"
               "from-tag%3D2%3Bearly-only>\n"),
      bad);
  ASSERT_TRUE(attended && attended->replaces);
  EXPECT_EQ(attended->replaces->call_id, "a@b");
  EXPECT_EQ(attended->replaces->to_tag, "1");
  EXPECT_EQ(attended->replaces->from_tag, "2");
  EXPECT_TRUE(attended->replaces->early_only);
}

TEST(ReferTo, SaysWhyItCannotBeDone) {
  const struct {
    const char* headers;
    int status;
  } cases[] = {
      {"", 400},
      {"Refer-To: <sip:1@pbx>\nRefer-To: <sip:2@pbx>\n", 400},
      {"Refer-To: <sip:\n", 400},
      {"Refer-To: <mailto:a@b>\n", 416},
      {"Refer-To: <sip:1@pbx;method=BYE>\n", 501},
      {"Refer-To: <sip:pbx>\n", 484},
      {"Refer-To: <sip:1@pbx?Replaces=a>\n", 400},
      {"Refer-To: <sip:1@pbx?Replaces=a%3Bto-tag%3D1>\n", 400},
  };
  for (const auto& c : cases) {
    BadReferTo bad;
    EXPECT_FALSE(refer_to(refer_of(c.headers), bad)) << c.headers;
    EXPECT_EQ(bad.status, c.status) << c.headers;
  }
}

void establish(Scene& scene) {
  scene.receive(request("INVITE", 1, {.body = sdp}));
  scene.act([&](UserAgent& agent, Now now) { return agent.accept(scene.session, sdp, now); });
  scene.receive(request("ACK", 1, {.to_tag = scene.our_tag()}));
  scene.story();
}

void refer(Scene& scene, int number, const std::string& more = {}) {
  scene.receive(request("REFER", static_cast<unsigned>(number),
                        {.headers = "Refer-To: <sip:1003@pbx>\n" + more,
                         .to_tag = scene.our_tag()}));
}

bool answer(Scene& scene, int status) {
  return scene.act([&](UserAgent& agent, Now now) {
    return agent.answer_refer(scene.session, status, "Because", now);
  });
}

bool notify(Scene& scene, int status) {
  return scene.act(
      [&](UserAgent& agent, Now now) { return agent.notify(scene.session, status, "So", now); });
}

TEST(Refer, IsAcceptedAndToldOfUntilItsEnd) {
  Scene scene({.transfers = true});
  establish(scene);
  refer(scene, 2);
  EXPECT_THAT(scene.story(), Contains("0 referred"));
  EXPECT_TRUE(answer(scene, 202));
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 202 Accepted\r\n"));
  EXPECT_TRUE(notify(scene, 100));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nEvent: refer\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nSubscription-State: active;expires=180\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nContent-Type: message/sipfrag;version=2.0\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\n\r\nSIP/2.0 100 So\r\n"));
  EXPECT_TRUE(notify(scene, 200));
  EXPECT_THAT(scene.last(), HasSubstr("terminated;reason=noresource\r\n"));
  EXPECT_FALSE(notify(scene, 200));
  // RFC 3515 2.4.6: of a second one the id tells which.
  refer(scene, 3);
  EXPECT_TRUE(answer(scene, 202));
  EXPECT_TRUE(notify(scene, 100));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nEvent: refer;id=3\r\n"));
}

TEST(Refer, OneAtATimeAndOnlyInACall) {
  Scene scene({.transfers = true});
  establish(scene);
  refer(scene, 2);
  refer(scene, 3);
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 491 "));
  EXPECT_TRUE(answer(scene, 403));
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 403 Because\r\n"));
  EXPECT_FALSE(notify(scene, 100));
  scene.receive(request("REFER", 9, {.headers = "Refer-To: <sip:1003@pbx>\n"}));
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 405 "));
  scene.receive(request("NOTIFY", 4, {.to_tag = "nobody"}));
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 405 "));
}

TEST(Refer, WithoutSubscriptionWhenThatIsWanted) {
  Scene scene({.transfers = true});
  establish(scene);
  refer(scene, 2, "Refer-Sub: false\nSupported: norefersub\n");
  EXPECT_TRUE(answer(scene, 202));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nRefer-Sub: false\r\n"));
  EXPECT_FALSE(notify(scene, 200));
}

TEST(Refer, ANotifyThatNobodyWantsEndsNoCall) {
  Scene scene({.transfers = true});
  establish(scene);
  refer(scene, 2);
  answer(scene, 202);
  notify(scene, 100);
  scene.advance_ms(40'000);
  const auto story = scene.story();
  EXPECT_THAT(story, Contains("0 > NOTIFY"));
  EXPECT_THAT(story, Not(Contains(HasSubstr("ended"))));
}

TEST(Refer, WhoHasHungUpHearsHowItEndsAllTheSame) {
  Scene scene({.transfers = true});
  establish(scene);
  refer(scene, 2);
  answer(scene, 202);
  notify(scene, 100);
  scene.receive(request("BYE", 3, {.to_tag = scene.our_tag()}));
  EXPECT_TRUE(notify(scene, 180));
  EXPECT_THAT(scene.last(), HasSubstr("Subscription-State: active;expires=180\r\n"));
  scene.advance_ms(40'000);
  EXPECT_TRUE(notify(scene, 200));
  EXPECT_THAT(scene.last(), StartsWith("NOTIFY "));
  EXPECT_THAT(scene.last(), HasSubstr("Subscription-State: terminated;reason=noresource\r\n"));
  EXPECT_FALSE(notify(scene, 200));
  scene.advance_ms(40'000);
  EXPECT_EQ(scene.agent.sessions(), 0U);
}

TEST(Refer, IsNotKnownWhereNobodyTransfers) {
  Scene scene;
  establish(scene);
  EXPECT_THAT(scene.last(), Not(HasSubstr("REFER")));
  refer(scene, 2);
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 405 "));
}

std::string replacing(const std::string& our_tag, const std::string& more = {}) {
  return request("INVITE", 1,
                 {.branch = "other",
                  .headers = "Replaces: one@test;to-tag=" + our_tag + ";from-tag=caller" +
                             more + "\n",
                  .body = sdp,
                  .from_tag = "other"});
}

TEST(Replaces, IsOfConfirmedCallsAndOfThoseWhoHaveProvenWhoTheyAre) {
  Scene scene({.transfers = true});
  establish(scene);
  const auto tag = scene.our_tag();
  scene.receive(replacing(tag, ";early-only"));
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 486 "));
  scene.receive(replacing(tag));
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 403 "));
  scene.receive(request("BYE", 2, {.to_tag = tag}));
  scene.receive(replacing(tag));
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 603 "));
}

TEST(Replaces, FindsNothingInACallThatRings) {
  Scene scene({.transfers = true});
  scene.receive(request("INVITE", 1, {.body = sdp}));
  scene.act([&](UserAgent& agent, Now now) {
    return agent.progress(scene.session, {.status = 180}, false, now);
  });
  scene.receive(replacing(scene.our_tag()));
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 481 "));
}

}  // namespace
}  // namespace strowger::sip
