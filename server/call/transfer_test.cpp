// Attended transfer: the far ends of two calls of one phone are connected.
#include "call/leg.hpp"
#include "call/parties_for_tests.hpp"

#include "sip/headers.hpp"
#include "sip/inside.hpp"

namespace strowger::call {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

struct Transfers : Parties {
  const RingOptions usual_;  // by name: STYLE.md, coroutines
  std::shared_ptr<DeviceLines> lines_ = std::make_shared<DeviceLines>();

  Target desk() {
    auto target = bob().target();
    target.device = "desk";
    return target;
  }

  Task<> take_place(Call& call) {
    Leg* const other = call.take_party_of(call.replaces());
    if (other != nullptr) {
      co_await call.bridge(*other);
      if (!call.gone()) call.hang_up(other->reasons());
    } else {
      call.reject(standard_rejection(481));
    }
  }

  Task<Leg*> elsewhere(Call& call) {
    auto target = call.party_elsewhere();
    if (!target) co_return nullptr;
    std::vector<Target> targets;
    targets.push_back(std::move(*target));
    const auto result = co_await call.ring(std::move(targets), usual_);
    co_return result.leg;
  }

  std::weak_ptr<const void> claim_;  // of the newest call

  Task<> script(Call& call) {
    call.record().account = "default";
    auto claim = std::make_shared<const int>(1);
    claim_ = claim;
    call.hold(std::move(claim));
    if (call.replaces() != 0) {
      co_await take_place(call);
      co_return;
    }
    std::vector<Target> targets;
    targets.push_back(desk());
    const auto result = co_await call.ring(std::move(targets), usual_);
    Leg* with = result.leg;
    while (with != nullptr) {
      const auto end = co_await call.bridge(*with);
      if (end == BridgeEnd::callee_left) call.hang_up(with->reasons());
      if (end != BridgeEnd::transferred) co_return;
      const auto wanted = call.begin_transfer();
      with = wanted.replaced != 0 ? call.take_party_of(wanted.replaced) : nullptr;
      if (with == nullptr) with = co_await elsewhere(call);
      if (with != nullptr) continue;
      call.transfer_failed(481, "No");
      with = call.take_back();
    }
    if (!call.gone()) call.reject(standard_rejection(480));
  }

  Task<> to_a_menu(Call& call) {
    call.record().account = "default";
    std::vector<Target> targets;
    targets.push_back(desk());
    const auto result = co_await call.ring(std::move(targets), usual_);
    co_await call.bridge(*result.leg);
    call.begin_transfer();
    co_await call.answer();
    co_await call.sleep(std::chrono::seconds{60});
    if (!call.over()) call.hang_up();
  }

  // Two calls to bob; his session in the first one.
  sip::SessionId two_calls() {
    Exchange::Config config;
    config.lines = lines_;
    config.inside_call_id = [](std::string_view call_id) {
      return call_id.starts_with("far") ? "inside-0-1-" : "";
    };
    open([this](Call& call) { return script(call); }, config);
    invite();
    answer(bob());
    const auto first = bob().session;
    invite_from(cleo(), "sip:1000@pbx.example");
    answer(bob());
    return first;
  }

