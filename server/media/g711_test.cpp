#include "media/g711.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>

namespace strowger::media {
namespace {

int code_of(Codec codec, int sample) {
  return std::to_integer<int>(encode(codec, static_cast<std::int16_t>(sample)));
}

// ITU-T G.711 tables 1a, 1b, 2a, 2b: the ends, the middle, and where segments meet.
TEST(G711, EncodesTheValuesOfTheTables) {
  struct Case {
    int sample;
    int mu;
    int a;
  };
  const Case cases[] = {
      {0, 0xFF, 0xD5},      {1, 0xFF, 0xD5},      {-1, 0x7F, 0x55},     {8, 0xFE, 0xD5},
      {-8, 0x7E, 0x55},     {32, 0xFB, 0xD7},     {1'000, 0xCE, 0xFA},  {-1'000, 0x4E, 0x7A},
      {8'031, 0xA0, 0x8A},  {32'767, 0x80, 0xAA}, {-32'768, 0x00, 0x2A}, {32'635, 0x80, 0xAA},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(code_of(Codec::pcmu, c.sample), c.mu) << c.sample;
    EXPECT_EQ(code_of(Codec::pcma, c.sample), c.a) << c.sample;
  }
}

TEST(G711, DecodesTheValuesOfTheTables) {
  struct Case {
    int code;
    int mu;
    int a;
  };
  const Case cases[] = {{0x80, 32'124, 5'504}, {0x00, -32'124, -5'504}, {0xFF, 0, 848},
                        {0x7F, 0, -848},       {0xAA, 5'372, 32'256},   {0x2A, -5'372, -32'256},
                        {0xD5, 716, 8},        {0x55, -716, -8}};
  for (const Case& c : cases) {
    EXPECT_EQ(decode(Codec::pcmu, static_cast<std::byte>(c.code)), c.mu) << c.code;
    EXPECT_EQ(decode(Codec::pcma, static_cast<std::byte>(c.code)), c.a) << c.code;
  }
}

TEST(G711, EveryCodeSurvivesARoundTrip) {
  for (const Codec codec : {Codec::pcmu, Codec::pcma}) {
    for (int code = 0; code < 256; ++code) {
      const int again = code_of(codec, decode(codec, static_cast<std::byte>(code)));
      const bool minus_zero = codec == Codec::pcmu && code == 0x7F;
      EXPECT_EQ(again, minus_zero ? 0xFF : code);
    }
  }
}

// Steps are a sixteenth of where their segment begins: half of that is the worst error.
TEST(G711, NoSampleIsOffByMoreThanHalfAStep) {
  for (const Codec codec : {Codec::pcmu, Codec::pcma}) {
    int before = -32'768;
    for (int sample = -32'768; sample <= 32'767; ++sample) {
      const int got = decode(codec, encode(codec, static_cast<std::int16_t>(sample)));
      ASSERT_LE(std::abs(got - sample), std::max(8, (std::abs(sample) + 132) / 32)) << sample;
      ASSERT_GE(got, before) << sample;
      before = got;
    }
  }
}

TEST(G711, SilenceIsSilent) {
  for (const Codec codec : {Codec::pcmu, Codec::pcma}) {
    EXPECT_EQ(encode(codec, 0), silence_byte(codec));
    EXPECT_LE(std::abs(decode(codec, silence_byte(codec))), 8);
  }
}

TEST(G711, NamesAreThoseOfSdp) {
  EXPECT_EQ(codec_named("PCMU"), Codec::pcmu);
  EXPECT_EQ(codec_named("pcma"), Codec::pcma);
  EXPECT_EQ(codec_named("g722"), Codec::g722);
  EXPECT_EQ(codec_named("OPUS"), Codec::opus);
  EXPECT_EQ(codec_named("G729"), std::nullopt);
  EXPECT_EQ(codec_named(""), std::nullopt);
}

}  // namespace
}  // namespace strowger::media
