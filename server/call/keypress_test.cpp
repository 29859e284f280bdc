// Whoever answers a forwarded call presses 1, or has not taken it.
#include "call/keypress.hpp"

#include "call/parties_for_tests.hpp"
#include "media/tone.hpp"

namespace strowger::call {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

Media tone() {
  return {.id = "tone",
          .name = "Tone",
          .prompt = media::Prompt::from_pcm(media::sine({.length = milliseconds{400}}))};
}

struct KeypressTest : Parties {
  std::vector<Target> targets;
  RingOptions options;

  static Task<> script(Call& call, KeypressTest& test) {
    const auto rung = co_await call.ring(test.targets, test.options);
    test.results.emplace_back(ring_outcome_name(rung.outcome));
    if (rung.leg == nullptr) {
      call.reject(standard_rejection(480));
      co_return;
    }
    co_await call.bridge(*rung.leg);
    if (!call.over()) call.hang_up();
  }
  Target asked(Party& party, Duration timeout = seconds{20}) {
    auto target = party.target({}, timeout);
    target.question = tone();
    target.early_media = false;
    return target;
  }
  void start(std::vector<Target> to) {
    targets = std::move(to);
    open([this](Call& call) { return script(call, *this); });
  }
  // Bob has answered, and is asked.
  void ask(std::optional<std::string> sdp) {
    start({asked(bob())});
    invite(std::move(sdp));
    ring(bob());
    answer(bob());
  }
  void press(Party& phone, int event) {
    std::array<std::byte, 64> buffer{};
    const std::array<std::byte, 4> payload{static_cast<std::byte>(event), std::byte{0x8A},
                                           std::byte{0x03}, std::byte{0x20}};
    const rtp::Header header{.marker = true, .payload_type = 101, .sequence = 7,
                             .timestamp = 8'000, .ssrc = 5};
    const auto packet = rtp::write_packet(header, payload, buffer);
    pass(phone, {packet.begin(), packet.end()}, false);
  }
  std::size_t packets_to(const Party& phone) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        media, [&](const SendMedia& each) { return each.to.port == phone.media_port(); }));
  }
  const model::CallLeg& leg() const { return records.back().legs.at(0); }
};

TEST_F(KeypressTest, TheCallerHearsOfNoAnswerBeforeTheKey) {
  ask(caller().sdp());
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "ACK"));
  media.clear();
  advance(seconds{2});
  EXPECT_THAT(caller().heard(), ElementsAre("100 INVITE", "180 INVITE"));
  EXPECT_THAT(results, IsEmpty());
  // The question, over and over.
  EXPECT_GE(packets_to(bob()), 95u);
  EXPECT_EQ(packets_to(caller()), 0u);
  press(bob(), 1);
  EXPECT_THAT(caller().heard(), ElementsAre("200 INVITE"));
  EXPECT_THAT(results, ElementsAre("answered"));
  EXPECT_EQ(records.back().bridged_leg, 1);
  EXPECT_EQ(leg().note, "took the call by pressing 1");
  hang_up(bob());
  EXPECT_THAT(caller().heard(), ElementsAre("BYE", "ended"));
  EXPECT_EQ(ports.left, 10);
}

TEST_F(KeypressTest, NothingThatIsSaidBeforeReachesTheCaller) {
  ask(caller().sdp());
  const rtp::Header said{.payload_type = 0, .sequence = 1, .timestamp = 160, .ssrc = 5};
  EXPECT_THAT(say(bob(), said), IsEmpty());
  advance(milliseconds{100});
  ASSERT_FALSE(media.empty());
  const auto question = *rtp::parse_packet(media.back().bytes);
  press(bob(), 1);
  const auto heard = say(bob(), said);
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_EQ(heard[0].to.port, caller().media_port());
  // Who heard a stream of ours goes on hearing it.
  const auto passed = say(caller(), {.payload_type = 0, .sequence = 1, .timestamp = 1, .ssrc = 9});
  ASSERT_EQ(passed.size(), 1u);
  EXPECT_EQ(rtp::parse_packet(passed[0].bytes)->header.ssrc, question.header.ssrc);
}

TEST_F(KeypressTest, AnotherKeyIsNoAnswer) {
  ask(caller().sdp());
  bob().heard();
  press(bob(), 2);
  EXPECT_THAT(bob().heard(), ElementsAre("BYE", "ended"));
  EXPECT_THAT(bob().last, HasSubstr("Reason: SIP;cause=480;text=\"Not accepted by key\"\r\n"));
  EXPECT_THAT(results, ElementsAre("no_answer"));
  EXPECT_THAT(caller().heard(), Contains("480 INVITE"));
  EXPECT_EQ(leg().note, "answered, but pressed 2 instead of 1");
  EXPECT_EQ(leg().code, 200);
  EXPECT_EQ(records.back().bridged_leg, 0);
}

