// Requests in the dialog of a call: order, INFO, UPDATE, re-INVITE, glare; both ways.
#include "sip/login.hpp"
#include "sip/session_for_tests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::sip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Call;
using testing::other;
using testing::request;
using testing::RequestParts;
using testing::Scene;
using testing::sdp;

// ---- what comes in ----------------------------------------------------------------------------

TEST(Session, TakesInfo) {
  for (const bool early : {false, true}) {
    Call call(early);
    call.receive("INFO", 2, {.body = {"application/dtmf-relay", "Signal=5"}});
    EXPECT_THAT(call.scene.story(), ElementsAre("0 < INFO", "0 > 200 INFO", "0 info"));
    call.receive("INFO", 2, {.body = {"application/dtmf-relay", "Signal=5"}});  // a copy
    EXPECT_THAT(call.scene.story(), ElementsAre("0 < INFO", "0 > 200 INFO"));
  }
}

TEST(Session, AnswersOptions) {
  Call call;
  call.receive("OPTIONS", 2);
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < OPTIONS", "0 > 200 OPTIONS"));
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nAccept: application/sdp\r\n"));
}

// 12.2.2
TEST(Session, RefusesWhatComesOutOfOrder) {
  Call call;
  call.receive("INFO", 5);
  call.receive("INFO", 4);
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < INFO", "0 > 200 INFO", "0 info", "0 < INFO",
                                              "0 > 500 INFO"));
  call.receive("INFO", 6);
  EXPECT_THAT(call.scene.last(), HasSubstr("SIP/2.0 200 "));
}

TEST(Session, KnowsItsDialogByAllThreeNames) {
  Call call;
  call.receive("INFO", 2, {.from_tag = "somebody"});
  EXPECT_THAT(call.scene.last(), HasSubstr("SIP/2.0 481 "));
  call.scene.receive(request("INFO", 2, {.branch = "y", .to_tag = "another"}));
  EXPECT_THAT(call.scene.last(), HasSubstr("SIP/2.0 481 "));
}

TEST(Session, AsksAboutAnOfferInUpdate) {
  Call call;
  call.receive("UPDATE", 2, {.body = other});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < UPDATE", "0 reoffered sdp"));
  EXPECT_TRUE(call.answer());
  EXPECT_FALSE(call.answer());
  EXPECT_THAT(call.scene.story(), ElementsAre("0 > 200 UPDATE"));
  EXPECT_THAT(call.scene.last(), HasSubstr("s=other"));
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nContact: "));
  call.receive("UPDATE", 3, {.body = other});
  EXPECT_TRUE(call.refuse(488));
  EXPECT_THAT(call.scene.last(), HasSubstr("SIP/2.0 488 Not Acceptable Here\r\n"));
}

TEST(Session, TakesUpdateWithoutAnOffer) {
  Call call;
  call.receive("UPDATE", 2);
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < UPDATE", "0 > 200 UPDATE"));
}

// RFC 3311 5.2
TEST(Session, TakesAnOfferInTheEarlyDialogOnlyWhenTheFirstIsSettled) {
  Call call(true);
  call.receive("UPDATE", 2, {.body = other});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < UPDATE", "0 > 500 UPDATE"));
  EXPECT_FALSE(call.scene.header_of_last(HeaderName::retry_after).empty());
  Call settled(true);
  settled.prack();
  settled.receive("UPDATE", 3, {.body = other});
  EXPECT_THAT(settled.scene.story(), ElementsAre("0 < UPDATE", "0 reoffered sdp"));
  settled.receive("UPDATE", 4, {.body = other});  // before the first is answered
  EXPECT_THAT(settled.scene.story(), ElementsAre("0 < UPDATE", "0 > 500 UPDATE"));
}

