#include "media/wav.hpp"

#include "media/decode.hpp"

#include <gtest/gtest.h>

#include <string>

namespace strowger::media {
namespace {

const Pcm sound{16'000, {0, 1, -1, 32'767, -32'768, 256}};

TEST(Wav, WhatIsWrittenIsRead) {
  const auto file = write_wav(sound);
  EXPECT_EQ(file.size(), 44U + 12U);
  const auto again = read_wav(file);
  ASSERT_TRUE(again.has_value()) << again.error().what;
  EXPECT_EQ(again->rate, 16'000);
  EXPECT_EQ(again->samples, sound.samples);
  EXPECT_TRUE(read_wav(write_wav({})).value().samples.empty());
}

TEST(Wav, OthersReadItToo) {
  const auto decoded = decode(write_wav({8'000, {1, 2, 3, -4}}), Limits{});
  ASSERT_TRUE(decoded.has_value()) << decoded.error().what;
  EXPECT_EQ(decoded->masters.narrow, (std::vector<std::int16_t>{1, 2, 3, -4}));
}

TEST(Wav, ACutRecordingIsReadAsFarAsItGoes) {
  auto file = write_wav(sound);
  file.resize(44 + 5);
  EXPECT_EQ(read_wav(file).value().samples, (std::vector<std::int16_t>{0, 1}));
}

TEST(Wav, NoCutReadsBeyondItsEnd) {
  const auto file = write_wav(sound);
  for (std::size_t length = 0; length < 44; ++length) {
    const std::vector<std::byte> cut(file.begin(),
                                     file.begin() + static_cast<std::ptrdiff_t>(length));
    EXPECT_FALSE(read_wav(cut).has_value()) << length;
  }
}

TEST(Wav, OtherKindsAreRefusedWithWords) {
  struct Case {
    std::size_t at;
    int value;
    const char* what;
  };
  const Case cases[] = {{0, 'X', "not a WAV file"},
                        {20, 3, "not a WAV file of 16-bit PCM, mono"},
                        {22, 2, "not a WAV file of 16-bit PCM, mono"},
                        {34, 8, "not a WAV file of 16-bit PCM, mono"},
                        {27, 0x7F, "the WAV sample rate is not 1..1000000 Hz"},
                        {36, 'D', "the WAV file has no sound in it"}};
  for (const Case& c : cases) {
    auto file = write_wav(sound);
    file[c.at] = static_cast<std::byte>(c.value);
    const auto read = read_wav(file);
    ASSERT_FALSE(read.has_value()) << c.at;
    EXPECT_EQ(read.error().what, c.what);
  }
}

}  // namespace
}  // namespace strowger::media
