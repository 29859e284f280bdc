#include "media/tone.hpp"

#include "base/random.hpp"
#include "media/g711.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::media {
namespace {

using std::chrono::milliseconds;
using Samples = std::vector<std::int16_t>;

void append(Samples& all, const Samples& more) { all.insert(all.end(), more.begin(), more.end()); }

Samples noise(std::size_t count) {
  SeededRandom random(1);
  Samples samples(count);
  for (auto& sample : samples) sample = static_cast<std::int16_t>(random.bits() % 16'384 - 8'192);
  return samples;
}

TEST(Tone, ASineIsFoundAtItsFrequencyOnly) {
  for (const double hz : {300.0, 440.0, 1'000.0, 3'400.0}) {
    const auto tone = sine({.hz = hz, .length = milliseconds(500)});
    EXPECT_EQ(tone.size(), 4'000U);
    EXPECT_GT(tone_share(tone, hz), 0.99) << hz;
    EXPECT_LT(tone_share(tone, hz + 100), 0.01) << hz;
    EXPECT_NEAR(loudness(tone), 0.25 / 1.4142, 0.01);
  }
  EXPECT_LT(tone_share(noise(4'000), 440), 0.05);
  EXPECT_EQ(tone_share(Samples(4'000, 0), 440), 0);
  EXPECT_EQ(tone_share({}, 440), 0);
  EXPECT_EQ(loudness({}), 0);
}

TEST(Tone, LengthAndLevelAreBounded) {
  EXPECT_EQ(sine({.length = std::chrono::hours(1)}).size(), 480'000U);
  EXPECT_TRUE(sine({.length = milliseconds(-1)}).empty());
  for (const auto sample : sine({.level = 50})) EXPECT_GE(sample, -32'767);
}

TEST(Tone, DigitsAreHeardThroughG711) {
  Samples all(800, 0);
  for (const char digit : std::string("0123456789*#ABCD55")) {
    append(all, dtmf_tone(digit, milliseconds(80)));
    append(all, Samples(480, 0));
  }
  EXPECT_EQ(dtmf_heard(all), "0123456789*#ABCD55");
  for (const Codec codec : {Codec::pcmu, Codec::pcma}) {
    EXPECT_EQ(dtmf_heard(decode(codec, encode(codec, all))), "0123456789*#ABCD55");
  }
}

TEST(Tone, OtherSoundsAreNoDigits) {
  EXPECT_EQ(dtmf_heard(noise(80'000)), "");
  EXPECT_EQ(dtmf_heard(sine({.hz = 440})), "");
  EXPECT_EQ(dtmf_heard(sine({.hz = 697})), "") << "one of the two tones is not enough";
  EXPECT_EQ(dtmf_heard(Samples(8'000, 0)), "");
  EXPECT_EQ(dtmf_digit(dtmf_tone('1', milliseconds(19))), std::nullopt) << "too short";
  EXPECT_TRUE(dtmf_tone('x', milliseconds(100)).empty());
}

}  // namespace
}  // namespace strowger::media
