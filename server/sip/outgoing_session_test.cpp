// Calls that we make, the far end being written by hand.
#include "sip/login.hpp"
#include "sip/user_agent_harness.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace strowger::sip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::Scene;
using testing::sdp;

const Body answer{"application/sdp", "v=0\r\ns=answer\r\n"};

struct ResponseParts {
  std::string tag = "callee";
  std::string headers = {};
  Body body = {};
};

class Call {
 public:
  explicit Call(Body offer = sdp, Transport transport = Transport::udp,
                std::uint64_t connection = 0) {
    scene.peer.transport = transport;
    scene.peer.connection = connection;
    id = scene.act([&](UserAgent& agent, Now now) {
      return agent.invite({.to = scene.peer,
                           .request_uri = "sip:bob@192.0.2.10",
                           .from = "\"Anna\" <sip:anna@192.0.2.1>",
                           .to_header = "<sip:bob@example.org>",
                           .body = offer},
                          now);
    });
    invite = scene.last();
  }

  // A response to a request of ours, as we sent it.
  void respond(std::string_view sent, std::string_view status, const ResponseParts& parts = {}) {
    const auto message = Message::parse(std::string(sent));
    std::string text = "SIP/2.0 " + std::string(status) + "\n";
    for (const auto header : message->headers()) {
      const bool copied = header.name == HeaderName::via || header.name == HeaderName::from ||
                          header.name == HeaderName::call_id || header.name == HeaderName::cseq;
      if (copied) text += std::string(header.line) + "\n";
      if (header.name != HeaderName::to) continue;
      text += std::string(header.line);
      const bool tagged = header.value.find(";tag=") != std::string_view::npos;
      text += (tagged || parts.tag.empty() ? "" : ";tag=" + parts.tag) + "\n";
    }
    text += "Contact: <sip:" + parts.tag + "@192.0.2.10:5060>\n" + parts.headers;
    scene.receive(testing::wire(text, parts.body));
  }
  void respond(std::string_view status, const ResponseParts& parts = {}) {
    respond(invite, status, parts);
  }
  // A request of theirs in the dialog.
  void receive(const std::string& method, int number, const Body& body = sdp) {
    const auto ours = Message::parse(invite);
    const std::string n = std::to_string(number);
    scene.receive(testing::wire(
        method + " sip:anna@192.0.2.1 SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.10:5060;branch=z9hG4bK" +
            method + n + "\nFrom: <sip:bob@example.org>;tag=callee\nTo: " +
            std::string(*ours->header(HeaderName::from)) + "\nCall-ID: " +
            std::string(call_id(*ours)) + "\nCSeq: " + n + " " + method + "\n",
        body));
  }
  void cancel() {
    scene.act([&](UserAgent& agent, Now now) {
      agent.cancel(id, now);
      return true;
    });
  }
  void set_answer() {
    scene.act([&](UserAgent& agent, Now) {
      agent.set_answer(id, answer);
      return true;
    });
  }
  bool bye() {
    return scene.act([&](UserAgent& agent, Now now) { return agent.bye(id, {}, now); });
  }

  Scene scene;
  SessionId id = 0;
  std::string invite;
};

TEST(OutgoingSession, WritesItsInvite) {
  Call call;
  const auto invite = Message::parse(call.invite);
  EXPECT_EQ(invite->start_line(), "INVITE sip:bob@192.0.2.10 SIP/2.0");
  EXPECT_THAT(call.invite, HasSubstr("\r\nFrom: \"Anna\" <sip:anna@192.0.2.1>;tag="));
  EXPECT_THAT(call.invite, HasSubstr("\r\nTo: <sip:bob@example.org>\r\n"));
  EXPECT_THAT(call.invite, HasSubstr("\r\nCSeq: 1 INVITE\r\n"));
  EXPECT_THAT(call.invite, HasSubstr("\r\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK"));
  EXPECT_THAT(call.invite, HasSubstr("\r\nSupported: 100rel\r\n"));
  EXPECT_THAT(call.invite, HasSubstr("\r\nUser-Agent: Strowger\r\n"));
}

