// Pick-up: a call takes the place of the phones that ring in another one.
#include "call/leg.hpp"
#include "call/parties_for_tests.hpp"

#include "sip/inside.hpp"

#include <algorithm>

namespace strowger::call {
namespace {

using std::chrono::seconds;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

struct PickUps : Parties {
  PhoneSet phones{.seats = {}, .devices = {"desk"}};
  std::vector<Target> rung;
  RingOptions options;
  Exchange::Config config;
  bool before_ringing = false;  // the caller who is rung for is answered first

  Party& cora() { return party(7009); }

  Target desk(Party& phone) {
    auto target = phone.target();
    target.device = "desk";
    target.seat = "anna";
    return target;
  }
  Target cora_as() {
    Target as;
    as.name = "cora/soft";
    as.device = "soft";
    return as;
  }

  Task<> take(Call& call) {
    auto as = cora_as();
    const bool taken = co_await call.pick_up(phones, std::move(as));
    results.emplace_back(taken ? "taken" : "nothing");
    if (!taken && !call.over()) call.reject(standard_rejection(480));
  }
  Task<> ring_and_talk(Call& call) {
    if (before_ringing) co_await call.answer();
    const auto result = co_await call.ring(rung, options);
    if (result.leg == nullptr) {
      call.reject(standard_rejection(result.code));
      co_return;
    }
    const auto end = co_await call.bridge(*result.leg);
    if (end == BridgeEnd::callee_left) call.hang_up(result.leg->reasons());
  }
  // Who asks here, and how others would be asked.
  static Task<> write_down(Call& call, std::vector<std::string>& asked) {
    call.record().account = "default";
    asked.push_back(call.asked_to_pick_up().value_or("nobody"));
    for (const auto& target : call.pick_up_elsewhere("user anna")) {
      asked.push_back(target.inside);
      for (const auto& [name, value] : target.headers) asked.push_back(name + ": " + value);
    }
    call.reject(standard_rejection(480));
    co_return;
  }
  Task<> script(Call& call) {
    call.record().account = "default";
    if (call.called_number() == "85") co_await take(call);
    else co_await ring_and_talk(call);
  }

  void start(std::vector<Target> to, const std::string& sdp) {
    rung = std::move(to);
    open([this](Call& call) { return script(call); }, config);
    invite(sdp);
    for (Party* phone : {&bob(), &cleo()}) {
      if (!phone->story.empty()) ring(*phone);
    }
    bob().heard();
    cleo().heard();
    caller().heard();
  }
  void start() { start({desk(bob())}, caller().sdp()); }
  void dial(Party& picker, const std::optional<std::string>& sdp) {
    sip::Invitation invitation;
    invitation.to = picker.line;
    invitation.request_uri = "sip:85@pbx.example";
    invitation.from = "<sip:cora@pbx.example>";
    invitation.to_header = "<sip:85@pbx.example>";
    if (sdp) invitation.body = {"application/sdp", *sdp};
    invitation.reliable = sip::Invitation::Reliable::unsupported;
    picker.session = picker.agent.invite(std::move(invitation), now);
    settle();
  }
  void dial(Party& picker) { dial(picker, picker.sdp()); }

