// A caller and a phone that talk: descriptions, packets, and what either of them wants to change.
#include "call/bridge_for_tests.hpp"

namespace strowger::call {
namespace {

using std::chrono::seconds;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

TEST_F(BridgeTest, TheOfferGoesOnWithOurAddress) {
  start();
  invite(caller().sdp("96 0 8 101",
                      "a=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1\r\na=sendrecv\r\n"
                      "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\nm=video 9 RTP/AVP 97\r\n"));
  EXPECT_THAT(bob().body, HasSubstr("m=audio 20002 RTP/AVP 96 0 8 101 9\r\n"));
  EXPECT_THAT(bob().body, HasSubstr("a=fmtp:96 useinbandfec=1\r\n"));
  EXPECT_THAT(bob().body, HasSubstr("m=video 0 RTP/AVP 97\r\n"));
  EXPECT_THAT(bob().body, Not(HasSubstr("candidate")));
  answer(bob(), bob().sdp("96 101",
                          "a=rtpmap:96 opus/48000/2\r\nm=video 0 RTP/AVP 97\r\n"));
  EXPECT_THAT(caller().body, HasSubstr("m=audio 20004 RTP/AVP 96 101\r\n"));
  EXPECT_THAT(caller().body, HasSubstr("m=video 0 "));
}

TEST_F(BridgeTest, PacketsPassUntouched) {
  connect();
  const rtp::Header header{
      .payload_type = 0, .sequence = 7, .timestamp = 160, .ssrc = 0xABCD};
  const auto there = say(caller(), header);
  ASSERT_EQ(there.size(), 1u);
  EXPECT_EQ(there[0].to.port, bob().media_port());
  EXPECT_EQ(rtp::parse_packet(there[0].bytes)->header.ssrc, 0xABCDu);
  EXPECT_EQ(rtp::parse_packet(there[0].bytes)->header.sequence, 7);
  const auto back = say(bob(), header);
  ASSERT_EQ(back.size(), 1u);
  EXPECT_EQ(back[0].to.port, caller().media_port());
  const auto report = say(bob(), {.payload_type = 72, .sequence = 1}, true);  // 200 with a marker
  ASSERT_EQ(report.size(), 1u);
  EXPECT_TRUE(report[0].rtcp);
  EXPECT_EQ(report[0].to.port, caller().media_port() + 1);
}

TEST_F(BridgeTest, NobodyElseIsHeard) {
  connect();
  say(caller(), {.sequence = 1, .ssrc = 1});
  const auto theirs = caller().port;
  caller().port = 6600;  // another socket of the same host
  EXPECT_THAT(say(caller(), {.sequence = 2, .ssrc = 1}), IsEmpty());
  caller().port = theirs;
}

TEST_F(BridgeTest, TheStreamThatTheCallerKnowsGoesOn) {
  answer_first = true;
  start();
  invite();  // answered at once: it hears a ringing tone from us
  ring(bob());
  media.clear();
  advance(std::chrono::milliseconds{500});
  ASSERT_FALSE(media.empty());
  const auto ours = rtp::parse_packet(media.back().bytes)->header;
  EXPECT_THAT(bob().body, HasSubstr("RTP/AVP 0 101 8 "));  // what the caller has agreed to
  answer(bob(), bob().sdp("0 101"));
  const auto first = say(bob(), {.sequence = 900, .timestamp = 5, .ssrc = 77});
  ASSERT_EQ(first.size(), 1u);
  const auto told = rtp::parse_packet(first[0].bytes)->header;
  EXPECT_EQ(told.ssrc, ours.ssrc);
  EXPECT_EQ(told.sequence, static_cast<std::uint16_t>(ours.sequence + 1));
  EXPECT_TRUE(told.marker);
  EXPECT_LT(told.timestamp - ours.timestamp, 4'000u);
  EXPECT_EQ(say(caller(), {.sequence = 3, .ssrc = 5}).size(), 1u);
}

TEST_F(BridgeTest, APhoneThatIsLostHasNotHungUp) {
  connect();
  bob().loses = "SIP/2.0";
  caller().agent.reinvite(caller().session, {"application/sdp", caller().sdp("8 101")}, now);
  settle();
  advance(seconds{40});
  EXPECT_THAT(caller().last, HasSubstr("BYE sip:"));
  EXPECT_EQ(records.back().hung_up_by, model::Side::none);
  EXPECT_EQ(records.back().legs[0].note, "it was lost");
  EXPECT_THAT(records.back().legs[0].reasons,
              ElementsAre("Q.850;cause=27;text=\"Destination out of order\""));
}

TEST_F(BridgeTest, OneHopLeftReachesThePhone) {
  start();
  invite(caller().sdp(), {}, 1);
  EXPECT_THAT(bob().invite, HasSubstr("Max-Forwards: 0\r\n"));
}

TEST_F(BridgeTest, NoHopLeftReachesNobody) {
  start();
  invite(caller().sdp(), {}, 0);
  EXPECT_THAT(bob().invite, IsEmpty());
}

TEST_F(BridgeTest, NobodyRingsForAnOfferThatNoPacketOfOursCanReach) {
  start();
  invite("v=0\r\no=- 1 1 IN IP6 ::1\r\ns=-\r\nc=IN IP6 ::1\r\nt=0 0\r\n"
         "m=audio 16000 RTP/AVP 0\r\n");
  EXPECT_THAT(bob().invite, IsEmpty());
  EXPECT_THAT(results, ElementsAre("failed"));
  ASSERT_EQ(records.back().legs.size(), 1u);
  EXPECT_EQ(records.back().legs[0].code, 488);
}

TEST_F(BridgeTest, EarlyMediaOfTheOnePhoneIsRelayed) {
  absent = {cleo().target()};
  absent.front().hopeless = Hopeless{480, "not registered"};
  start();
  invite();
  bob().agent.progress(bob().session,
                       {.status = 183, .phrase = "Session Progress", .headers = {},
                        .body = {"application/sdp", bob().sdp("0 101")}},
                       false, now);
  settle();
  EXPECT_THAT(caller().heard(), ElementsAre("100 INVITE", "183 INVITE"));
  EXPECT_THAT(caller().body, HasSubstr("RTP/AVP 0 101\r\n"));
  EXPECT_EQ(say(bob(), {.sequence = 1, .ssrc = 2}).size(), 1u);
  const auto early = caller().body;
  answer(bob(), bob().sdp("0 101"));
  EXPECT_EQ(caller().body, early);  // RFC 3261 13.2.1: the same again
  EXPECT_EQ(say(caller(), {.sequence = 1, .ssrc = 3}).size(), 1u);
}

TEST_F(BridgeTest, ALateOfferIsThePhones) {
  start();
  invite(std::nullopt);
  EXPECT_THAT(bob().invite, HasSubstr("Content-Length: 0\r\n"));
  answer(bob(), bob().sdp("8 101"));
  EXPECT_THAT(caller().heard(), ElementsAre("100 INVITE", "200 INVITE"));
  EXPECT_THAT(caller().body, HasSubstr("RTP/AVP 8 101 0 "));
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE"));  // its ACK waits for the caller's answer
  caller().agent.set_answer(caller().session, {"application/sdp", caller().sdp("8 101")});
  settle();
  EXPECT_THAT(bob().heard(), ElementsAre("ACK"));
  EXPECT_THAT(bob().last, HasSubstr("RTP/AVP 8 101\r\n"));
  EXPECT_EQ(say(caller(), {.payload_type = 8, .ssrc = 3}).size(), 1u);
}

TEST_F(BridgeTest, NoSessionWithThePhoneIsItsFailure) {
  start();
  invite();
  answer(bob(), "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\nm=audio 0 RTP/AVP 0\r\n");
  EXPECT_THAT(results, ElementsAre("failed"));
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "ACK", "BYE", "ended"));
  EXPECT_EQ(records.back().legs[0].code, 488);
}

TEST_F(BridgeTest, HoldAndResumeGoAcross) {
  connect();
  caller().agent.reinvite(caller().session,
                          {"application/sdp", caller().sdp("0 101", "a=sendonly\r\n")}, now);
  settle();
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "offered"));
  EXPECT_THAT(bob().body, HasSubstr("a=sendonly\r\n"));
  EXPECT_THAT(caller().heard(), ElementsAre("100 INVITE"));
  bob().agent.answer_offer(bob().session,
                           {"application/sdp", bob().sdp("0 101", "a=recvonly\r\n")}, now);
  settle();
  EXPECT_THAT(caller().heard(), ElementsAre("200 INVITE"));
  EXPECT_THAT(caller().body, HasSubstr("a=recvonly\r\n"));
  EXPECT_THAT(say(bob(), {.ssrc = 2}), IsEmpty());  // the caller does not listen
  EXPECT_EQ(say(caller(), {.ssrc = 3}).size(), 1u);
}

