#include "call/media_session.hpp"

#include "rtp/packet.hpp"

#include <gmock/gmock.h>

namespace strowger::call {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;

const Endpoint ours{*IpAddress::parse("192.0.2.1"), 20000};
const Endpoint theirs{*IpAddress::parse("198.51.100.7"), 4000};

std::string offer(std::string_view attribute = "", std::string_view formats = "0 8") {
  return "v=0\r\no=- 1 1 IN IP4 198.51.100.7\r\ns=-\r\nc=IN IP4 198.51.100.7\r\nt=0 0\r\n"
         "m=audio 4000 RTP/AVP " +
         std::string(formats) + "\r\n" + std::string(attribute);
}

constexpr std::int64_t milliseconds_of(Instant instant) {
  return strowger::milliseconds(instant.time_since_epoch());
}

Now at(std::int64_t ms) { return {Instant(milliseconds(ms)), WallTime(milliseconds(ms))}; }

struct Fixture : testing::Test {
  SeededRandom random{1};
  MediaSession session{{1, ours}, theirs.address, random, at(0)};
};

std::shared_ptr<const media::Prompt> tone(int frames) {
  return media::Prompt::from_pcm(
      std::vector<std::int16_t>(static_cast<std::size_t>(frames) * media::frame_samples, 1000));
}

TEST_F(Fixture, SendsNothingBeforeAnOfferWasAnswered) {
  session.play(tone(5), 1, at(0));
  EXPECT_FALSE(session.playing());
  EXPECT_EQ(session.deadline(), std::nullopt);
}

TEST_F(Fixture, PlaysOnePacketPer20MsAndFinishesWhenTheLastWasHeard) {
  ASSERT_TRUE(session.answer(offer(), {.early = true, .one_way = true}, at(0)));
  session.play(tone(3), 1, at(100));
  bool finished = false;
  std::vector<std::int64_t> sent_at;
  while (!finished) {
    const auto due = session.deadline();
    ASSERT_TRUE(due);
    const auto now = at(milliseconds_of(*due));
    if (const auto packet = session.tick(now, finished)) {
      EXPECT_EQ(packet->to, theirs);
      sent_at.push_back(milliseconds_of(*due));
    }
    if (finished) EXPECT_EQ(milliseconds_of(*due), 160);
  }
  EXPECT_THAT(sent_at, testing::ElementsAre(100, 120, 140));
}

TEST_F(Fixture, AnEarlyOfferThatDoesNotListenIsRefused) {
  const auto answer = session.answer(offer("a=inactive\r\n"), {.early = true}, at(0));
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error(), HasSubstr("inactive"));
}

TEST_F(Fixture, AnAnswerAfterEarlyMediaSaysTheSame) {
  const auto early = session.answer(offer(), {.early = true}, at(0));
  ASSERT_TRUE(early);
  EXPECT_EQ(session.local_description(), *early);
}

TEST_F(Fixture, UnreadableSdpSaysWhere) {
  const auto answer = session.answer("v=0\r\nm=audio x RTP/AVP 0\r\n", {}, at(0));
  ASSERT_FALSE(answer);
  EXPECT_THAT(answer.error(), HasSubstr("line 2"));
}

TEST_F(Fixture, OnHoldThePromptGoesOnUnheard) {
  ASSERT_TRUE(session.answer(offer(), {}, at(0)));
  session.play(tone(10), 1, at(0));
  ASSERT_TRUE(session.answer(offer("a=inactive\r\n"), {}, at(0)));
  bool finished = false;
  std::size_t bytes = 0;
  for (std::int64_t ms = 0; ms <= 200; ms += 20) {
    if (const auto packet = session.tick(at(ms), finished)) bytes += packet->bytes.size();
  }
  EXPECT_TRUE(finished);
  EXPECT_EQ(bytes, 0u);
}

TEST_F(Fixture, AStrangerIsNeitherHeardNorAnswered) {
  ASSERT_TRUE(session.answer(offer("a=rtpmap:101 telephone-event/8000\r\n", "0 101"), {}, at(0)));
  const Endpoint stranger{*IpAddress::parse("203.0.113.9"), 4000};
  std::array<std::byte, 64> buffer{};
  const std::array<std::byte, 4> event{std::byte{5}, std::byte{10}, std::byte{0}, std::byte{160}};
  const auto packet = rtp::write_packet(
      {.payload_type = 101, .sequence = 1, .timestamp = 1, .ssrc = 9}, event, buffer);
  EXPECT_EQ(session.receive(false, stranger, packet, at(10)), std::nullopt);
  EXPECT_EQ(session.packets_rejected(), 1u);
  EXPECT_EQ(session.receive(false, theirs, packet, at(20)), '5');
}

}  // namespace
}  // namespace strowger::call
