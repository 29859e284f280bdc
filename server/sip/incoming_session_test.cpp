// Calls that come in, told as stories in milliseconds: refused, cancelled, answered, hung up.
#include "sip/user_agent_harness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

namespace strowger::sip {
namespace {

using std::chrono::milliseconds;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::request;
using testing::Scene;
using testing::sdp;

bool progress(Scene& scene, int status, bool reliable = false, Body body = {}) {
  return scene.act([&](UserAgent& agent, Now now) {
    return agent.progress(scene.session, {.status = status, .body = body}, reliable, now);
  });
}

bool accept(Scene& scene, Body body = sdp) {
  return scene.act(
      [&](UserAgent& agent, Now now) { return agent.accept(scene.session, body, now); });
}

bool reject(Scene& scene, int status = 486, std::string phrase = "Busy Here",
            HeaderList headers = {}) {
  return scene.act([&](UserAgent& agent, Now now) {
    return agent.reject(scene.session, {.status = status, .phrase = phrase, .headers = headers},
                        now);
  });
}

bool bye(Scene& scene, HeaderList headers = {}) {
  return scene.act(
      [&](UserAgent& agent, Now now) { return agent.bye(scene.session, headers, now); });
}

// The branch of the INVITE, as an ACK of a refusal and a CANCEL have it.
std::string ack_of_refusal(unsigned number = 1) {
  return request("ACK", number, {.branch = "INVITE" + std::to_string(number), .to_tag = "x"});
}
std::string cancel() { return request("CANCEL", 1, {.branch = "INVITE1"}); }

void expect_nothing_left(const Scene& scene) {
  EXPECT_EQ(scene.agent.sessions(), 0U);
  EXPECT_EQ(scene.agent.transactions(), 0U);
  EXPECT_EQ(scene.agent.deadline(), std::nullopt);
}

struct Invite {
  std::string headers = "Supported: 100rel\n";
  Body body = sdp;
};
void invite(Scene& scene, const Invite& what = {}) {
  scene.receive(request("INVITE", 1, {.headers = what.headers, .body = what.body}));
  EXPECT_THAT(scene.story(), ElementsAre("0 invited", "0 < INVITE", "0 > 100 INVITE"));
}

// Invited, accepted, acknowledged.
void establish(Scene& scene, const Invite& what = {}) {
  invite(scene, what);
  accept(scene);
  scene.receive(request("ACK", 1, {.to_tag = scene.our_tag()}));
  scene.story();
}

// ---- refusal ----------------------------------------------------------------------------------

TEST(IncomingSession, IsRefusedAndForgotten) {
  Scene scene;
  invite(scene);
  EXPECT_TRUE(reject(scene));
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 486 Busy Here\r\n"));
  scene.advance_ms(100);
  scene.receive(ack_of_refusal());
  EXPECT_THAT(scene.story(),
              ElementsAre("0 > 486 INVITE", "0 ended rejected", "100 < ACK", "100 gone"));
  // Only its transaction stays for a while, for copies: they say nothing new, and get no answer.
  EXPECT_EQ(scene.agent.sessions(), 0U);
  EXPECT_EQ(scene.agent.transactions(), 1U);
  scene.receive(request("INVITE", 1));
  scene.receive(ack_of_refusal());
  scene.advance_ms(4'999);
  EXPECT_EQ(scene.agent.transactions(), 1U);
  scene.advance_ms(1);  // timer I
  EXPECT_THAT(scene.story(), IsEmpty());
  expect_nothing_left(scene);
}

// RFC 3261 17.2.1: timers G (T1 doubling to T2) and H (64*T1).
TEST(IncomingSession, RepeatsARefusalUntilItIsAcknowledged) {
  Scene scene;
  invite(scene);
  reject(scene);
  scene.story();
  scene.advance_ms(100'000);
  const auto story = scene.story();
  EXPECT_THAT(story, ElementsAre("500 > 486 INVITE", "1500 > 486 INVITE", "3500 > 486 INVITE",
                                 "7500 > 486 INVITE", "11500 > 486 INVITE", "15500 > 486 INVITE",
                                 "19500 > 486 INVITE", "23500 > 486 INVITE", "27500 > 486 INVITE",
                                 "31500 > 486 INVITE", "32000 gone"));
  expect_nothing_left(scene);
}

TEST(IncomingSession, StopsRepeatingWithTheAck) {
  Scene scene;
  invite(scene);
  reject(scene);
  scene.advance_ms(600);
  scene.story();
  scene.receive(ack_of_refusal());
  scene.receive(ack_of_refusal());
  scene.advance_ms(100'000);
  EXPECT_THAT(scene.story(), ElementsAre("600 < ACK", "600 gone"));
}

TEST(IncomingSession, DoesNotRepeatARefusalOnStreams) {
  Scene scene;
  scene.peer.transport = Transport::tcp;
  scene.peer.connection = 3;
  invite(scene);
  reject(scene);
  scene.story();
  scene.advance_ms(20'000);
  EXPECT_THAT(scene.story(), IsEmpty());
  scene.receive(ack_of_refusal());
  EXPECT_THAT(scene.story(), ElementsAre("20000 < ACK", "20000 gone"));
  expect_nothing_left(scene);
}

TEST(IncomingSession, RefusesWordForWord) {
  Scene scene;
  invite(scene);
  reject(scene, 480, "Gesch\xc3\xa4""ft geschlossen", {{"Reason", "Q.850;cause=18"}});
  EXPECT_THAT(scene.last(), HasSubstr("SIP/2.0 480 Gesch\xc3\xa4""ft geschlossen\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nReason: Q.850;cause=18\r\n"));
  EXPECT_THAT(scene.last(), Not(HasSubstr("Contact:")));
}

TEST(IncomingSession, AStormOfCopiesGetsIdenticalBytes) {
  Scene scene;
  invite(scene);
  const auto before = scene.sent.size();
  for (int i = 0; i < 50; ++i) scene.receive(request("INVITE", 1, {.body = sdp}));
  reject(scene);
  for (int i = 0; i < 50; ++i) scene.receive(request("INVITE", 1, {.body = sdp}));
  scene.advance_ms(32'000);
  std::set<std::string> trying, refused;
  for (std::size_t i = before; i < scene.sent.size(); ++i) {
    const auto& bytes = *scene.sent[i].bytes;
    (testing::brief(bytes) == "100 INVITE" ? trying : refused).insert(bytes);
  }
  EXPECT_EQ(trying.size(), 1U);
  EXPECT_EQ(refused.size(), 1U);
  expect_nothing_left(scene);
}

TEST(IncomingSession, VerbsAreRefusedOutOfTurn) {
  Scene scene;
  invite(scene);
  EXPECT_FALSE(bye(scene));
  EXPECT_FALSE(progress(scene, 100));
  EXPECT_FALSE(progress(scene, 200));
  EXPECT_FALSE(reject(scene, 200));
  EXPECT_FALSE(reject(scene, 700));
  EXPECT_TRUE(reject(scene));
  EXPECT_FALSE(reject(scene));
  EXPECT_FALSE(accept(scene));
  EXPECT_FALSE(progress(scene, 180));
  EXPECT_FALSE(bye(scene));
  EXPECT_FALSE(scene.agent.peer_supports_reliable(scene.session));
  EXPECT_FALSE(scene.agent.reject(999, {.status = 486}, scene.now()));
}

// RFC 2543 callers: no branch, no From tag, no Contact (RFC 4475 3.4.1).
TEST(IncomingSession, MayComeFromAnOldCaller) {
  Scene scene;
  const std::string rest =
      "From: <sip:+13035551111@ift.example;user=phone>\nTo: sip:1000@192.0.2.1\n"
      "Call-ID: inv2543\n";
  const std::string via = "Via: SIP/2.0/UDP 192.0.2.10\n";
  const auto message = [&](std::string method) {
    return testing::wire(method + " sip:1000@192.0.2.1 SIP/2.0\n" + via + rest + "CSeq: 56 " +
                         method + "\n");
  };
  scene.receive(message("INVITE"));
  scene.receive(message("INVITE"));
  reject(scene);
  scene.receive(message("ACK"));
  scene.advance_ms(5'000);
  EXPECT_THAT(scene.story(),
              ElementsAre("0 invited", "0 < INVITE", "0 > 100 INVITE", "0 < INVITE",
                          "0 > 100 INVITE", "0 > 486 INVITE", "0 ended rejected", "0 < ACK",
                          "0 gone"));
}

// ---- CANCEL and BYE before the answer ---------------------------------------------------------

TEST(IncomingSession, IsCancelled) {
  Scene scene;
  invite(scene);
  progress(scene, 180);
  const auto tag = scene.our_tag();
  scene.receive(cancel());
  EXPECT_THAT(scene.story(),
              ElementsAre("0 > 180 INVITE", "0 < CANCEL", "0 > 200 CANCEL", "0 > 487 INVITE",
                          "0 ended cancelled"));
  EXPECT_EQ(scene.our_tag(), tag);  // 9.2: all of them with one To tag
  EXPECT_THAT(*scene.sent[scene.sent.size() - 2].bytes, HasSubstr(";tag=" + tag));
  scene.receive(cancel());  // a copy
  EXPECT_THAT(scene.story(), ElementsAre("0 < CANCEL", "0 > 200 CANCEL"));
  EXPECT_FALSE(reject(scene));
  scene.receive(ack_of_refusal());
  scene.advance_ms(32'000);
  EXPECT_THAT(scene.story(), ElementsAre("0 < ACK", "32000 gone"));  // timer J of the CANCEL
  expect_nothing_left(scene);
}

TEST(IncomingSession, ACancelThatCrossesTheFinalResponseChangesNothing) {
  Scene scene;
  invite(scene);
  reject(scene);
  const auto tag = scene.our_tag();
  scene.receive(cancel());
  EXPECT_THAT(scene.story(), ElementsAre("0 > 486 INVITE", "0 ended rejected", "0 < CANCEL",
                                         "0 > 200 CANCEL"));
  EXPECT_EQ(scene.our_tag(), tag);

  Scene answered;
  invite(answered);
  accept(answered);
  answered.receive(cancel());
  EXPECT_THAT(answered.story(), ElementsAre("0 > 200 INVITE", "0 < CANCEL", "0 > 200 CANCEL"));
  answered.receive(request("ACK", 1, {.to_tag = answered.our_tag()}));
  EXPECT_THAT(answered.story(), ElementsAre("0 < ACK", "0 established"));
}

// 15.1.2
TEST(IncomingSession, EndsWithAByeOnTheEarlyDialog) {
  Scene scene;
  invite(scene);
  progress(scene, 183, false, sdp);
  scene.receive(request("BYE", 2, {.to_tag = scene.our_tag()}));
  EXPECT_THAT(scene.story(), ElementsAre("0 > 183 INVITE", "0 < BYE", "0 > 200 BYE",
                                         "0 > 487 INVITE", "0 ended bye_received"));
  scene.receive(ack_of_refusal());
  scene.advance_ms(32'000);
  expect_nothing_left(scene);
}

// ---- provisional responses --------------------------------------------------------------------

TEST(IncomingSession, ProgressesWithOneTagAndAContact) {
  Scene scene;
  scene.receive(request("INVITE", 1,
                        {.headers = "Record-Route: <sip:192.0.2.77;lr>\nRecord-Route: "
                                    "<sip:192.0.2.78;lr>\n"}));
  EXPECT_THAT(scene.last(), Not(HasSubstr("To: <sip:1000@192.0.2.1>;tag")));  // the 100
  progress(scene, 180);
  const auto tag = scene.our_tag();
  EXPECT_FALSE(tag.empty());
  EXPECT_EQ(scene.header_of_last(HeaderName::contact), "<sip:192.0.2.1:5060;transport=udp>");
  EXPECT_THAT(scene.last(), HasSubstr("\r\nRecord-Route: <sip:192.0.2.77;lr>\r\n"
                                      "Record-Route: <sip:192.0.2.78;lr>\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nAllow: INVITE, "));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nSupported: 100rel\r\n"));
  accept(scene);
  EXPECT_EQ(scene.our_tag(), tag);
  EXPECT_THAT(scene.last(), HasSubstr("\r\nRecord-Route: <sip:192.0.2.77;lr>\r\n"));
}

TEST(IncomingSession, GivesACopyOfTheInviteTheNewestProvisional) {
  Scene scene;
  invite(scene);
  progress(scene, 180);
  progress(scene, 183, false, sdp);
  const auto newest = scene.last();
  scene.receive(request("INVITE", 1, {.body = sdp}));
  EXPECT_EQ(scene.last(), newest);
}

// ---- the answer -------------------------------------------------------------------------------

TEST(IncomingSession, IsAnsweredAndHungUpByTheCaller) {
  Scene scene;
  invite(scene);
  EXPECT_TRUE(accept(scene));
  EXPECT_FALSE(accept(scene));
  EXPECT_FALSE(reject(scene));
  const auto tag = scene.our_tag();
  scene.receive(request("ACK", 1, {.to_tag = tag}));
  scene.receive(request("ACK", 1, {.to_tag = tag}));
  scene.advance_ms(1'000);
  scene.receive(request("BYE", 2, {.to_tag = tag}));
  EXPECT_THAT(scene.story(),
              ElementsAre("0 > 200 INVITE", "0 < ACK", "0 established", "0 < ACK", "1000 < BYE",
                          "1000 > 200 BYE", "1000 ended bye_received"));
  scene.advance_ms(100'000);
  EXPECT_THAT(scene.story(), ElementsAre("33000 gone"));
  expect_nothing_left(scene);
}

// 13.3.1.4: over every transport.
TEST(IncomingSession, RepeatsThe2xxUntilItsAck) {
  for (const Transport transport : {Transport::udp, Transport::tcp}) {
    Scene scene;
    scene.peer.transport = transport;
    scene.peer.connection = transport == Transport::tcp ? 3 : 0;
    invite(scene);
    accept(scene);
    const auto bytes = scene.last();
    scene.story();
    scene.advance_ms(8'000);
    EXPECT_THAT(scene.story(), ElementsAre("500 > 200 INVITE", "1500 > 200 INVITE",
                                           "3500 > 200 INVITE", "7500 > 200 INVITE"));
    EXPECT_EQ(scene.last(), bytes);
    scene.receive(request("ACK", 1, {.to_tag = scene.our_tag()}));
    scene.advance_ms(60'000);
    EXPECT_THAT(scene.story(), ElementsAre("8000 < ACK", "8000 established"));
  }
}

TEST(IncomingSession, HangsUpWhenThe2xxIsNeverAcknowledged) {
  Scene scene;
  invite(scene);
  accept(scene);
  scene.advance_ms(31'999);
  scene.story();
  scene.advance_ms(1);
  EXPECT_THAT(scene.story(), ElementsAre("32000 > BYE", "32000 ended no_ack"));
  scene.advance_ms(100'000);
  EXPECT_THAT(scene.story().back(), "64000 gone");  // timer F
  expect_nothing_left(scene);
}

TEST(IncomingSession, HangsUp) {
  Scene scene;
  establish(scene);
  EXPECT_TRUE(bye(scene, {{"Reason", "SIP;cause=486;text=\"Busy Here\""}}));
  EXPECT_THAT(scene.story(), ElementsAre("0 > BYE", "0 ended bye_sent"));
  EXPECT_FALSE(bye(scene));
  const auto sent = scene.last();
  EXPECT_THAT(sent, HasSubstr("BYE sip:anna@192.0.2.10:5060 SIP/2.0\r\n"));
  EXPECT_THAT(sent, HasSubstr("\r\nReason: SIP;cause=486;text=\"Busy Here\"\r\n"));
  EXPECT_THAT(sent, HasSubstr("\r\nTo: <sip:anna@192.0.2.10>;tag=caller\r\n"));
  const auto via = scene.header_of_last(HeaderName::via);
  scene.receive(testing::wire("SIP/2.0 200 OK\nVia: " + via +
                              "\nFrom: <sip:1000@192.0.2.1>;tag=" + scene.our_tag() +
                              "\nTo: <sip:anna@192.0.2.10>;tag=caller\nCall-ID: one@test\nCSeq: " +
                              scene.header_of_last(HeaderName::cseq) + "\n"));
  scene.advance_ms(100'000);
  EXPECT_THAT(scene.story(), ElementsAre("0 < 200 BYE", "32000 gone"));  // timer L of the INVITE
  expect_nothing_left(scene);
}

// 15: not before the ACK.
TEST(IncomingSession, HangsUpOnlyAfterTheAck) {
  Scene scene;
  invite(scene);
  accept(scene);
  EXPECT_TRUE(bye(scene));
  EXPECT_FALSE(bye(scene));
  scene.advance_ms(400);
  EXPECT_THAT(scene.story(), ElementsAre("0 > 200 INVITE"));
  scene.receive(request("ACK", 1, {.to_tag = scene.our_tag()}));
  EXPECT_THAT(scene.story(),
              ElementsAre("400 < ACK", "400 established", "400 > BYE", "400 ended bye_sent"));
}

TEST(IncomingSession, HangsUpWithoutAnAckInTheEnd) {
  Scene scene;
  invite(scene);
  accept(scene);
  bye(scene, {{"Reason", "SIP;cause=480"}});
  scene.advance_ms(31'999);
  scene.story();
  scene.advance_ms(1);
  EXPECT_THAT(scene.story(), ElementsAre("32000 > BYE", "32000 ended bye_sent"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nReason: SIP;cause=480\r\n"));
}

TEST(IncomingSession, AnswersAByeThatCrossesOurs) {
  Scene scene;
  establish(scene);
  const auto tag = scene.our_tag();
  bye(scene);
  scene.receive(request("BYE", 2, {.to_tag = tag}));
  scene.receive(request("INFO", 3, {.to_tag = tag}));
  EXPECT_THAT(scene.story(), ElementsAre("0 > BYE", "0 ended bye_sent", "0 < BYE", "0 > 200 BYE",
                                         "0 < INFO", "0 > 481 INFO"));
}

TEST(IncomingSession, ASecondByeOfAPeerThatLeftIsAStray) {
  Scene scene;
  establish(scene);
  const auto tag = scene.our_tag();
  scene.receive(request("BYE", 2, {.to_tag = tag}));
  scene.receive(request("BYE", 3, {.to_tag = tag}));
  EXPECT_THAT(scene.story(),
              ElementsAre("0 < BYE", "0 > 200 BYE", "0 ended bye_received", "0 < BYE",
                          "0 > 481 BYE"));
}

TEST(IncomingSession, ByeBeforeTheAckEndsTheRepetitions) {
  Scene scene;
  invite(scene);
  accept(scene);
  scene.receive(request("BYE", 2, {.to_tag = scene.our_tag()}));
  scene.story();
  scene.advance_ms(31'000);
  EXPECT_THAT(scene.story(), IsEmpty());
}

// ---- where our requests go --------------------------------------------------------------------

struct Hop {
  std::string name, headers, source, to, line, route;
};

TEST(IncomingSession, SendsItsByeWhereItIsHeard) {
  const std::vector<Hop> hops{
      {"the Contact", "", "192.0.2.10:5060", "192.0.2.10:5060", "BYE sip:anna@192.0.2.10:5060 ",
       ""},
      {"the Contact's port", "", "192.0.2.10:4000", "192.0.2.10:5060",
       "BYE sip:anna@192.0.2.10", ""},
      {"behind a NAT: the source", "", "203.0.113.5:4000", "203.0.113.5:4000",
       "BYE sip:anna@192.0.2.10", ""},
      {"the first route", "Record-Route: <sip:192.0.2.77:5070;lr>\n", "192.0.2.78:5060",
       "192.0.2.77:5070", "BYE sip:anna@192.0.2.10:5060 ", "<sip:192.0.2.77:5070;lr>"},
      {"a strict router", "Record-Route: <sip:192.0.2.77>\n", "192.0.2.77:5060",
       "192.0.2.77:5060", "BYE sip:192.0.2.77 ", "<sip:anna@192.0.2.10:5060>"},
      {"a named route: the source", "Record-Route: <sip:proxy.example;lr>\n", "192.0.2.78:5060",
       "192.0.2.78:5060", "BYE sip:anna@192.0.2.10:5060 ", "<sip:proxy.example;lr>"},
      {"another family: the source", "Record-Route: <sip:[2001:db8::1];lr>\n", "192.0.2.78:5060",
       "192.0.2.78:5060", "BYE sip:anna@192.0.2.10:5060 ", "<sip:[2001:db8::1];lr>"},
  };
  for (const Hop& hop : hops) {
    Scene scene;
    scene.peer.remote = *Endpoint::parse(hop.source);
    establish(scene, {.headers = hop.headers});
    bye(scene);
    EXPECT_EQ(scene.sent.back().peer.remote.text(), hop.to) << hop.name;
    EXPECT_THAT(scene.last(), HasSubstr(hop.line)) << hop.name;
    EXPECT_EQ(scene.header_of_last(HeaderName::route), hop.route) << hop.name;
  }
}

TEST(IncomingSession, KeepsToItsConnectionWhileThatLives) {
  Scene scene;
  scene.peer.transport = Transport::tcp;
  scene.peer.connection = 3;
  scene.peer.remote = *Endpoint::parse("192.0.2.10:4000");
  establish(scene);
  Scene gone;
  gone.peer = scene.peer;
  establish(gone);
  bye(scene);
  EXPECT_EQ(scene.sent.back().peer, scene.peer);

  gone.agent.connection_failed(3, gone.now());
  bye(gone);
  EXPECT_EQ(gone.sent.back().peer.connection, 0U);
  EXPECT_EQ(gone.sent.back().peer.remote.text(), "192.0.2.10:5060");  // the Contact
}

// 18.2.2: a response whose connection is gone goes to the port that the sender listens on.
TEST(IncomingSession, AnswersOnANewConnectionWhenItMust) {
  Scene scene;
  scene.peer.transport = Transport::tcp;
  scene.peer.connection = 3;
  scene.peer.remote = *Endpoint::parse("192.0.2.10:4000");
  scene.receive(request("INVITE", 1, {.via = "SIP/2.0/TCP 192.0.2.10:5070"}));
  scene.agent.connection_failed(3, scene.now());
  reject(scene);
  EXPECT_EQ(scene.sent.back().peer.connection, 0U);
  EXPECT_EQ(scene.sent.back().peer.remote.text(), "192.0.2.10:5070");
}

}  // namespace
}  // namespace strowger::sip
