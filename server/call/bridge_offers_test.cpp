// Offers that can't just be passed on: those that come while the phone still rings, and those that
// are taken back.
#include "call/bridge_for_tests.hpp"

namespace strowger::call {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// ---- offers while the phone still rings, and sends sound (RFC 3311)

struct EarlyOfferTest : BridgeTest {
  void ring_with_sound() {
    reliable = sip::Invitation::Reliable::supported;
    start();
    invite();
    bob().agent.progress(bob().session,
                         {.status = 183,
                          .phrase = "Session Progress",
                          .headers = {},
                          .body = {"application/sdp", bob().sdp("0 101")}},
                         true, now);
    settle();
    EXPECT_EQ(say(bob(), {.ssrc = 3}).size(), 1u);
    caller().heard();
    bob().heard();
  }
};

TEST_F(EarlyOfferTest, OfTheCallerIsAnsweredFromWhatThePhoneHasSaid) {
  ring_with_sound();
  caller().agent.update(caller().session,
                        {"application/sdp", caller().sdp("0 101", "a=sendonly\r\n")}, now);
  settle();
  EXPECT_THAT(caller().heard(), ElementsAre("200 UPDATE"));
  EXPECT_THAT(caller().body, HasSubstr("RTP/AVP 0 101\r\n"));
  EXPECT_THAT(caller().body, HasSubstr("a=recvonly\r\n"));
  EXPECT_THAT(say(bob(), {.ssrc = 3}), IsEmpty());  // the caller does not listen
  caller().agent.update(caller().session, {"application/sdp", caller().sdp("0 101")}, now);
  settle();
  EXPECT_THAT(caller().body, Not(HasSubstr("a=recvonly")));
  EXPECT_EQ(say(bob(), {.ssrc = 3}).size(), 1u);
  EXPECT_THAT(bob().heard(), IsEmpty());
  answer(bob());
  EXPECT_THAT(caller().heard(), ElementsAre("200 UPDATE", "200 INVITE"));
  EXPECT_EQ(say(caller(), {.ssrc = 4}).size(), 1u);
}

TEST_F(EarlyOfferTest, OfThePhoneIsAnsweredFromWhatTheCallerHasSaid) {
  ring_with_sound();
  bob().agent.update(bob().session, {"application/sdp", bob().sdp("8 0 101")}, now);
  settle();
  EXPECT_THAT(bob().heard(), ElementsAre("200 UPDATE"));
  EXPECT_THAT(bob().body, HasSubstr("m=audio 20002 RTP/AVP 0 "));
  EXPECT_THAT(caller().heard(), IsEmpty());
  EXPECT_EQ(say(bob(), {.ssrc = 3}).size(), 1u);
}

TEST_F(EarlyOfferTest, ThatCanNotBeAnsweredIsRefusedAndThePhoneRingsOn) {
  ring_with_sound();
  const std::string nothing = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n";
  caller().agent.update(caller().session, {"application/sdp", nothing}, now);
  settle();
  EXPECT_THAT(caller().heard(), ElementsAre("488 UPDATE"));
  EXPECT_EQ(say(bob(), {.ssrc = 3}).size(), 1u);
  answer(bob());
  EXPECT_THAT(caller().heard(), ElementsAre("200 INVITE"));
}

// ---- an offer that its sender takes back (RFC 3261 9)

struct WithdrawnOfferTest : BridgeTest {
  // The caller asks for hold, and then thinks better of it.
  void withdraw(std::string more = "a=sendonly\r\n") {
    connect();
    offer(std::move(more));
    EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "offered"));
    take_back();
  }
  void offer(std::string more) {
    caller().agent.reinvite(caller().session, {"application/sdp", caller().sdp("0 101", more)},
                            now);
    settle();
  }
  void take_back() {
    caller().agent.withdraw(caller().session, now);
    settle();
  }
  // Bob's 200 to the newest INVITE was on its way when the CANCEL came.
  void accept_late(const std::string& sdp) {
    auto response = bob().last_invite;
    response.replace(0, response.find("\r\n"), "SIP/2.0 200 OK");
    for (const char* const name : {"\r\nContact:", "\r\nContent-Type:"}) {
      const auto at = response.find(name);
      if (at != std::string::npos) response.erase(at, response.find("\r\n", at + 2) - at);
    }
    response.resize(response.find("Content-Length"));
    response += "Content-Type: application/sdp\r\nContent-Length: " +
                std::to_string(sdp.size()) + "\r\n\r\n" + sdp;
    exchange->receive_sip(
        {sip::Transport::udp, Party::exchange_at(), bob().line.local, 0, 0}, response, now);
    settle();
  }
};

