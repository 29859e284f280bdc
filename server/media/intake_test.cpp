#include "media/intake.hpp"

#include "base/random.hpp"
#include "media/g711.hpp"
#include "media/sound_for_tests.hpp"
#include "media/tone.hpp"

#include <gtest/gtest.h>

namespace strowger::media {
namespace {

using Kind = DecodeError::Kind;
using Outcome = Result<Encoded, DecodeError>;

Masters two_frames() {
  return {.narrow = std::vector<std::int16_t>(320),
          .wide = std::vector<std::int16_t>(640),
          .full = std::vector<std::int16_t>(1'920)};
}

Encoded small() {
  return {.sound = encode_sound(every_codec, two_frames()),
          .duration_ms = 33,
          .source = "WAV, mono"};
}

TEST(Intake, EncodesForEveryCodec) {
  const auto file = sound_file({SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44'100, 2}, 0.505, 440);
  const auto encoded = intake(file, Limits{});
  ASSERT_TRUE(encoded.has_value()) << encoded.error().what;
  EXPECT_NEAR(static_cast<double>(encoded->duration_ms), 505, 1);
  EXPECT_EQ(encoded->source, "WAV, Signed 16 bit PCM, 44100 Hz, stereo");
  for (const Codec codec : every_codec) {
    EXPECT_EQ(frames_in(codec, encoded->sound[codec]), 26U) << "filled up to 520 ms";
  }
  const auto& pcmu = encoded->sound[Codec::pcmu];
  EXPECT_EQ(pcmu.back(), silence_byte(Codec::pcmu));
  EXPECT_GT(tone_share(decode(Codec::pcmu, pcmu), 440), 0.97);
  EXPECT_GT(tone_share(decode(Codec::pcma, encoded->sound[Codec::pcma]), 440), 0.97);
}

TEST(Intake, SoundCrossesThePipe) {
  const auto parsed = parse_outcome(serialize(Outcome(small())), Limits{});
  ASSERT_TRUE(parsed.has_value()) << parsed.error().what;
  EXPECT_EQ(*parsed, small());
}

TEST(Intake, ErrorsCrossThePipe) {
  const Outcome error = tl::unexpected(DecodeError{Kind::too_long, "The sound is too long."});
  const auto parsed = parse_outcome(serialize(error), Limits{});
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().kind, Kind::too_long);
  EXPECT_EQ(parsed.error().what, "The sound is too long.");
}

TEST(Intake, TheLongestSoundFits) {
  const Limits limits{.duration_max = std::chrono::milliseconds(1'000)};
  const auto file = sound_file({SF_FORMAT_WAV | SF_FORMAT_PCM_16, 44'100, 1}, 1.0, 440);
  EXPECT_TRUE(parse_outcome(serialize(intake(file, limits)), limits).has_value());
}

TEST(Intake, TheChildIsNotTrusted) {
  const auto refused = [](std::vector<std::byte> bytes, const Limits& limits = {}) {
    const auto parsed = parse_outcome(bytes, limits);
    return !parsed.has_value() && parsed.error().kind == Kind::not_audio;
  };
  const auto good = serialize(Outcome(small()));
  for (std::size_t length = 0; length < good.size(); ++length) {
    EXPECT_TRUE(refused({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length)}));
  }
  auto longer = good;
  longer.push_back(std::byte{0});
  EXPECT_TRUE(refused(longer));

  const auto changed = [&good](std::size_t at, int value) {
    auto bytes = good;
    bytes[at] = static_cast<std::byte>(value);
    return bytes;
  };
  EXPECT_TRUE(refused(changed(0, 'X')));
  EXPECT_TRUE(refused(changed(4, 2))) << "neither sound nor error";
  EXPECT_TRUE(refused(changed(8, 0x7F))) << "longer than its bytes";
  EXPECT_TRUE(refused(changed(9, 0x41))) << "not whole frames";
  EXPECT_TRUE(refused(changed(12, 0xFF))) << "more bytes than there are";

  EXPECT_FALSE(refused(good, {.duration_max = std::chrono::milliseconds(40)}));
  Encoded too_long = small();
  too_long.sound = encode_sound(every_codec, {.narrow = std::vector<std::int16_t>(5 * 160),
                                              .wide = std::vector<std::int16_t>(5 * 320),
                                              .full = std::vector<std::int16_t>(5 * 960)});
  const Limits short_ones{.duration_max = std::chrono::milliseconds(40)};
  EXPECT_TRUE(refused(serialize(Outcome(too_long)), short_ones));
  Encoded uneven = small();
  uneven.sound[Codec::g722].resize(160);
  EXPECT_TRUE(refused(serialize(Outcome(uneven)))) << "codecs disagree";
  Encoded no_opus = small();
  no_opus.sound[Codec::opus].clear();
  EXPECT_TRUE(refused(serialize(Outcome(no_opus))));
  Encoded noise = small();
  noise.sound[Codec::opus].back() ^= std::byte{0xFF};
  noise.sound[Codec::opus][16] = std::byte{0xFF};
  EXPECT_TRUE(refused(serialize(Outcome(noise)))) << "packets that are none of ours";

  Encoded loud = small();
  loud.source = "WAV\r\nX-Evil: 1";
  EXPECT_EQ(parse_outcome(serialize(Outcome(loud)), Limits{})->source, "WAV??X-Evil: 1");
}

TEST(Intake, RandomFramesAreReadWithinTheirBounds) {
  SeededRandom random(9);
  const auto good = serialize(Outcome(small()));
  for (int round = 0; round < 5'000; ++round) {
    auto bytes = good;
    for (int i = 0; i < 3; ++i) {
      bytes[4 + random.bits() % 16] = static_cast<std::byte>(random.bits());
    }
    (void)parse_outcome(bytes, Limits{});
  }
}

}  // namespace
}  // namespace strowger::media