TEST_F(KeypressTest, NoKeyInTimeIsNoAnswerHoweverLongItRang) {
  start({asked(bob(), seconds{12})});
  options.timeout = seconds{12};
  invite();
  ring(bob());
  advance(seconds{11});
  answer(bob());
  bob().heard();
  advance(seconds{14});
  EXPECT_THAT(bob().heard(), IsEmpty());
  EXPECT_THAT(results, IsEmpty());
  advance(seconds{2});
  EXPECT_THAT(bob().heard(), ElementsAre("BYE", "ended"));
  EXPECT_THAT(results, ElementsAre("no_answer"));
  EXPECT_EQ(leg().note, "answered, but pressed no key in time");
  EXPECT_EQ(exchange->calls(), 0u);
  advance(seconds{40});
  EXPECT_EQ(exchange->deadline(), std::nullopt);
}

TEST_F(KeypressTest, WhoHangsUpInsteadHasNotAnswered) {
  ask(caller().sdp());
  hang_up(bob());
  EXPECT_THAT(results, ElementsAre("no_answer"));
  EXPECT_EQ(leg().note, "answered, and hung up without pressing 1");
}

TEST_F(KeypressTest, TheOthersRingOnAndMayAnswerMeanwhile) {
  start({asked(bob()), cleo().target()});
  invite();
  ring(bob());
  ring(cleo());
  answer(bob());
  EXPECT_THAT(cleo().heard(), ElementsAre("INVITE"));
  bob().heard();
  answer(cleo());
  EXPECT_THAT(bob().heard(), ElementsAre("BYE", "ended"));
  EXPECT_THAT(bob().last, HasSubstr("Reason: SIP;cause=200;text=\"Call completed elsewhere\""));
  EXPECT_EQ(records.back().bridged_leg, 2);
}

TEST_F(KeypressTest, OfTwoThatAreAskedTheFirstToPressHasIt) {
  start({asked(bob()), asked(cleo())});
  invite();
  answer(bob());
  answer(cleo());
  EXPECT_THAT(caller().heard(), ElementsAre("100 INVITE", "180 INVITE"));
  press(cleo(), 1);
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "ACK", "BYE", "ended"));
  EXPECT_THAT(caller().heard(), ElementsAre("200 INVITE"));
  EXPECT_EQ(records.back().bridged_leg, 2);
}

TEST_F(KeypressTest, ACallerWhoGivesUpEndsIt) {
  ask(caller().sdp());
  bob().heard();
  caller().agent.cancel(caller().session, now);
  settle();
  EXPECT_THAT(bob().heard(), ElementsAre("BYE", "ended"));
  EXPECT_THAT(caller().heard(), Contains("487 INVITE"));
}

TEST_F(KeypressTest, KeysAreWantedThoughTheCallerTakesNone) {
  ask(caller().sdp("0"));
  EXPECT_THAT(bob().invite, HasSubstr("telephone-event/8000"));
  press(bob(), 1);
  EXPECT_THAT(results, ElementsAre("answered"));
  EXPECT_THAT(caller().body, HasSubstr("RTP/AVP 0\r\n"));
}

TEST_F(KeypressTest, AKeyMayComeByInfo) {
  ask(caller().sdp());
  bob().agent.info(bob().session, {"application/dtmf-relay", "Signal=1\r\nDuration=160\r\n"}, now);
  settle();
  EXPECT_THAT(results, ElementsAre("answered"));
}

TEST_F(KeypressTest, ACallerWithoutAnOfferMakesItsAnswerInTheAck) {
  start({asked(bob())});
  invite(std::nullopt);
  EXPECT_THAT(bob().body, HasSubstr("m=audio"));
  answer(bob(), bob().sdp("0 101"));
  EXPECT_THAT(bob().heard(), ElementsAre("INVITE", "ACK"));
  caller().agent.set_answer(caller().session, {"application/sdp", caller().sdp("0 101")});
  press(bob(), 1);
  EXPECT_THAT(results, ElementsAre("answered"));
  EXPECT_THAT(caller().body, HasSubstr("RTP/AVP 0 101"));
  const auto heard = say(caller(), {.payload_type = 0, .sequence = 1, .timestamp = 1, .ssrc = 9});
  ASSERT_EQ(heard.size(), 1u);
  EXPECT_EQ(heard[0].to.port, bob().media_port());
}

TEST_F(KeypressTest, WhoIsAskedShowsThatItIsBusyWithOffers) {
  ask(caller().sdp());
  bob().heard();
  bob().agent.reinvite(bob().session, {"application/sdp", bob().sdp()}, now);
  settle();
  EXPECT_THAT(bob().heard(), Contains("491 INVITE"));
  press(bob(), 1);
  EXPECT_THAT(results, ElementsAre("answered"));
}

TEST(PressOne, IsSaidInEveryCodecAndGoesOnBehindAPause) {
  const auto& sound = *press_one().prompt;
  for (const auto codec : media::every_codec) EXPECT_TRUE(sound.has(codec));
  EXPECT_GT(sound.duration_ms(), 4'500);
  EXPECT_LT(sound.duration_ms(), 6'500);
  const auto samples = media::decode(media::Codec::pcmu, press_one_bytes());
  EXPECT_GT(media::loudness(samples), 0.02);
}

}  // namespace
}  // namespace strowger::call