// RFC 3261 22.2: the same call once more, with credentials.
TEST(OutgoingSession, RepeatsARefusedInviteUnderItsNames) {
  Scene scene;
  scene.act([&](UserAgent& agent, Now now) {
    return agent.invite({.to = scene.peer,
                         .request_uri = "sip:bob@192.0.2.10",
                         .from = "<sip:anna@192.0.2.1>",
                         .to_header = "<sip:bob@example.org>",
                         .headers = {{"Authorization", "Digest x"}},
                         .reliable = Invitation::Reliable::required,
                         .call_id = "same",
                         .from_tag = "again",
                         .cseq = 2},
                        now);
  });
  EXPECT_THAT(scene.last(), HasSubstr("\r\nFrom: <sip:anna@192.0.2.1>;tag=again\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nCall-ID: same\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nCSeq: 2 INVITE\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nAuthorization: Digest x\r\n"));
  EXPECT_THAT(scene.last(), HasSubstr("\r\nRequire: 100rel\r\n"));
}

// Timers A and B.
TEST(OutgoingSession, RepeatsItsInviteAndGivesUp) {
  Call call;
  call.scene.advance_ms(100'000);
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 > INVITE", "500 > INVITE", "1500 > INVITE", "3500 > INVITE",
                          "7500 > INVITE", "15500 > INVITE", "31500 > INVITE",
                          "32000 ended timeout", "32000 gone"));
  EXPECT_EQ(call.scene.agent.deadline(), std::nullopt);
}

TEST(OutgoingSession, DoesNotRepeatOnStreams) {
  Call call(sdp, Transport::tcp);
  call.scene.advance_ms(100'000);
  EXPECT_THAT(call.scene.story(), ElementsAre("0 > INVITE", "32000 ended timeout", "32000 gone"));
}

TEST(OutgoingSession, EndsWithItsConnection) {
  Call call(sdp, Transport::tcp, 5);
  call.scene.agent.connection_failed(5, call.scene.now());
  call.scene.advance_ms(1);
  call.scene.receive("\r\n\r\n");
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 > INVITE", "1 ended transport_failed", "1 gone"));
}

// The request opened the connection; its number is known from the first response on it.
TEST(OutgoingSession, EndsWithTheConnectionThatWasOpenedForIt) {
  Call call(sdp, Transport::tcp, 0);
  call.scene.peer.connection = 9;
  call.respond("180 Ringing");
  call.scene.agent.connection_failed(9, call.scene.now());
  call.scene.receive("\r\n\r\n");
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 > INVITE", "0 < 180 INVITE", "0 progressed 180 INVITE",
                          "0 ended transport_failed", "0 gone"));
}

// 18.4: nobody answers on a connection that could not be opened.
TEST(OutgoingSession, EndsWhereNoConnectionCanBeOpened) {
  Call call(sdp, Transport::tcp, 0);
  auto elsewhere = call.scene.peer;
  elsewhere.link = 1;  // another name at the same address
  call.scene.agent.unreachable(elsewhere, call.scene.now());
  call.scene.advance_ms(1);
  call.scene.agent.unreachable(call.scene.peer, call.scene.now());
  call.scene.receive("\r\n\r\n");
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 > INVITE", "1 ended transport_failed", "1 gone"));
}

// Once a response has come the connection has a number, and an end of its own.
TEST(OutgoingSession, GoesOnWhereAnotherConnectionCouldNotBeOpened) {
  Call call(sdp, Transport::tcp, 0);
  const auto unopened = call.scene.peer;
  call.scene.peer.connection = 9;
  call.respond("180 Ringing");
  call.scene.agent.unreachable(unopened, call.scene.now());
  call.scene.receive("\r\n\r\n");
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 > INVITE", "0 < 180 INVITE", "0 progressed 180 INVITE"));
}