  // Of bob's newest call: his ACK has all of it.
  std::string replaces() {
    const auto ack = sip::Message::parse(bob().last);
    return std::string(sip::call_id(*ack)) + "%3Bto-tag%3D" + std::string(sip::from_tag(*ack)) +
           "%3Bfrom-tag%3D" + std::string(sip::to_tag(*ack));
  }
  void refer(sip::SessionId session, const std::string& named) {
    bob().agent.refer(session, {{"Refer-To", "<sip:1@pbx?Replaces=" + named + ">"}}, now);
    settle();
  }
  // Of another exchange, or of somebody who says that he is one.
  void invite_in_place_of(Party& party, const std::string& named, const std::string& device,
                          const sip::HeaderList& more = {}) {
    sip::Invitation invitation;
    invitation.to = party.line;
    invitation.request_uri = "sip:1@pbx.example";
    invitation.from = "<sip:2003@pbx.example>";
    invitation.to_header = "<sip:1@pbx.example>";
    invitation.body = {"application/sdp", party.sdp()};
    invitation.headers = {{"Replaces", sip::unescape(named)},
                          {std::string(sip::inside_account), "default"},
                          {std::string(sip::inside_device), device}};
    invitation.headers.insert(invitation.headers.end(), more.begin(), more.end());
    invitation.reliable = sip::Invitation::Reliable::unsupported;
    party.session = party.agent.invite(std::move(invitation), now);
    settle();
  }
  void agree(Party& party) {
    party.agent.answer_offer(party.session, {"application/sdp", party.sdp()}, now);
    settle();
  }
};

TEST_F(Transfers, AttendedConnectsTheTwoOthers) {
  const auto first = two_calls();
  ASSERT_EQ(exchange->calls_in_progress(), 2U);
  EXPECT_EQ(lines_->taken("default", "desk"), 2);
  bob().heard();
  caller().heard();
  cleo().heard();
  refer(first, replaces());
  const auto told = bob().heard();
  EXPECT_THAT(told, Contains("202 REFER"));
  EXPECT_EQ(std::ranges::count(told, "NOTIFY"), 2);
  EXPECT_EQ(std::ranges::count(told, "BYE"), 2);
  EXPECT_EQ(exchange->calls_in_progress(), 1U);
  EXPECT_EQ(lines_->taken("default", "desk"), 0);
  EXPECT_FALSE(claim_.expired()) << "the trunk that brought cleo is in use";
  // Each hears of the other one's media.
  EXPECT_THAT(cleo().heard(), Contains("offered"));
  agree(cleo());
  EXPECT_THAT(caller().heard(), Contains("offered"));
  agree(caller());
  const auto out = say(caller(), {.payload_type = 0, .sequence = 1, .timestamp = 1, .ssrc = 9});
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].to.port, cleo().media_port());
  // Whoever hangs up ends it.
  hang_up(cleo());
  EXPECT_TRUE(claim_.expired());
  EXPECT_THAT(caller().heard(), Contains("BYE"));
  advance(std::chrono::seconds{64});
  EXPECT_EQ(exchange->remembered(), 0U);
  EXPECT_EQ(exchange->open_ports(), 0U);
}

// docs/decisions/0025: a menu takes whoever is transferred to it.
TEST_F(Transfers, ToANumberWhoseFlowAnswersIsDoneWithTheAnswer) {
  open([this](Call& call) { return to_a_menu(call); });
  invite();
  answer(bob());
  bob().agent.reinvite(bob().session, {"application/sdp", bob().sdp("0 101", "a=sendonly\r\n")},
                       now);
  settle();
  caller().agent.answer_offer(
      caller().session, {"application/sdp", caller().sdp("0 101", "a=recvonly\r\n")}, now);
  settle();
  bob().heard();
  caller().heard();
  bob().agent.refer(bob().session, {{"Refer-To", "<sip:700@pbx>"}}, now);
  settle();
  const auto told = bob().heard();
  EXPECT_EQ(std::ranges::count(told, "NOTIFY"), 2);
  EXPECT_THAT(told, Contains("BYE"));
  EXPECT_THAT(caller().heard(), Contains("offered")) << "it was on hold";
  EXPECT_THAT(caller().body, Not(HasSubstr("a=sendonly")));
  agree(caller());
  EXPECT_EQ(exchange->calls_in_progress(), 1U);
  advance(std::chrono::seconds{61});
  EXPECT_THAT(caller().heard(), Contains("BYE"));
  ASSERT_EQ(records.back().transfers.size(), 1U);
  EXPECT_EQ(records.back().transfers[0].code, 200);
}

TEST_F(Transfers, AnUnknownDialogGivesTheCallBack) {
  const auto first = two_calls();
  bob().heard();
  refer(first, "nobody%3Bto-tag%3Da%3Bfrom-tag%3Db");
  const auto told = bob().heard();
  EXPECT_EQ(std::ranges::count(told, "NOTIFY"), 2);
  EXPECT_THAT(told, Not(Contains("BYE")));
  EXPECT_THAT(bob().last, testing::HasSubstr("SIP/2.0 481 No"));
  EXPECT_EQ(exchange->calls_in_progress(), 2U);
  EXPECT_EQ(lines_->taken("default", "desk"), 2);
}

// docs/decisions/0031: this exchange has the transferor's other call.
TEST_F(Transfers, AnotherExchangeTakesThePlaceOfATransferor) {
  two_calls();
  const auto named = replaces();
  bob().heard();
  cleo().heard();
  Party& far = party(7009);
  far.comes_by = sip::inside_connection;
  invite_in_place_of(far, named, "desk");
  EXPECT_THAT(far.heard(), Contains("200 INVITE"));
  EXPECT_THAT(bob().heard(), Contains("BYE"));
  EXPECT_EQ(lines_->taken("default", "desk"), 1);
  // Cleo hears of the other exchange's media, and then that one of hers.
  EXPECT_THAT(cleo().heard(), Contains("offered"));
  agree(cleo());
  EXPECT_THAT(far.heard(), Contains("offered"));
  agree(far);
  const auto out = say(cleo(), {.payload_type = 0, .sequence = 1, .timestamp = 1, .ssrc = 9});
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].to.port, far.media_port());
  hang_up(cleo());
  EXPECT_THAT(far.heard(), Contains("BYE"));
}

