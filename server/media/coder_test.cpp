#include "media/coder.hpp"

#include "base/random.hpp"
#include "media/encodings.hpp"
#include "media/opus_frames.hpp"
#include "media/prompt.hpp"
#include "media/tone.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace strowger::media {
namespace {

constexpr std::size_t frames = 50;  // a second

std::vector<std::int16_t> tone_for(Codec codec, double hz) {
  return sine({.hz = hz, .rate = facts(codec).sampling_rate});
}

std::vector<std::int16_t> heard_through(Codec codec, std::span<const std::int16_t> samples) {
  const auto encoder = make_encoder(codec);
  const auto decoder = make_decoder(codec);
  const std::size_t length = facts(codec).frame_samples();
  std::vector<std::int16_t> heard;
  for (std::size_t at = 0; at + length <= samples.size(); at += length) {
    const auto payload = encoder->encode(samples.subspan(at, length));
    EXPECT_FALSE(payload.empty());
    EXPECT_LE(payload.size(), payload_bytes_max);
    const auto frame = decoder->decode(payload);
    EXPECT_EQ(frame.size(), length);
    heard.insert(heard.end(), frame.begin(), frame.end());
  }
  return heard;
}

TEST(Coder, AToneIsHeardThroughEachCodec) {
  for (const Codec codec : every_codec) {
    const int rate = facts(codec).sampling_rate;
    const auto heard = heard_through(codec, tone_for(codec, 440));
    EXPECT_GT(tone_share(heard, 440, rate), 0.95) << facts(codec).name;
    EXPECT_NEAR(loudness(heard), 0.25 / std::sqrt(2.0), 0.03) << facts(codec).name;
  }
}

TEST(Coder, WidebandCarriesWhatG711Cannot) {
  for (const Codec codec : {Codec::g722, Codec::opus}) {
    const auto heard = heard_through(codec, tone_for(codec, 6'000));
    EXPECT_GT(tone_share(heard, 6'000, facts(codec).sampling_rate), 0.9) << facts(codec).name;
  }
}

TEST(Coder, AFrameOfAnotherLengthIsNone) {
  for (const Codec codec : every_codec) {
    const auto encoder = make_encoder(codec);
    const std::vector<std::int16_t> longer(facts(codec).frame_samples() + 1);
    EXPECT_TRUE(encoder->encode(longer).empty()) << facts(codec).name;
    EXPECT_TRUE(encoder->encode({}).empty()) << facts(codec).name;
  }
}

TEST(Coder, HostilePayloadsAreDecodedWithinBounds) {
  SeededRandom random(5);
  for (const Codec codec : every_codec) {
    const auto decoder = make_decoder(codec);
    EXPECT_TRUE(decoder->decode(std::vector<std::byte>(payload_taken_bytes_max + 1)).empty());
    EXPECT_TRUE(decoder->decode({}).empty());
    for (int round = 0; round < 2'000; ++round) {
      std::vector<std::byte> payload(random.bits() % 200 + 1);
      for (std::byte& b : payload) b = static_cast<std::byte>(random.bits());
      EXPECT_LE(decoder->decode(payload).size(), 5'760U);
    }
  }
}

Masters second_of_tone() {
  return {.narrow = tone_for(Codec::pcmu, 440),
          .wide = tone_for(Codec::g722, 440),
          .full = tone_for(Codec::opus, 440)};
}

TEST(Encodings, EveryCodecHasTheSameFramesAndTheirBytesAreBounded) {
  const auto sound = encode_sound(every_codec, second_of_tone());
  for (const Codec codec : every_codec) {
    EXPECT_EQ(frames_in(codec, sound[codec]), frames) << facts(codec).name;
    EXPECT_LE(sound[codec].size(), 8'000U) << facts(codec).name << ": bytes a second";
  }
  EXPECT_LE(sound[Codec::opus].size(), 6'000U);
}

TEST(Prompt, HandsOutOpusByItsIndex) {
  const auto prompt = Prompt::from_encodings(encode_sound(every_codec, second_of_tone()));
  ASSERT_TRUE(prompt);
  EXPECT_EQ(prompt->frames(), frames);
  const auto decoder = make_decoder(Codec::opus);
  std::vector<std::int16_t> heard;
  for (std::size_t i = 0; i < prompt->frames(); ++i) {
    const auto frame = decoder->decode(prompt->frame(Codec::opus, i));
    heard.insert(heard.end(), frame.begin(), frame.end());
  }
  EXPECT_EQ(heard.size(), 48'000U);
  EXPECT_GT(tone_share(heard, 440, 48'000), 0.95);
}

TEST(Prompt, WhatItLacksIsEmpty) {
  const auto prompt = Prompt::from_pcm(std::vector<std::int16_t>(320));
  EXPECT_TRUE(prompt->has(Codec::pcma));
  EXPECT_FALSE(prompt->has(Codec::opus));
  EXPECT_TRUE(prompt->frame(Codec::opus, 1).empty());
  EXPECT_TRUE(prompt->frame(Codec::g722, 1).empty());
}

TEST(OpusFrames, DamageIsFoundBeforeAnythingIsPlayed) {
  const auto good = encode_sound(Codec::opus, second_of_tone());
  ASSERT_TRUE(OpusFrames::of(good));
  const std::span all(good);
  for (std::size_t length = 0; length < good.size(); length += 7) {
    EXPECT_FALSE(OpusFrames::of(all.first(length))) << length;
  }
  auto longer = good;
  longer.push_back(std::byte{0});
  EXPECT_FALSE(OpusFrames::of(longer));
  const auto changed = [&good](std::size_t at, int value) {
    auto bytes = good;
    bytes[at] = static_cast<std::byte>(value);
    return bytes;
  };
  EXPECT_FALSE(OpusFrames::of(changed(0, 'X')));
  EXPECT_FALSE(OpusFrames::of(changed(7, 0x7F))) << "more packets than bytes";
  EXPECT_FALSE(OpusFrames::of(changed(8, 0))) << "an empty packet";
  EXPECT_FALSE(OpusFrames::of(changed(11, 0xFF))) << "an end beyond the end";
  const std::size_t first = 8 + frames * opus_index_bytes;
  EXPECT_FALSE(OpusFrames::of(changed(first, 0xFC | 4))) << "stereo";
  EXPECT_FALSE(OpusFrames::of(changed(first, 0x00))) << "10 ms";
  EXPECT_FALSE(OpusFrames::of({}));
}

}  // namespace
}  // namespace strowger::media