TEST(Session, RefreshesTheTarget) {
  Call call;
  call.receive("UPDATE", 2);
  call.scene.receive(testing::wire(
      "UPDATE sip:x@192.0.2.1 SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bKu\n"
      "From: <sip:anna@192.0.2.10>;tag=caller\nTo: <sip:1000@192.0.2.1>;tag=" +
      call.tag + "\nCall-ID: one@test\nCSeq: 3 UPDATE\nContact: <sip:new@192.0.2.10:5099>\n"));
  call.act([&](UserAgent& agent, Now now) { return agent.bye(call.scene.session, {}, now); });
  EXPECT_THAT(call.scene.last(), HasSubstr("BYE sip:new@192.0.2.10:5099 SIP/2.0\r\n"));
  EXPECT_EQ(call.scene.sent.back().peer.remote.text(), "192.0.2.10:5099");
}

TEST(Session, AsksAboutAReinvite) {
  Call call;
  call.receive("INVITE", 2, {.body = other});
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 < INVITE", "0 > 100 INVITE", "0 reoffered sdp"));
  EXPECT_TRUE(call.answer());
  call.scene.advance_ms(500);
  EXPECT_THAT(call.scene.story(), ElementsAre("0 > 200 INVITE", "500 > 200 INVITE"));
  EXPECT_EQ(call.scene.our_tag(), call.tag);
  call.receive("ACK", 2);
  EXPECT_THAT(call.scene.story(), ElementsAre("500 < ACK"));
  call.scene.advance_ms(100'000);
  EXPECT_THAT(call.scene.story(), IsEmpty());
}

TEST(Session, OffersWhenAReinviteAsksForIt) {
  Call call;
  call.receive("INVITE", 2);
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < INVITE", "0 > 100 INVITE", "0 reoffered"));
  call.answer();
  call.scene.story();
  call.receive("UPDATE", 3, {.body = sdp});  // while our offer has no answer
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < UPDATE", "0 > 491 UPDATE"));
  call.receive("ACK", 2, {.body = sdp});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < ACK", "0 established sdp"));
}

TEST(Session, ARefusedReinviteLeavesTheCallAsItWas) {
  Call call;
  call.receive("INVITE", 2, {.body = other});
  call.refuse(488);
  call.receive("ACK", 2, {.branch = "INVITE2"});
  call.scene.story();
  call.scene.advance_ms(100'000);
  EXPECT_THAT(call.scene.story(), IsEmpty());
  EXPECT_EQ(call.scene.agent.sessions(), 1U);
  call.receive("INFO", 3);
  EXPECT_THAT(call.scene.last(), HasSubstr("SIP/2.0 200 "));
}

TEST(Session, AnUnacknowledgedReinviteEndsTheCall) {
  Call call;
  call.receive("INVITE", 2, {.body = other});
  call.answer();
  call.scene.advance_ms(31'999);
  call.scene.story();
  call.scene.advance_ms(1);
  EXPECT_THAT(call.scene.story(), ElementsAre("32000 > BYE", "32000 ended no_ack"));
}

// 14.2
TEST(Session, RefusesOverlappingInvites) {
  Call early(true);
  early.receive("INVITE", 2, {.body = other});
  EXPECT_THAT(early.scene.story(), ElementsAre("0 < INVITE", "0 > 500 INVITE"));
  EXPECT_FALSE(early.scene.header_of_last(HeaderName::retry_after).empty());

  Call call;
  call.receive("INVITE", 2, {.body = other});
  call.receive("INVITE", 3, {.body = other});
  EXPECT_THAT(call.scene.last(), HasSubstr("SIP/2.0 500 "));
}

TEST(Session, CancelsAReinviteOnly) {
  Call call;
  call.receive("INVITE", 2, {.body = other});
  call.scene.story();
  call.receive("CANCEL", 2, {.branch = "INVITE2"});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < CANCEL", "0 > 200 CANCEL", "0 > 487 INVITE",
                                              "0 withdrawn"));
  EXPECT_FALSE(call.answer());
  EXPECT_EQ(call.scene.agent.sessions(), 1U);
}

TEST(Session, AnswersWhatIsOpenWhenItEnds) {
  Call call;
  call.receive("INVITE", 2, {.body = other});
  call.scene.story();
  call.receive("BYE", 3);
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < BYE", "0 > 200 BYE", "0 > 487 INVITE",
                                              "0 ended bye_received"));
  EXPECT_FALSE(call.answer());
  call.scene.advance_ms(100'000);
  EXPECT_EQ(call.scene.agent.transactions(), 0U);
}

