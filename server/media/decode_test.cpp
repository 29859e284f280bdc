#include "media/decode.hpp"

#include "base/random.hpp"
#include "media/sound_for_tests.hpp"
#include "media/tone.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

// libsndfile 1.2.0 forgets what it allocated for an Ogg file that turns out to be damaged: one more
// reason why decoding has a process of its own, which ends after each file.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libvorbis.so\n";
}

namespace strowger::media {
namespace {

using Kind = DecodeError::Kind;
using std::chrono::seconds;

Kind refusal(std::span<const std::byte> file, const Limits& limits = {}) {
  const auto decoded = decode(file, limits);
  EXPECT_FALSE(decoded.has_value());
  if (decoded) return Kind::empty;
  EXPECT_FALSE(decoded.error().what.empty());
  return decoded.error().kind;
}

TEST(Decode, TakesEveryCodingRateAndNumberOfChannels) {
  struct Case {
    FileKind kind;
    const char* source;
  };
  const Case cases[] = {
      {{SF_FORMAT_WAV | SF_FORMAT_PCM_16, 4'000, 1}, "WAV, Signed 16 bit PCM, 4000 Hz, mono"},
      {{SF_FORMAT_WAV | SF_FORMAT_PCM_16, 192'000, 8},
       "WAV, Signed 16 bit PCM, 192000 Hz, 8 channels"},
      {{SF_FORMAT_WAV | SF_FORMAT_PCM_24, 44'100, 2}, "WAV, Signed 24 bit PCM, 44100 Hz, stereo"},
      {{SF_FORMAT_WAV | SF_FORMAT_FLOAT, 48'000, 2}, "WAV, 32 bit float, 48000 Hz, stereo"},
      {{SF_FORMAT_WAV | SF_FORMAT_DOUBLE, 8'000, 1}, "WAV, 64 bit float, 8000 Hz, mono"},
      {{SF_FORMAT_WAVEX | SF_FORMAT_PCM_32, 22'050, 3},
       "WAV, Signed 32 bit PCM, 22050 Hz, 3 channels"},
      {{SF_FORMAT_FLAC | SF_FORMAT_PCM_24, 96'000, 6},
       "FLAC, Signed 24 bit PCM, 96000 Hz, 6 channels"},
      {{SF_FORMAT_OGG | SF_FORMAT_VORBIS, 44'100, 2}, "Ogg, Vorbis, 44100 Hz, stereo"},
      {{SF_FORMAT_OGG | SF_FORMAT_OPUS, 48'000, 2}, "Ogg, Opus, 48000 Hz, stereo"},
      {{SF_FORMAT_MPEG | SF_FORMAT_MPEG_LAYER_III, 44'100, 2},
       "MP3, MPEG Layer III, 44100 Hz, stereo"},
  };
  for (const Case& c : cases) {
    const auto file = sound_file(c.kind, 1.0, 1'000);
    ASSERT_FALSE(file.empty()) << c.source;
    const auto decoded = decode(file, Limits{});
    ASSERT_TRUE(decoded.has_value()) << c.source << ": " << decoded.error().what;
    EXPECT_EQ(decoded->source, c.source);
    EXPECT_NEAR(static_cast<double>(decoded->masters.wide.size()), 16'000, 800) << c.source;
    EXPECT_NEAR(static_cast<double>(decoded->masters.full.size()), 48'000, 2'400) << c.source;
    EXPECT_NEAR(static_cast<double>(decoded->masters.narrow.size()), 8'000, 400) << c.source;
    EXPECT_GT(tone_share(decoded->masters.narrow, 1'000), 0.95) << c.source;
    EXPECT_NEAR(loudness(decoded->masters.narrow), 0.5 / std::sqrt(2.0), 0.03) << c.source;
  }
}

TEST(Decode, WhatATelephoneCannotCarryIsFilteredNotFolded) {
  const auto file = sound_file({SF_FORMAT_WAV | SF_FORMAT_PCM_16, 48'000, 1}, 0.5, 7'000);
  const auto decoded = decode(file, Limits{});
  ASSERT_TRUE(decoded.has_value());
  EXPECT_LT(loudness(decoded->masters.narrow), 0.01) << "7 kHz must not come back as 1 kHz";
}

TEST(Decode, RefusesBeyondEachLimit) {
  const int pcm = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
  EXPECT_EQ(refusal({}), Kind::empty);
  EXPECT_EQ(refusal(std::vector<std::byte>(Limits{}.upload_bytes_max + 1)), Kind::too_large);
  EXPECT_EQ(refusal(sound_file({pcm, 8'000, 9}, 0.1, 440)), Kind::bad_channels);
  EXPECT_EQ(refusal(sound_file({pcm, 3'999, 1}, 0.1, 440)), Kind::bad_rate);
  EXPECT_EQ(refusal(sound_file({pcm, 192'001, 1}, 0.1, 440)), Kind::bad_rate);
  EXPECT_EQ(refusal(sound_file({pcm, 8'000, 1}, 0, 440)), Kind::no_sound);

  const Limits short_ones{.duration_max = std::chrono::milliseconds(1'000)};
  EXPECT_TRUE(decode(sound_file({pcm, 8'000, 1}, 1.0, 440), short_ones).has_value());
  EXPECT_EQ(refusal(sound_file({pcm, 8'000, 1}, 1.001, 440), short_ones), Kind::too_long);
}

// Minutes of silence take a few kilobytes: the header is believed when it tells of too much, and
// counted against when it tells nothing.
TEST(Decode, ABombIsRefusedByItsLength) {
  auto bomb = sound_file({SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 8'000, 1}, 1'200, 0);
  ASSERT_LT(bomb.size(), 100'000U);
  EXPECT_EQ(refusal(bomb), Kind::too_long);

  // STREAMINFO's 36 bits of the number of samples, zero for unknown (RFC 9639 §8.2).
  bomb[21] &= std::byte{0xF0};
  for (std::size_t i = 22; i < 26; ++i) bomb[i] = std::byte{0};
  EXPECT_EQ(refusal(bomb), Kind::too_long);
  EXPECT_EQ(decode(bomb, Limits{}).error().what,
            "The sound is longer than 600 seconds. Shorten it and upload it again.");
}

TEST(Decode, AFlacOfUnknownLengthIsTaken) {
  auto file = sound_file({SF_FORMAT_FLAC | SF_FORMAT_PCM_16, 8'000, 1}, 1.0, 440);
  file[21] &= std::byte{0xF0};
  for (std::size_t i = 22; i < 26; ++i) file[i] = std::byte{0};
  const auto decoded = decode(file, Limits{});
  ASSERT_TRUE(decoded.has_value()) << decoded.error().what;
  EXPECT_EQ(decoded->masters.narrow.size(), 8'000U);
}

TEST(Decode, OnlyTheAcceptedContainersReachADecoder) {
  for (const int format : {SF_FORMAT_AIFF, SF_FORMAT_AU, SF_FORMAT_W64, SF_FORMAT_CAF}) {
    EXPECT_EQ(refusal(sound_file({format | SF_FORMAT_PCM_16, 8'000, 1}, 0.1, 440)),
              Kind::not_audio);
  }
  const std::string text = "#EXTM3U\nfile:///etc/passwd\n";
  const auto decoded = decode(std::as_bytes(std::span(text)), Limits{});
  ASSERT_FALSE(decoded.has_value());
  EXPECT_EQ(decoded.error().what,
            "This is no sound file we know. Use WAV, FLAC, Ogg Vorbis, Opus or MP3.");
}

TEST(Decode, WildFloatsBecomeSoundOrSilence) {
  auto file = sound_file({SF_FORMAT_WAV | SF_FORMAT_FLOAT, 16'000, 1}, 0.1, 440);
  const float wild[] = {std::numeric_limits<float>::quiet_NaN(),
                        std::numeric_limits<float>::infinity(), 1e30F, -1e30F};
  std::memcpy(file.data() + file.size() - sizeof(wild), wild, sizeof(wild));
  const auto decoded = decode(file, Limits{});
  ASSERT_TRUE(decoded.has_value());
  EXPECT_NEAR(static_cast<double>(decoded->masters.narrow.size()), 800, 2);
  EXPECT_GT(tone_share(std::span(decoded->masters.narrow).first(700), 440), 0.95);
}

// Every cut and some thousand wrong bytes: an error or some sound, never more than the limits.
TEST(Decode, DamagedFilesDoNoHarm) {
  SeededRandom random(5);
  const Limits limits{.duration_max = seconds(5)};
  const int formats[] = {SF_FORMAT_WAV | SF_FORMAT_PCM_16, SF_FORMAT_WAV | SF_FORMAT_IMA_ADPCM,
                         SF_FORMAT_FLAC | SF_FORMAT_PCM_16, SF_FORMAT_OGG | SF_FORMAT_VORBIS};
  for (const int format : formats) {
    const auto whole = sound_file({format, 8'000, 1}, 0.2, 440);
    for (int round = 0; round < 200; ++round) {
      auto file = whole;
      for (auto n = random.bits() % 8; n > 0; --n) {
        // Half of them into the header, where they hurt most.
        const std::size_t reach = random.bits() % 2 == 0 ? 64 : file.size();
        file[random.bits() % reach] = static_cast<std::byte>(random.bits());
      }
      if (random.bits() % 4 == 0) file.resize(random.bits() % file.size());
      const auto decoded = decode(file, limits);
      if (decoded) {
        EXPECT_LE(decoded->masters.narrow.size(), 41'000U);
      }
    }
  }
}

}  // namespace
}  // namespace strowger::media
