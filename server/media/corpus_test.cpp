// Every file of tests/corpus/media, and what becomes of it.
#include "media/chunk.hpp"
#include "media/decode.hpp"
#include "media/g711.hpp"
#include "media/tone.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>

namespace strowger::media {
namespace {

using Kind = DecodeError::Kind;
const std::filesystem::path folder = STROWGER_SOURCE_DIR "/tests/corpus/media";

struct Want {
  std::optional<Kind> refusal;
  double ms = 2'000;     // when not refused
  bool is_tone = true;  // of 440 Hz
};

const std::map<std::string, Want>& wants() {
  static const std::map<std::string, Want> table = {
      {"alaw.wav", {}},
      {"channels-0.wav", {Kind::not_audio}},
      {"data-size-ffffffff.wav", {}},
      {"empty.wav", {Kind::empty}},
      {"fmt-after-data.wav", {Kind::not_audio}},
      {"gsm.wav", {}},
      {"ima.wav", {}},
      {"list-chunks.wav", {}},
      {"msadpcm.wav", {}},
      {"odd-11025.wav", {}},
      {"ok.flac", {}},
      {"ok.mp3", {}},
      {"ok.opus", {}},
      {"rate-0.wav", {Kind::not_audio}},
      {"short-header.wav", {Kind::not_audio}},
      {"speech-en.wav", {std::nullopt, 4'774, false}},
      {"text.wav", {Kind::not_audio}},
      {"truncated.mp3", {std::nullopt, 500}},
      {"truncated.wav", {std::nullopt, 60}},
      {"u8.wav", {}},
      {"ulaw.wav", {}},
      {"zero-length.wav", {Kind::no_sound}},
  };
  return table;
}

std::vector<std::byte> read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<std::byte> bytes;
  for (std::istreambuf_iterator<char> it(file), end; it != end; ++it) {
    bytes.push_back(static_cast<std::byte>(*it));
  }
  return bytes;
}

void check(const std::filesystem::path& path, const Want& want) {
  SCOPED_TRACE(path.filename().string());
  const auto decoded = decode(read(path), Limits{});
  ASSERT_EQ(decoded.has_value(), !want.refusal.has_value());
  if (!decoded) {
    EXPECT_EQ(decoded.error().kind, *want.refusal) << decoded.error().what;
    EXPECT_TRUE(decoded.error().what.ends_with('.')) << decoded.error().what;
    return;
  }
  const auto& samples = decoded->masters.narrow;
  EXPECT_NEAR(static_cast<double>(samples.size()) / 8, want.ms, 25);
  EXPECT_EQ(tone_share(samples, 440) > 0.95, want.is_tone);
  EXPECT_GT(loudness(samples), 0.05);
}

TEST(MediaCorpus, EveryFileBecomesWhatItMust) {
  std::size_t seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".md") continue;
    const auto want = wants().find(entry.path().filename().string());
    ASSERT_NE(want, wants().end()) << entry.path() << " has no line in the table";
    check(entry.path(), want->second);
    ++seen;
  }
  EXPECT_EQ(seen, wants().size());
}

// The bytes of the data chunk, found without libsndfile.
std::vector<std::byte> data_of(std::span<const std::byte> file) {
  ChunkReader reader(file);
  reader.take(12);
  while (reader.left() >= 8) {
    const std::string name = reader.text(4);
    const Bytes chunk = reader.take(reader.number(4));
    if (name == "data") return {chunk.begin(), chunk.end()};
  }
  return {};
}

TEST(MediaCorpus, OurG711AgreesWithAnotherOne) {
  for (const auto& [file, codec] :
       {std::pair{"ulaw.wav", Codec::pcmu}, std::pair{"alaw.wav", Codec::pcma}}) {
    const auto bytes = read(folder / file);
    const auto data = data_of(bytes);
    EXPECT_EQ(data.size(), 16'000U);
    EXPECT_EQ(decode(codec, data), decode(bytes, Limits{}).value().masters.narrow) << file;
  }
}

}  // namespace
}  // namespace strowger::media