// ---- what goes out ----------------------------------------------------------------------------

TEST(Session, SendsInfo) {
  Call call;
  EXPECT_TRUE(call.info());
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nCSeq: 1 INFO\r\n"));
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\n\r\nSignal=1"));
  call.respond("200 OK");
  EXPECT_TRUE(call.info());
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nCSeq: 2 INFO\r\n"));
}

TEST(Session, Reinvites) {
  Call call;
  EXPECT_TRUE(call.reinvite(other));
  EXPECT_FALSE(call.reinvite(other));
  EXPECT_FALSE(call.update(other));
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nContact: <sip:192.0.2.1:5060;transport=udp>\r\n"));
  const auto invite = Message::parse(call.scene.last());
  call.respond("200 OK", sdp);
  EXPECT_THAT(call.scene.story(), ElementsAre("0 > INVITE", "0 < 200 INVITE", "0 > ACK",
                                              "0 accepted 200 INVITE"));
  EXPECT_THAT(call.scene.last(), HasSubstr("ACK sip:anna@192.0.2.10:5062 SIP/2.0\r\n"));
  EXPECT_TRUE(call.update(other));
}

TEST(Session, SurvivesTheRefusalOfItsReinvite) {
  Call call;
  call.reinvite(other);
  call.respond("491 Request Pending");
  EXPECT_THAT(call.scene.story(), ElementsAre("0 > INVITE", "0 < 491 INVITE", "0 > ACK",
                                              "0 refused 491 INVITE"));
  EXPECT_TRUE(call.reinvite(other));
}

// 13.2.2.4, 17.1.1.2: who hangs up while our re-INVITE is open answers it all the same.
TEST(Session, AcknowledgesTheAnswerToItsReinviteAfterTheEnd) {
  for (const std::string_view status : {"487 Request Terminated", "200 OK"}) {
    Call call;
    call.reinvite(other);
    const auto invite = call.scene.last();
    call.respond_to(invite, "100 Trying");
    call.receive("BYE", 2);
    EXPECT_THAT(call.scene.last(), HasSubstr("SIP/2.0 200 "));
    call.scene.story();
    call.respond_to(invite, status, sdp);
    const auto code = std::string(status.substr(0, 3));
    EXPECT_THAT(call.scene.story(), ElementsAre("0 < " + code + " INVITE", "0 > ACK"));
    call.respond_to(invite, status, sdp);  // a copy
    EXPECT_THAT(call.scene.story(), ElementsAre("0 < " + code + " INVITE", "0 > ACK"));
    call.scene.advance(std::chrono::seconds{70});
    EXPECT_THAT(call.scene.story(), ElementsAre("32000 gone"));
  }
}

TEST(Session, ForgetsAReinviteThatIsNeverAnswered) {
  Call call;
  call.reinvite(other);
  call.respond("180 Ringing");
  call.receive("BYE", 2);
  call.scene.story();
  call.scene.advance(std::chrono::seconds{70});
  EXPECT_THAT(call.scene.story(), ElementsAre("32000 gone"));
}

TEST(Session, AnswersAnOfferThatItAskedFor) {
  Call call;
  call.reinvite({});
  call.respond("200 OK", sdp);
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 > INVITE", "0 < 200 INVITE", "0 accepted 200 INVITE"));
  call.receive("INVITE", 2, {.body = other});
  EXPECT_THAT(call.scene.last(), HasSubstr("SIP/2.0 491 "));
  call.scene.act([&](UserAgent& agent, Now) {
    agent.set_answer(call.scene.session, other);
    return true;
  });
  EXPECT_THAT(call.scene.last(), HasSubstr("ACK sip:"));
  EXPECT_THAT(call.scene.last(), HasSubstr("s=other"));
}