TEST(OutgoingSession, AnswersWhatIsOpenWhenItIsRefused) {
  Call call;
  call.respond("183 Progress", {.body = sdp});
  call.receive("UPDATE", 2);
  call.respond("183 Progress", {.headers = "Require: 100rel\nRSeq: 1\n", .body = sdp});
  call.receive("UPDATE", 3);
  call.scene.story();
  call.respond("486 Busy Here");
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 < 486 INVITE", "0 > ACK", "0 refused 486 INVITE", "0 > 487 UPDATE",
                          "0 ended rejected"));
}

TEST(OutgoingSession, IsRefused) {
  Call call;
  call.respond("100 Trying", {.tag = ""});
  call.respond("180 Ringing");
  call.respond("486 Busy Here");
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 > INVITE", "0 < 100 INVITE", "0 < 180 INVITE",
                          "0 progressed 180 INVITE", "0 < 486 INVITE", "0 > ACK",
                          "0 refused 486 INVITE", "0 ended rejected"));
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nTo: <sip:bob@example.org>;tag=callee\r\n"));
  const auto ack = call.scene.last();
  call.respond("486 Busy Here");
  EXPECT_EQ(call.scene.last(), ack);
  call.scene.story();
  call.scene.advance_ms(100'000);
  EXPECT_THAT(call.scene.story(), ElementsAre("32000 gone"));  // timer D
  EXPECT_EQ(call.scene.agent.deadline(), std::nullopt);
}

TEST(OutgoingSession, IsAcceptedAndHungUp) {
  Call call;
  call.respond("200 OK", {.headers = "Record-Route: <sip:192.0.2.7;lr>\nRecord-Route: "
                                     "<sip:192.0.2.8;lr>\n",
                          .body = sdp});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 > INVITE", "0 < 200 INVITE", "0 > ACK",
                                              "0 accepted 200 INVITE"));
  // 12.1.2: the route set is reversed; 12.2.1.1: requests go to its first hop.
  const auto ack = call.scene.last();
  EXPECT_THAT(ack, HasSubstr("ACK sip:callee@192.0.2.10:5060 SIP/2.0\r\n"));
  EXPECT_THAT(ack, HasSubstr("\r\nRoute: <sip:192.0.2.8;lr>\r\nRoute: <sip:192.0.2.7;lr>\r\n"));
  EXPECT_THAT(ack, HasSubstr("\r\nCSeq: 1 ACK\r\n"));
  EXPECT_EQ(call.scene.sent.back().peer.remote.text(), "192.0.2.8:5060");
  call.respond("200 OK", {.body = sdp});  // the ACK was lost
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 200 INVITE", "0 > ACK"));
  EXPECT_EQ(call.scene.last(), ack);
  EXPECT_TRUE(call.bye());
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nCSeq: 2 BYE\r\n"));
  call.respond(call.scene.last(), "200 OK");
  EXPECT_THAT(call.scene.story(), ElementsAre("0 > BYE", "0 ended bye_sent", "0 < 200 BYE"));
  call.respond("200 OK", {.body = sdp});
  EXPECT_EQ(call.scene.last(), ack);
  call.scene.advance_ms(100'000);
  EXPECT_THAT(call.scene.story().back(), "32000 gone");  // timer M
  EXPECT_EQ(call.scene.agent.deadline(), std::nullopt);
}

TEST(OutgoingSession, IsHungUpByTheFarEnd) {
  Call call;
  call.respond("200 OK", {.body = sdp});
  call.scene.story();
  call.receive("BYE", 1, {});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < BYE", "0 > 200 BYE", "0 ended bye_received"));
  EXPECT_FALSE(call.bye());
}

// ---- offers by the far end --------------------------------------------------------------------