TEST_F(BridgeTest, AReInviteWithoutOfferAsksTheOtherEnd) {
  connect();
  caller().agent.reinvite(caller().session, {}, now);
  settle();
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "asked"));
  bob().agent.answer_offer(bob().session, {"application/sdp", bob().sdp("8 101")}, now);
  settle();
  EXPECT_THAT(caller().body, HasSubstr("RTP/AVP 8 101 0 "));
  EXPECT_THAT(bob().heard(), IsEmpty());
  caller().agent.set_answer(caller().session, {"application/sdp", caller().sdp("8 101")});
  settle();
  EXPECT_THAT(bob().heard(), ElementsAre("ACK"));
}

TEST_F(BridgeTest, ARefusedOfferIsRefusedAndTheCallGoesOn) {
  connect();
  caller().agent.reinvite(caller().session, {"application/sdp", caller().sdp("8")}, now);
  settle();
  bob().agent.refuse_offer(bob().session, 488, now);
  settle();
  EXPECT_THAT(caller().heard(), ElementsAre("100 INVITE", "488 INVITE"));
  EXPECT_EQ(say(caller(), {.ssrc = 3}).size(), 1u);
}

TEST_F(BridgeTest, OffersThatCrossGet491) {
  connect();
  bob().agent.reinvite(bob().session, {"application/sdp", bob().sdp()}, now);
  caller().agent.reinvite(caller().session, {"application/sdp", caller().sdp()}, now);
  settle();
  const auto bobs = bob().heard();
  const auto callers = caller().heard();
  EXPECT_TRUE(testing::Value(bobs, Contains("491 INVITE")) ||
              testing::Value(callers, Contains("491 INVITE")));
  hang_up(caller());
  EXPECT_THAT(bob().heard(), Contains("BYE"));
}