// 14.1, 14.2: both ends offer at once.
TEST(Session, RefusesAnOfferWhileItsOwnIsOnTheWay) {
  for (const bool by_update : {false, true}) {
    for (const std::string_view theirs : {"INVITE", "UPDATE"}) {
      Call call;
      by_update ? call.update(other) : call.reinvite(other);
      call.receive(theirs, 2, {.body = other});
      EXPECT_THAT(call.scene.last(), HasSubstr("SIP/2.0 491 ")) << theirs;
    }
  }
}

TEST(Session, DoesNotOfferWhileTheirsIsOpen) {
  Call call;
  call.receive("UPDATE", 2, {.body = other});
  EXPECT_FALSE(call.update(other));
  EXPECT_FALSE(call.reinvite(other));
  call.answer();
  EXPECT_TRUE(call.update(other));
}

// 12.2.1.2
TEST(Session, EndsWhenTheFarEndKnowsItNoMore) {
  for (const std::string status : {"481 Gone", "408 Timeout"}) {
    Call call;
    call.info();
    call.scene.story();
    call.respond(status);
    EXPECT_THAT(call.scene.story(),
                ElementsAre("0 < " + status.substr(0, 3) + " INFO", "0 > BYE", "0 ended timeout"));
  }
  Call call;
  call.update(other);
  call.respond("481 Gone");
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 > UPDATE", "0 < 481 UPDATE", "0 refused 481 UPDATE", "0 > BYE",
                          "0 ended timeout"));
}

TEST(Session, EndsWhenNobodyAnswersItsRequest) {
  Call call;
  call.reinvite(other);
  call.scene.advance_ms(31'999);
  call.scene.story();
  call.scene.advance_ms(1);
  EXPECT_THAT(call.scene.story(), ElementsAre("32000 > BYE", "32000 ended timeout"));
  call.scene.advance_ms(64'000);
  EXPECT_EQ(call.scene.agent.sessions(), 0U);
  EXPECT_EQ(call.scene.agent.transactions(), 0U);
}

TEST(Session, ForgetsItsRingingReinviteWithTheCall) {
  Call call;
  call.reinvite(other);
  call.respond("180 Ringing");
  call.receive("BYE", 2);
  call.scene.advance_ms(64'000);
  EXPECT_EQ(call.scene.agent.sessions(), 0U);
  EXPECT_EQ(call.scene.agent.transactions(), 0U);
  EXPECT_EQ(call.scene.agent.deadline(), std::nullopt);
}

TEST(Session, AcknowledgesEveryCopyOfA2xx) {
  Call call;
  call.reinvite(other);
  const auto reinvite = call.scene.sent.back();
  call.respond("200 OK", sdp);
  const auto ack = call.scene.last();
  call.scene.sent.push_back(reinvite);  // what respond() looks at
  call.respond("200 OK", sdp);
  EXPECT_EQ(call.scene.last(), ack);
  // Also after the end.
  call.act([&](UserAgent& agent, Now now) { return agent.bye(call.scene.session, {}, now); });
  call.scene.sent.push_back(reinvite);
  call.respond("200 OK", sdp);
  EXPECT_EQ(call.scene.last(), ack);
}

// A carrier that called us. Its Contact may be anybody's: who forges its INVITE learns nothing.
TEST(Session, ProvesItselfOnlyWhereTheCarrierIs) {
  for (const std::string_view place : {"192.0.2.10", "192.0.2.77"}) {
    Call call;
    call.scene.agent.set_login(call.scene.session, {"acct7", "s3cret", ""},
                               *IpAddress::parse(place));
    call.act([&](UserAgent& agent, Now now) { return agent.bye(call.scene.session, {}, now); });
    call.scene.story();
    call.respond("401 Prove It", {}, "WWW-Authenticate: Digest realm=\"c\", nonce=\"n\"\n");
    const bool told = place == "192.0.2.10";
    EXPECT_EQ(call.scene.story().size(), told ? 2U : 1U) << place;
    EXPECT_EQ(call.scene.header_of_last(HeaderName::authorization).empty(), !told) << place;
  }
}

}  // namespace
}  // namespace strowger::sip
