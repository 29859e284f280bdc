// Many callers hear prompts at once: each gets its packets, at its times, whoever comes and goes.
#include "call/beat.hpp"

#include "call/parties_for_tests.hpp"

namespace strowger::call {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::size_t samples_per_frame = 160;

struct BeatTest : Parties {
  static constexpr std::uint16_t first_port = 8001;
  std::map<std::uint16_t, std::vector<Instant>> heard;  // by the caller's media port

  // Whoever calls "3" hears three frames.
  static Task<> script(Call& call) {
    co_await call.open_early_media(Hearing::one_way);
    const std::vector<std::int16_t> silence(samples_per_frame * std::stoul(call.called_number()));
    const Media media{.id = "m", .name = "m", .prompt = media::Prompt::from_pcm(silence)};
    co_await call.play(media, {});
    call.reject(standard_rejection(486));
  }
  void start() {
    ports.left = 1000;
    open([](Call& call) { return script(call); });
    go_to(Instant{milliseconds{100'000}});
  }
  void call_to_hear(std::uint16_t caller, int frames) {
    invite_from(party(first_port + caller), "sip:" + std::to_string(frames) + "@pbx.example");
  }
  const std::vector<Instant>& heard_by(std::uint16_t caller) {
    return heard[party(first_port + caller).media_port()];
  }
  // To the end of that millisecond, looking every millisecond.
  void run_to(std::int64_t ms) {
    while (now.instant < Instant{milliseconds{100'000 + ms}}) {
      advance(milliseconds{1});
      for (const auto& packet : media) {
        if (!packet.rtcp) heard[packet.to.port].push_back(now.instant);
      }
      media.clear();
    }
  }
  static Instant at(std::int64_t ms) { return Instant{milliseconds{100'000 + ms}}; }
};

TEST(NextBeat, IsAMultipleOf20Milliseconds) {
  EXPECT_EQ(next_beat(Instant{milliseconds{40}}), Instant{milliseconds{40}});
  EXPECT_EQ(next_beat(Instant{milliseconds{41}}), Instant{milliseconds{60}});
  EXPECT_EQ(next_beat(Instant{milliseconds{60}} - Duration{1}), Instant{milliseconds{60}});
}

TEST_F(BeatTest, AllSendAtTheSameMoments) {
  start();
  run_to(1);
  call_to_hear(0, 2);
  run_to(7);
  call_to_hear(1, 3);
  run_to(25);
  call_to_hear(2, 1);
  run_to(200);
  EXPECT_THAT(heard_by(0), ElementsAre(at(20), at(40)));
  EXPECT_THAT(heard_by(1), ElementsAre(at(20), at(40), at(60)));
  EXPECT_THAT(heard_by(2), ElementsAre(at(40)));
  EXPECT_THAT(records, SizeIs(testing::Ge(3U)));
}

// More than are served at a time, and in each beat some of those served before others end.
TEST_F(BeatTest, NobodyIsPassedOverWhenOthersEnd) {
  constexpr std::uint16_t callers = 3 * Exchange::calls_per_tick + 5;
  start();
  run_to(1);
  for (std::uint16_t i = 0; i < callers; ++i) call_to_hear(i, 1 + i % 5);
  run_to(400);
  for (std::uint16_t i = 0; i < callers; ++i) {
    SCOPED_TRACE(i);
    ASSERT_EQ(heard_by(i).size(), 1U + i % 5);
    for (std::size_t n = 0; n < heard_by(i).size(); ++n) {
      EXPECT_EQ(heard_by(i)[n] - heard_by(i)[0], n * beat_length);
    }
  }
  EXPECT_EQ(exchange->calls_in_progress(), 0U);
}

// Between two portions of one beat messages come: of callers who were served, and who were not.
TEST_F(BeatTest, WhoHangsUpInTheMiddleOfABeatIsMissedByNobody) {
  constexpr std::uint16_t callers = 2 * Exchange::calls_per_tick;
  constexpr std::uint16_t served = 3;
  constexpr std::uint16_t unserved = callers - 3;
  start();
  run_to(1);
  for (std::uint16_t i = 0; i < callers; ++i) call_to_hear(i, 4);
  go_to(at(20));
  exchange->tick(now);
  for (const auto gone : {served, unserved}) {
    Party& caller = party(first_port + gone);
    caller.agent.cancel(caller.session, now, {});
    settle();
  }
  call_to_hear(callers, 4);
  run_to(300);
  for (std::uint16_t i = 0; i <= callers; ++i) {
    SCOPED_TRACE(i);
    if (i == served) EXPECT_THAT(heard_by(i), ElementsAre(at(21)));
    else if (i == unserved) EXPECT_THAT(heard_by(i), IsEmpty());
    else EXPECT_THAT(heard_by(i), ElementsAre(at(21), at(40), at(60), at(80)));
  }
}

// A machine that was busy for 70 ms: what should have gone out by then goes out at once, and the
// rest is in time again.
TEST_F(BeatTest, ALateBeatIsMadeUpFor) {
  start();
  call_to_hear(0, 6);
  call_to_hear(1, 6);
  run_to(21);
  heard.clear();
  go_to(at(91));
  advance(milliseconds{0});
  EXPECT_THAT(media, SizeIs(6U)) << "of 40, 60 and 80";
  media.clear();
  run_to(119);
  EXPECT_THAT(heard_by(0), ElementsAre(at(100)));
  EXPECT_THAT(heard_by(1), ElementsAre(at(100)));
}

TEST_F(BeatTest, NothingIsDueWhenNobodyPlays) {
  start();
  call_to_hear(0, 1);
  run_to(100);
  advance(std::chrono::seconds{64});
  EXPECT_EQ(exchange->deadline(), std::nullopt);
}

}  // namespace
}  // namespace strowger::call