TEST_F(WithdrawnOfferTest, IsTakenBackAtTheOtherEnd) {
  withdraw();
  EXPECT_THAT(caller().heard(), ElementsAre("100 INVITE", "200 CANCEL", "487 INVITE"));
  EXPECT_THAT(bob().heard(), ElementsAre("CANCEL", "ACK"));
  offer("a=sendrecv\r\n");
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "offered"));
  bob().agent.answer_offer(bob().session, {"application/sdp", bob().sdp("0 101")}, now);
  settle();
  EXPECT_THAT(caller().heard(), ElementsAre("100 INVITE", "200 INVITE"));
  EXPECT_EQ(say(caller(), {.ssrc = 3}).size(), 1u);
}

TEST_F(WithdrawnOfferTest, ThatWasAcceptedMeanwhileIsPutRight) {
  bob().loses = "SIP/2.0 487";  // as if it had been answered before the CANCEL came
  withdraw();
  EXPECT_THAT(bob().heard(), ElementsAre("CANCEL"));
  caller().heard();
  accept_late(bob().sdp("0 101", "a=recvonly\r\n"));
  EXPECT_THAT(bob().heard(), ElementsAre("ACK", "INVITE", "offered"));
  EXPECT_THAT(bob().body, HasSubstr("m=audio 20002 "));
  EXPECT_THAT(bob().body, Not(HasSubstr("sendonly")));
  bob().agent.answer_offer(bob().session, {"application/sdp", bob().sdp("0 101")}, now);
  settle();
  EXPECT_THAT(caller().heard(), ElementsAre("INVITE", "offered"));
  caller().agent.answer_offer(caller().session, {"application/sdp", caller().sdp("0 101")}, now);
  settle();
  EXPECT_EQ(say(bob(), {.ssrc = 3}).size(), 1u);
  EXPECT_EQ(say(caller(), {.ssrc = 4}).size(), 1u);
}

TEST_F(WithdrawnOfferTest, MakesTheNextOneWait) {
  bob().loses = "SIP/2.0 487";
  withdraw();
  bob().heard();
  caller().heard();
  offer("a=inactive\r\n");
  EXPECT_THAT(caller().heard(), ElementsAre("100 INVITE"));
  EXPECT_THAT(bob().heard(), IsEmpty());
  bob().loses.clear();
  advance(seconds{1});  // the 487 comes once more
  EXPECT_THAT(bob().heard(), ElementsAre("ACK", "INVITE", "offered"));
  EXPECT_THAT(bob().body, HasSubstr("a=inactive\r\n"));
  bob().agent.answer_offer(bob().session,
                           {"application/sdp", bob().sdp("0 101", "a=inactive\r\n")}, now);
  settle();
  EXPECT_THAT(caller().heard(), ElementsAre("200 INVITE"));
}

TEST_F(WithdrawnOfferTest, IsGivenUpWhenNothingIsHeardOfIt) {
  bob().loses = "SIP/2.0 487";
  withdraw();
  offer("a=inactive\r\n");
  bob().heard();
  advance(seconds{40});
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "offered"));
  EXPECT_EQ(exchange->calls_in_progress(), 1U);
}

// It asked for an offer, and gets one after all: that is answered with what holds.
TEST_F(WithdrawnOfferTest, ThatWasEmptyIsAnsweredFromWhatHolds) {
  bob().loses = "SIP/2.0 487";
  connect();
  caller().agent.reinvite(caller().session, {}, now);
  settle();
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "asked"));
  take_back();
  EXPECT_THAT(bob().heard(), ElementsAre("CANCEL"));
  accept_late(bob().sdp("0 101"));
  EXPECT_THAT(bob().heard(), ElementsAre("ACK"));
  EXPECT_THAT(bob().body, HasSubstr("m=audio 20002 RTP/AVP 0 101"));
  EXPECT_EQ(say(caller(), {.ssrc = 3}).size(), 1u);
}

}  // namespace
}  // namespace strowger::call