TEST(OutgoingSession, AnswersTheOfferOfA2xxInItsAck) {
  Call late(Body{});
  late.respond("200 OK", {.body = sdp});
  EXPECT_THAT(late.scene.story(),
              ElementsAre("0 > INVITE", "0 < 200 INVITE", "0 accepted 200 INVITE"));
  late.respond("200 OK", {.body = sdp});
  EXPECT_THAT(late.scene.story(), ElementsAre("0 < 200 INVITE"));
  late.set_answer();
  EXPECT_THAT(late.scene.story(), ElementsAre("0 > ACK"));
  EXPECT_THAT(late.scene.last(), HasSubstr("s=answer"));

  Call ready(Body{});
  ready.set_answer();
  ready.respond("200 OK", {.body = sdp});
  EXPECT_THAT(ready.scene.story(), ElementsAre("0 > INVITE", "0 < 200 INVITE", "0 > ACK",
                                               "0 accepted 200 INVITE"));
  EXPECT_THAT(ready.scene.last(), HasSubstr("s=answer"));
}

TEST(OutgoingSession, AcknowledgesBeforeItHangsUpWithoutAnAnswer) {
  Call call(Body{});
  call.respond("200 OK", {.body = sdp});
  call.scene.story();
  EXPECT_TRUE(call.bye());
  EXPECT_THAT(call.scene.story(), ElementsAre("0 > ACK", "0 > BYE", "0 ended bye_sent"));
}

// ---- reliable provisional responses (RFC 3262 4) ----------------------------------------------

std::string reliable(unsigned rseq) {
  return "Require: 100rel\nRSeq: " + std::to_string(rseq) + "\n";
}

TEST(OutgoingSession, AcknowledgesReliableResponsesInOrderAndOnce) {
  Call call;
  call.respond("183 Progress", {.headers = reliable(7), .body = sdp});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 > INVITE", "0 < 183 INVITE", "0 > PRACK",
                                              "0 progressed 183 INVITE"));
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nRAck: 7 1 INVITE\r\n"));
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nCSeq: 2 PRACK\r\n"));
  const auto prack = call.scene.last();
  call.respond("183 Progress", {.headers = reliable(7), .body = sdp});  // a copy
  call.respond("180 Ringing", {.headers = reliable(9)});                // 8 is missing
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 183 INVITE", "0 < 180 INVITE"));
  call.respond("180 Ringing", {.headers = reliable(8)});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 180 INVITE", "0 > PRACK",
                                              "0 progressed 180 INVITE"));
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nRAck: 8 1 INVITE\r\n"));
  call.respond(prack, "200 OK");
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 200 PRACK"));
}

TEST(OutgoingSession, AnswersTheOfferOfAReliableResponseInItsPrack) {
  Call call(Body{});
  call.respond("183 Progress", {.headers = reliable(1), .body = sdp});
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 > INVITE", "0 < 183 INVITE", "0 progressed 183 INVITE"));
  call.set_answer();
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nRAck: 1 1 INVITE\r\n"));
  EXPECT_THAT(call.scene.last(), HasSubstr("s=answer"));
  call.scene.story();
  call.respond("200 OK", {.body = sdp});  // only a copy of what is agreed on
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 < 200 INVITE", "0 > ACK", "0 accepted 200 INVITE"));
}

// ---- CANCEL (9.1) -----------------------------------------------------------------------------

TEST(OutgoingSession, CancelsAfterTheFirstProvisional) {
  Call call;
  call.cancel();
  EXPECT_THAT(call.scene.story(), ElementsAre("0 > INVITE"));
  call.respond("100 Trying", {.tag = ""});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 100 INVITE", "0 > CANCEL"));
  call.cancel();
  call.respond(call.scene.last(), "200 OK");
  call.respond("487 Request Terminated");
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 < 200 CANCEL", "0 < 487 INVITE", "0 > ACK", "0 refused 487 INVITE",
                          "0 ended cancelled"));
}