  const model::CallRecord& record_to(const std::string& number) const {
    const auto found = std::ranges::find_if(records.rbegin(), records.rend(), [&](const auto& one) {
      return one.to.starts_with("sip:" + number);
    });
    EXPECT_NE(found, records.rend());
    return *found;
  }
  void expect_packets_from(Party& from, Party& to, std::uint8_t type = 0) {
    const auto out = say(from, {.payload_type = type, .sequence = 1, .timestamp = 1, .ssrc = 9});
    ASSERT_EQ(out.size(), 1U);
    EXPECT_EQ(out[0].to.port, to.media_port());
  }
  void expect_nothing_left() {
    advance(seconds{70});
    EXPECT_EQ(exchange->remembered(), 0U);
    EXPECT_EQ(exchange->open_ports(), 0U);
    EXPECT_EQ(exchange->calls_in_progress(), 0U);
    EXPECT_EQ(ports.left, 10);
  }
};

TEST_F(PickUps, WhoPicksUpTalksWithTheCallerAndThePhoneShowsNoMissedCall) {
  start();
  dial(cora());
  EXPECT_THAT(cora().heard(), Contains("200 INVITE"));
  EXPECT_THAT(caller().heard(), testing::ElementsAre("200 INVITE"));
  EXPECT_THAT(bob().heard(), Contains("CANCEL"));
  EXPECT_THAT(record_to("1000").legs[0].reasons,
              Contains("SIP;cause=200;text=\"Call completed elsewhere\""));
  EXPECT_EQ(exchange->calls(), 1U) << "the other one is over";
  expect_packets_from(caller(), cora());
  expect_packets_from(cora(), caller());
  EXPECT_THAT(caller().heard(), IsEmpty()) << "nothing to be offered again";
  hang_up(cora());
  EXPECT_THAT(caller().heard(), Contains("BYE"));
  expect_nothing_left();
}

TEST_F(PickUps, TheRecordsSayWhoPickedUpWhat) {
  start();
  dial(cora());
  advance(seconds{5});
  hang_up(caller());
  EXPECT_THAT(cora().heard(), Contains("BYE"));
  const auto& rang = record_to("1000");
  EXPECT_TRUE(rang.complete);
  EXPECT_EQ(rang.bridged_leg, 2);
  EXPECT_EQ(rang.hung_up_by, model::Side::caller);
  ASSERT_EQ(rang.legs.size(), 2U);
  EXPECT_EQ(rang.legs[1].name, "cora/soft");
  EXPECT_EQ(rang.legs[1].code, 200);
  EXPECT_EQ(rang.legs[1].note, "picked up the call");
  EXPECT_EQ(rang.legs[1].call_id, record_to("85").call_id);
  ASSERT_EQ(rang.talks.size(), 1U);
  EXPECT_EQ(rang.talks[0].other, 2);
  EXPECT_EQ(rang.talks[0].ended_ms, 5'000);
  const auto& picked = record_to("85");
  EXPECT_TRUE(picked.complete);
  EXPECT_EQ(picked.disposition, model::Disposition::answered);
  EXPECT_EQ(picked.code, 200);
  ASSERT_EQ(picked.ladder.size(), 3U);
  EXPECT_THAT(picked.ladder[0].first_line, HasSubstr("INVITE sip:85@"));
  EXPECT_THAT(picked.ladder[2].first_line, HasSubstr("200 OK"));
  expect_nothing_left();
}

TEST_F(PickUps, OfTwoWhoPickUpOneHasIt) {
  start();
  dial(cora());
  dial(party(7010));
  EXPECT_THAT(cora().heard(), Contains("200 INVITE"));
  EXPECT_THAT(party(7010).heard(), Contains("480 INVITE"));
  EXPECT_THAT(results, testing::ElementsAre("taken", "nothing"));
  expect_packets_from(caller(), cora());
}

TEST_F(PickUps, ThePhoneThatAnsweredBeforeHasIt) {
  start();
  answer(bob());
  dial(cora());
  EXPECT_THAT(cora().heard(), Contains("480 INVITE"));
  expect_packets_from(caller(), bob());
}

// Its 200 and our CANCEL have crossed.
TEST_F(PickUps, ThePhoneThatAnswersTooLateIsHungUp) {
  start();
  bob().agent.accept(bob().session, {"application/sdp", bob().sdp()}, now);
  dial(cora());
  const bool picked = results.back() == "taken";
  EXPECT_THAT(cora().heard(), Contains(picked ? "200 INVITE" : "480 INVITE"));
  expect_packets_from(caller(), picked ? cora() : bob());
  hang_up(caller());
  expect_nothing_left();
}

TEST_F(PickUps, TheOldestCallIsTaken) {
  start();
  advance(seconds{2});
  Party& later = party(6001);
  sip::Invitation invitation;
  invitation.to = later.line;
  invitation.request_uri = invitation.to_header = "sip:1001@pbx.example";
  invitation.from = "<sip:2001@pbx.example>";
  invitation.to_header = "<sip:1001@pbx.example>";
  invitation.body = {"application/sdp", later.sdp()};
  rung = {desk(cleo())};
  later.session = later.agent.invite(std::move(invitation), now);
  settle();
  ring(cleo());
  dial(cora());
  expect_packets_from(cora(), caller());
  dial(party(7010));
  expect_packets_from(party(7010), later);
}

TEST_F(PickUps, OnlyWhatRingsAtThosePhones) {
  auto other = desk(cleo());
  other.device = "kitchen";
  start({other}, caller().sdp());
  dial(cora());
  EXPECT_THAT(cora().heard(), Contains("480 INVITE"));
  phones.seats = {"anna"};
  dial(cora());
  EXPECT_THAT(cora().heard(), Contains("200 INVITE"));
}

TEST_F(PickUps, NotTheCallsOfAnotherAccount) {
  start();
  exchange->each_in_progress([](const model::CallRecord& record) {
    const_cast<model::CallRecord&>(record).account = "another";
  });
  dial(cora());
  EXPECT_THAT(cora().heard(), Contains("480 INVITE"));
}

TEST_F(PickUps, WhoHasNoCodecForItIsRefusedAndThePhoneRingsOn) {
  config.transcoded_calls_max = 0;
  start({desk(bob())}, caller().sdp("8"));
  dial(cora(), cora().sdp("0"));
  EXPECT_THAT(cora().heard(), Contains("488 INVITE"));
  EXPECT_THAT(bob().heard(), IsEmpty());
  answer(bob(), bob().sdp("8"));
  EXPECT_THAT(caller().heard(), Contains("200 INVITE"));
}

TEST_F(PickUps, EndsWithoutACommonCodecAreTranscoded) {
  start({desk(bob())}, caller().sdp("8"));
  dial(cora(), cora().sdp("0"));
  EXPECT_THAT(cora().heard(), Contains("200 INVITE"));
  EXPECT_THAT(caller().heard(), Contains("200 INVITE"));
  EXPECT_EQ(exchange->transcoded_calls(), 1U);
}

// Both named the codec by a number of their own: they agree on one.
TEST_F(PickUps, NumbersOfPayloadsAreAgreedOnAgain) {
  start({desk(bob())}, caller().sdp("97", "a=rtpmap:97 opus/48000/2\r\n"));
  dial(cora(), cora().sdp("111", "a=rtpmap:111 opus/48000/2\r\n"));
  EXPECT_THAT(caller().heard(), testing::ElementsAre("200 INVITE"));
  EXPECT_THAT(cora().heard(), Contains("offered"));
  cora().agent.answer_offer(
      cora().session, {"application/sdp", cora().sdp("97", "a=rtpmap:97 opus/48000/2\r\n")}, now);
  settle();
  EXPECT_THAT(caller().heard(), Contains("offered"));
  caller().agent.answer_offer(
      caller().session, {"application/sdp", caller().sdp("97", "a=rtpmap:97 opus/48000/2\r\n")},
      now);
  settle();
  expect_packets_from(caller(), cora(), 97);
  EXPECT_EQ(exchange->transcoded_calls(), 0U);
}

TEST_F(PickUps, WhoMakesNoOfferIsAnsweredFirst) {
  start();
  dial(cora(), std::nullopt);
  EXPECT_THAT(cora().heard(), Contains("200 INVITE"));
  cora().agent.set_answer(cora().session, {"application/sdp", cora().sdp("0 101")});
  settle();
  advance(seconds{1});
  EXPECT_THAT(caller().heard(), Contains("200 INVITE"));
  expect_packets_from(caller(), cora());
}

TEST_F(PickUps, ACallerWhoMadeNoOfferGetsOneOfWhoPicksUp) {
  rung = {desk(bob())};
  open([this](Call& call) { return script(call); });
  invite(std::nullopt);
  ring(bob());
  dial(cora());
  EXPECT_THAT(cora().heard(), Contains("200 INVITE"));
  EXPECT_THAT(caller().heard(), Contains("200 INVITE"));
  caller().agent.set_answer(caller().session, {"application/sdp", caller().sdp("0 101")});
  settle();
  advance(seconds{1});
  expect_packets_from(caller(), cora());
}

TEST_F(PickUps, ACallerWhoWasAnsweredAlreadyGoesOn) {
  before_ringing = true;
  start();
  dial(cora());
  EXPECT_THAT(cora().heard(), Contains("200 INVITE"));
  expect_packets_from(caller(), cora());
  expect_packets_from(cora(), caller());
}

TEST_F(PickUps, ACallerWhoHearsThePhoneAlreadyIsAnswered) {
  rung = {desk(bob())};
  open([this](Call& call) { return script(call); });
  invite();
  sip::Answer progress{.status = 183, .phrase = "Progress", .headers = {}, .body = {}};
  progress.body = {"application/sdp", bob().sdp()};
  bob().agent.progress(bob().session, progress, false, now);
  settle();
  EXPECT_THAT(caller().heard(), Contains("183 INVITE"));
  dial(cora());
  EXPECT_THAT(caller().heard(), Contains("200 INVITE"));
  expect_packets_from(caller(), cora());
  expect_packets_from(cora(), caller());
  hang_up(caller());
  expect_nothing_left();
}

TEST_F(PickUps, WhoNeverAcknowledgesEndsTheCall) {
  start();
  cora().loses = "ACK ";
  dial(cora());
  EXPECT_THAT(caller().heard(), Contains("200 INVITE"));
  advance(seconds{40});
  EXPECT_THAT(caller().heard(), Contains("BYE"));
  expect_nothing_left();
}

TEST_F(PickUps, AnotherExchangeIsAskedInsideAndNobodyElseMayAsk) {
  config.inside_call_ids = {"inside-0-1-", "inside-0-2-"};
  std::vector<std::string> asked;
  open([&](Call& call) { return write_down(call, asked); }, config);
  const sip::HeaderList header{{std::string(sip::inside_pick_up), "user anna"}};
  invite(caller().sdp(), header);
  EXPECT_THAT(asked, Contains("nobody"));
  EXPECT_THAT(asked, Contains("inside-0-2-"));
  EXPECT_THAT(asked, Contains("X-Strowger-Pick-Up: user anna"));
  EXPECT_THAT(asked, Contains("X-Strowger-Account: default"));
  caller().comes_by = sip::inside_connection;
  invite(caller().sdp(), header);
  EXPECT_THAT(asked, Contains("user anna"));
}

}  // namespace
}  // namespace strowger::call