// What is said to one end has to be read again when the other end changes its mind.
TEST_F(BridgeTest, ADescriptionThatGrowsBeyondTheLimitsIsRefused) {
  start();
  for (int count = 246; count <= 255; ++count) {  // and the rtpmap makes 256
    std::string many;
    for (int i = 0; i < count; ++i) many += "a=rtcp-fb:0 nack\r\n";
    invite(caller().sdp("0", many));
    if (bob().body.empty()) {
      EXPECT_THAT(caller().heard(), Contains("486 INVITE")) << count;  // the script's
      EXPECT_THAT(records.back().legs.at(0).note, HasSubstr("too long a description")) << count;
      continue;
    }
    answer(bob());
    EXPECT_THAT(caller().heard(), Contains("200 INVITE")) << count;
    bob().heard();
    caller().agent.reinvite(caller().session, {"application/sdp", caller().sdp("0", many)}, now);
    settle();
    EXPECT_THAT(bob().heard(), Contains("offered")) << count;
    bob().agent.answer_offer(bob().session, {"application/sdp", bob().sdp()}, now);
    settle();
    caller().heard();
    many += many;
    many.resize(255 * std::string_view("a=rtcp-fb:0 nack\r\n").size());
    caller().agent.reinvite(caller().session, {"application/sdp", caller().sdp("0", many)}, now);
    settle();
    EXPECT_THAT(caller().heard(), Contains("488 INVITE")) << count;
    hang_up(caller());
    advance(seconds{40});
    EXPECT_EQ(exchange->calls_in_progress(), 0U);
    bob().body.clear();
    caller().heard();
  }
}

// Nothing may be offered to whom we have just answered before the ACK is here (RFC 3261 14.1).
TEST_F(BridgeTest, AnOfferWaitsForTheAckOfTheOtherEnd) {
  start();
  invite();
  caller().loses = "ACK ";
  answer(bob());
  caller().heard();
  bob().heard();
  bob().agent.reinvite(bob().session, {"application/sdp", bob().sdp("0 101", "a=sendonly\r\n")},
                       now);
  settle();
  EXPECT_THAT(bob().heard(), ElementsAre("100 INVITE"));
  EXPECT_THAT(caller().heard(), IsEmpty());
  caller().loses.clear();
  advance(seconds{1});  // the 200 comes once more
  EXPECT_THAT(caller().heard(), ElementsAre("200 INVITE", "INVITE", "offered"));
  EXPECT_THAT(caller().body, HasSubstr("a=sendonly\r\n"));
  caller().agent.answer_offer(
      caller().session, {"application/sdp", caller().sdp("0 101", "a=recvonly\r\n")}, now);
  settle();
  EXPECT_THAT(bob().heard(), Contains("200 INVITE"));
  hang_up(caller());
  EXPECT_THAT(bob().heard(), Contains("BYE"));
}

TEST_F(BridgeTest, KeysAsInfoGoAcross) {
  connect();
  caller().agent.info(caller().session, {"application/dtmf-relay", "Signal=5\r\n"}, now);
  settle();
  EXPECT_THAT(bob().heard(), ElementsAre("INFO"));
  EXPECT_THAT(bob().last, HasSubstr("Signal=5"));
  caller().agent.info(caller().session, {"text/html", "<b>"}, now);
  settle();
  EXPECT_THAT(bob().heard(), IsEmpty());
}

TEST_F(BridgeTest, TheCallersByeEndsThePhoneWithItsReason) {
  connect();
  hang_up(caller(), {{"Reason", "Q.850;cause=16"}});
  EXPECT_THAT(bob().heard(), ElementsAre("BYE", "ended"));
  EXPECT_THAT(bob().last, HasSubstr("Reason: Q.850;cause=16\r\n"));
  EXPECT_EQ(records.back().hung_up_by, model::Side::caller);
  EXPECT_EQ(exchange->open_ports(), 0u);
}

TEST_F(BridgeTest, ALostByeIsRepeatedAndNothingIsLeft) {
  connect();
  parties.erase(7001);  // out of power
  hang_up(caller());
  EXPECT_EQ(exchange->calls(), 1u);
  advance(seconds{40});
  EXPECT_EQ(exchange->calls(), 0u);
  EXPECT_EQ(exchange->remembered(), 0u);
  EXPECT_EQ(ports.left, 10);
}

}  // namespace
}  // namespace strowger::call