// The same, but at first the other exchange's phone has not acknowledged yet, and says 491.
TEST_F(Transfers, WhoCannotBeOfferedAnythingYetIsAskedAgain) {
  two_calls();
  const auto named = replaces();
  Party& far = party(7009);
  far.comes_by = sip::inside_connection;
  invite_in_place_of(far, named, "desk");
  agree(cleo());
  for (int glare = 0; glare < 2; ++glare) {
    EXPECT_THAT(far.heard(), Contains("offered"));
    far.agent.refuse_offer(far.session, 491, now);
    settle();
    EXPECT_THAT(far.heard(), Not(Contains("offered")));
    advance(std::chrono::seconds{4});
  }
  EXPECT_THAT(far.heard(), Contains("offered"));
  agree(far);
  hang_up(cleo());
  EXPECT_THAT(far.heard(), Contains("BYE"));
  for (const auto& record : records) {
    for (const auto& step : record.path) EXPECT_THAT(step.note, Not(HasSubstr("was not told")));
  }
}

TEST_F(Transfers, OnlyTheTransferorsOwnCallIsTakenForAnotherExchange) {
  two_calls();
  const auto named = replaces();
  bob().heard();
  Party& far = party(7009);
  far.comes_by = sip::inside_connection;
  invite_in_place_of(far, named, "another");
  EXPECT_THAT(far.heard(), Contains("481 INVITE"));
  Party& stranger = party(7010);
  invite_in_place_of(stranger, named, "desk");
  EXPECT_THAT(stranger.heard(), Contains("403 INVITE"));
  EXPECT_THAT(bob().heard(), Not(Contains("BYE")));
  EXPECT_EQ(exchange->calls_in_progress(), 2U);
}

// An INVITE with Replaces of a phone, whose call another exchange has.
TEST_F(Transfers, APhoneInAnotherExchangeMayReplaceAnyCallOfTheAccount) {
  two_calls();
  const auto named = replaces();
  bob().heard();
  const sip::HeaderList any{{std::string(sip::inside_replaces), "account"}};
  Party& stranger = party(7010);
  invite_in_place_of(stranger, named, "another", any);
  EXPECT_THAT(stranger.heard(), Contains("403 INVITE")) << "from a socket it means nothing";
  Party& far = party(7009);
  far.comes_by = sip::inside_connection;
  invite_in_place_of(far, named, "another", any);
  EXPECT_THAT(far.heard(), Contains("200 INVITE"));
  EXPECT_THAT(bob().heard(), Contains("BYE"));
}

// And here another exchange has it.
TEST_F(Transfers, ACallThatAnotherExchangeHasIsAskedForThere) {
  const auto first = two_calls();
  bob().heard();
  Party& far = party(Party::exchange_at().port);
  far.deaf_to = "Replaces: ";  // it has the dialog, so to say
  refer(first, "far%3Bto-tag%3Da%3Bfrom-tag%3Db");
  EXPECT_THAT(far.invite, HasSubstr("Replaces: far;to-tag=a;from-tag=b\r\n"));
  EXPECT_THAT(far.invite, HasSubstr("Call-ID: inside-0-1-"));
  EXPECT_THAT(far.invite, HasSubstr("X-Strowger-Device: desk\r\n"));
  answer(far);
  const auto told = bob().heard();
  EXPECT_EQ(std::ranges::count(told, "NOTIFY"), 2);
  EXPECT_THAT(told, Contains("BYE"));
  const auto out = say(caller(), {.payload_type = 0, .sequence = 1, .timestamp = 1, .ssrc = 9});
  ASSERT_EQ(out.size(), 1U);
  EXPECT_EQ(out[0].to.port, far.media_port());
}

TEST_F(Transfers, WhatTheOtherExchangeDoesNotKnowGivesTheCallBack) {
  const auto first = two_calls();
  bob().heard();
  Party& far = party(Party::exchange_at().port);
  refer(first, "far%3Bto-tag%3Da%3Bfrom-tag%3Db");
  refuse(far, 481);
  const auto told = bob().heard();
  EXPECT_EQ(std::ranges::count(told, "NOTIFY"), 2);
  EXPECT_THAT(told, Not(Contains("BYE")));
  EXPECT_EQ(exchange->calls_in_progress(), 2U);
}

}  // namespace
}  // namespace strowger::call