TEST(OutgoingSession, HangsUpWhatWasAnsweredBeforeTheCancelArrived) {
  Call call;
  call.respond("180 Ringing");
  call.cancel();
  call.scene.story();
  call.respond("200 OK", {.body = sdp});
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 < 200 INVITE", "0 > ACK", "0 > BYE", "0 ended bye_sent"));
}

TEST(OutgoingSession, EndsWhenACancelIsNeverFollowedByAFinalResponse) {
  Call call;
  call.respond("180 Ringing");
  call.cancel();
  call.respond(call.scene.last(), "200 OK");
  call.scene.advance_ms(31'999);
  call.scene.story();
  call.scene.advance_ms(1);
  EXPECT_THAT(call.scene.story(), ElementsAre("32000 ended cancelled", "32000 gone"));
  EXPECT_EQ(call.scene.agent.deadline(), std::nullopt);
}

// ---- forks (13.2.2.4) -------------------------------------------------------------------------

TEST(OutgoingSession, TakesTheFirstForkThatAnswers) {
  Call call;
  call.respond("180 Ringing", {.tag = "one"});
  call.respond("183 Progress", {.tag = "two", .headers = reliable(5)});
  call.respond("183 Progress", {.tag = "one", .headers = reliable(100)});
  call.scene.story();
  call.respond("200 OK", {.tag = "one", .body = sdp});
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 < 200 INVITE", "0 > ACK", "0 accepted 200 INVITE"));
  EXPECT_THAT(call.scene.last(), HasSubstr("ACK sip:one@192.0.2.10:5060 "));
  call.respond("200 OK", {.tag = "two", .body = sdp});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 200 INVITE", "0 > ACK", "0 > BYE"));
  EXPECT_THAT(call.scene.last(), HasSubstr("BYE sip:two@192.0.2.10:5060 "));
  call.respond("200 OK", {.tag = "two", .body = sdp});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 200 INVITE", "0 > ACK"));
  EXPECT_TRUE(call.bye());
  EXPECT_THAT(call.scene.last(), HasSubstr("BYE sip:one@192.0.2.10:5060 "));
}

TEST(OutgoingSession, FollowsOnlySoManyForks) {
  Call call;
  for (int i = 0; i < 40; ++i) {
    call.respond("183 Progress", {.tag = "fork" + std::to_string(i), .headers = reliable(1)});
  }
  int pracks = 0;
  for (const auto& line : call.scene.story()) pracks += line == "0 > PRACK";
  EXPECT_EQ(pracks, 16);
}

// ---- challenges within the dialog (22.2) ------------------------------------------------------

constexpr std::string_view challenge = "Proxy-Authenticate: Digest realm=\"c\", nonce=\"n\"";

void answer_with_login(Call& call) {
  call.scene.agent.set_login(call.id, {"acct7", "s3cret", "c"}, call.scene.peer.remote.address);
  call.respond("200 OK", {.body = sdp});
  call.scene.story();
}

TEST(OutgoingSession, ProvesItselfForAByeEvenThoughItsSessionIsOver) {
  Call call;
  answer_with_login(call);
  EXPECT_TRUE(call.bye());
  const auto first = call.scene.last();
  EXPECT_THAT(call.scene.story(), ElementsAre("0 > BYE", "0 ended bye_sent"));
  call.respond(first, "407 Prove It", {.headers = std::string(challenge) + "\n"});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 407 BYE", "0 > BYE"));
  const auto second = call.scene.last();
  EXPECT_THAT(second, HasSubstr("BYE sip:callee@192.0.2.10:5060 SIP/2.0\r\n"));
  EXPECT_THAT(second, HasSubstr("\r\nCSeq: 3 BYE\r\n"));
  EXPECT_THAT(second, HasSubstr("\r\nProxy-Authorization: Digest username=\"acct7\""));
  // Once is enough, unless it says that we were only too late.
  call.respond(second, "407 Prove It", {.headers = std::string(challenge) + ", stale=true\n"});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 407 BYE", "0 > BYE"));
  const auto third = call.scene.last();
  EXPECT_THAT(third, HasSubstr("\r\nCSeq: 4 BYE\r\n"));
  EXPECT_EQ(third.find("Proxy-Authorization"), third.rfind("Proxy-Authorization"));
  call.respond(third, "407 Prove It", {.headers = std::string(challenge) + "\n"});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 407 BYE"));
  call.scene.advance_ms(40'000);
  EXPECT_THAT(call.scene.story(), ElementsAre("32000 gone"));
}

// A stream's transaction ends with the response, and the session has ended with the BYE.
TEST(OutgoingSession, ProvesItselfOverAStream) {
  Call call(sdp, Transport::tcp, 3);
  answer_with_login(call);
  EXPECT_TRUE(call.bye());
  call.scene.story();
  call.respond(call.scene.last(), "407 Prove It", {.headers = std::string(challenge) + "\n"});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 407 BYE", "0 > BYE"));
  EXPECT_EQ(call.scene.sent.back().peer, call.scene.peer);
  call.respond(call.scene.last(), "200 OK");
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 200 BYE"));
  call.scene.advance_ms(32'000);
  EXPECT_EQ(call.scene.agent.sessions(), 0U);
}

TEST(OutgoingSession, ProvesItselfForAReinvite) {
  Call call;
  answer_with_login(call);
  const Body hold{"application/sdp", "v=0\r\ns=hold\r\n"};
  call.scene.act([&](UserAgent& agent, Now now) { return agent.reinvite(call.id, hold, now); });
  call.scene.story();
  call.respond(call.scene.last(), "407 Prove It", {.headers = std::string(challenge) + "\n"});
  EXPECT_THAT(call.scene.story(), ElementsAre("0 < 407 INVITE", "0 > ACK", "0 > INVITE"));
  const auto again = call.scene.last();
  EXPECT_THAT(again, HasSubstr("\r\nCSeq: 3 INVITE\r\n"));
  EXPECT_THAT(again, HasSubstr("\r\nContent-Type: application/sdp\r\n"));
  EXPECT_THAT(again, HasSubstr("s=hold\r\n"));
  call.respond(again, "200 OK", {.body = answer});
  EXPECT_THAT(call.scene.story(),
              ElementsAre("0 < 200 INVITE", "0 > ACK", "0 accepted 200 INVITE"));
  // 22.1: its ACK has the same number, and the same credentials.
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nCSeq: 3 ACK\r\n"));
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nProxy-Authorization: Digest username="));
  // The next one comes later in the dialog.
  EXPECT_TRUE(call.bye());
  EXPECT_THAT(call.scene.last(), HasSubstr("\r\nCSeq: 4 BYE\r\n"));
}

TEST(OutgoingSession, TellsNobodyElseItsPassword) {
  Call phone;
  Call another_realm;
  Call elsewhere;
  const auto place = phone.scene.peer.remote.address;
  another_realm.scene.agent.set_login(another_realm.id, {"acct7", "s3cret", "another"}, place);
  elsewhere.scene.agent.set_login(elsewhere.id, {"acct7", "s3cret", ""},
                                  *IpAddress::parse("192.0.2.99"));
  for (Call* const call : {&phone, &another_realm, &elsewhere}) {
    call->respond("200 OK", {.body = sdp});
    call->scene.act([&](UserAgent& agent, Now now) { return agent.update(call->id, sdp, now); });
    call->scene.story();
    call->respond(call->scene.last(), "407 Prove It", {.headers = std::string(challenge) + "\n"});
    EXPECT_THAT(call->scene.story(), ElementsAre("0 < 407 UPDATE", "0 refused 407 UPDATE"));
  }
}

}  // namespace
}  // namespace strowger::sip
