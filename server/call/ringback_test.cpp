#include "call/ringback.hpp"

#include "media/coder.hpp"
#include "media/tone.hpp"

#include <gtest/gtest.h>

namespace strowger::call {
namespace {

class RingingTone : public testing::TestWithParam<media::Codec> {};

TEST_P(RingingTone, IsOneSecondOfFive) {
  const auto codec = GetParam();
  const auto& prompt = *ringing_tone(codec).prompt;
  ASSERT_TRUE(prompt.has(codec));
  EXPECT_EQ(prompt.duration_ms(), 5'000);
  const int rate = media::facts(codec).sampling_rate;
  const auto decoder = media::make_decoder(codec);
  std::vector<std::int16_t> heard;
  for (std::size_t i = 0; i < prompt.frames(); ++i) {
    std::ranges::copy(decoder->decode(prompt.frame(codec, i)), std::back_inserter(heard));
  }
  const auto second = static_cast<std::size_t>(rate);
  ASSERT_EQ(heard.size(), 5 * second);
  const auto tone = std::span(heard).subspan(second / 10, second * 8 / 10);
  EXPECT_GT(media::tone_share(tone, 425, rate), 0.95);
  EXPECT_NEAR(media::loudness(tone), 0.07, 0.01);
  EXPECT_LT(media::loudness(std::span(heard).subspan(second * 12 / 10)), 0.002);
}

INSTANTIATE_TEST_SUITE_P(EveryCodec, RingingTone, testing::ValuesIn(media::every_codec));

}  // namespace
}  // namespace strowger::call
