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

std::shared_ptr<const media::Prompt> silence_in_every_codec(std::size_t frames) {
  return media::Prompt::from_encodings(media::encode_sound(
      media::every_codec, {.narrow = std::vector<std::int16_t>(frames * 160),
                           .wide = std::vector<std::int16_t>(frames * 320),
                           .full = std::vector<std::int16_t>(frames * 960)}));
}

std::vector<rtp::Header> headers_sent(MediaSession& session, std::int64_t from, int ticks) {
  std::vector<rtp::Header> headers;
  bool finished = false;
  for (int i = 0; i < ticks; ++i) {
    const auto packet = session.tick(at(from + i * 20), finished);
    if (packet && !packet->bytes.empty()) {
      headers.push_back(rtp::parse_packet(packet->bytes)->header);
    }
  }
  return headers;
}

constexpr const char* opus_offer =
    "a=rtpmap:107 opus/48000/2\r\na=rtpmap:100 telephone-event/48000\r\n";

TEST_F(Fixture, TimeStampsFollowTheClockOfTheCodec) {
  struct Case {
    const char* attributes;
    const char* formats;
    int payload_type;
    std::uint32_t step;
    const char* name;
  };
  const Case cases[] = {{"", "9 0", 9, 160, "G722"},
                        {opus_offer, "107 100 0", 107, 960, "opus"},
                        {"", "8", 8, 160, "PCMA"}};
  for (const Case& c : cases) {
    MediaSession one({1, ours}, theirs.address, random, at(0));
    ASSERT_TRUE(one.answer(offer(c.attributes, c.formats), {}, at(0)));
    EXPECT_EQ(one.codec_name(), c.name);
    one.play(silence_in_every_codec(3), 1, at(0));
    const auto headers = headers_sent(one, 0, 3);
    ASSERT_EQ(headers.size(), 3U);
    EXPECT_EQ(headers[1].payload_type, c.payload_type);
    EXPECT_EQ(headers[1].timestamp - headers[0].timestamp, c.step);
    EXPECT_EQ(headers[2].timestamp - headers[1].timestamp, c.step);
  }
}

TEST_F(Fixture, APromptGoesOnInTheCodecOfANewAnswer) {
  ASSERT_TRUE(session.answer(offer("", "0 8"), {}, at(0)));
  session.play(silence_in_every_codec(4), 1, at(0));
  EXPECT_EQ(headers_sent(session, 0, 1).at(0).payload_type, 0);
  ASSERT_TRUE(session.answer(offer(opus_offer, "107 100"), {}, at(20)));
  const auto headers = headers_sent(session, 20, 3);
  ASSERT_EQ(headers.size(), 3U);
  EXPECT_EQ(headers[0].payload_type, 107);
  EXPECT_EQ(headers[2].timestamp - headers[1].timestamp, 960U);
}

TEST_F(Fixture, ACodecThatThePromptLacksIsToldAndSendsNothing) {
  ASSERT_TRUE(session.answer(offer("", "9"), {}, at(0)));
  EXPECT_FALSE(session.can_play(*tone(2)));
  EXPECT_TRUE(session.can_play(*silence_in_every_codec(2)));
  session.play(tone(2), 1, at(0));
  EXPECT_TRUE(headers_sent(session, 0, 5).empty());
  EXPECT_FALSE(session.playing());
}

TEST_F(Fixture, OnlyTheChosenCodecsAreSpoken) {
  MediaSession one({1, ours}, theirs.address, random, at(0), {media::Codec::pcma});
  EXPECT_THAT(one.offer(), HasSubstr("RTP/AVP 8 101"));
  EXPECT_FALSE(one.answer(offer("", "0 9"), {}, at(0)));
  EXPECT_TRUE(one.answer(offer("", "0 9 8"), {}, at(0)));
  EXPECT_THAT(MediaSession({1, ours}, theirs.address, random, at(0)).offer(),
              HasSubstr("RTP/AVP 111 9 0 8 101 110"));
}

TEST_F(Fixture, DigitsComeAtTheClockOfTheCodec) {
  ASSERT_TRUE(session.answer(offer(opus_offer, "107 100"), {}, at(0)));
  std::array<std::byte, 64> buffer{};
  rtp::Sender sender(random);
  rtp::DtmfSender keys("42", 100, {}, 48'000);
  std::string digits;
  for (std::int64_t ms = 0; !keys.done(); ms += 20) {
    const auto packet = keys.tick(sender, buffer);
    if (packet.empty()) continue;
    if (const auto heard = session.receive(false, theirs, packet, at(ms)); heard.digit) {
      digits += *heard.digit;
    }
  }
  EXPECT_EQ(digits, "42");
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
  EXPECT_FALSE(session.receive(false, stranger, packet, at(10)).accepted);
  EXPECT_EQ(session.packets_rejected(), 1u);
  EXPECT_EQ(session.receive(false, theirs, packet, at(20)).digit, '5');
}

}  // namespace
}  // namespace strowger::call
