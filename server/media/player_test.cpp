#include "media/player.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

namespace strowger::media {
namespace {

std::vector<std::byte> filled(std::size_t count, int value) {
  return std::vector<std::byte>(count, static_cast<std::byte>(value));
}

TEST(Prompt, IsPaddedWithSilenceToWholeFrames) {
  const auto prompt = Prompt::from_encoded(filled(161, 1), filled(100, 2));
  ASSERT_EQ(prompt->frames(), 2U);
  EXPECT_EQ(prompt->duration_ms(), 40);
  const auto last = prompt->frame(Codec::pcmu, 1);
  ASSERT_EQ(last.size(), frame_samples);
  EXPECT_EQ(last[0], std::byte{1});
  EXPECT_EQ(last[1], silence_byte(Codec::pcmu));
  EXPECT_EQ(prompt->frame(Codec::pcma, 0)[99], std::byte{2});
  EXPECT_EQ(prompt->frame(Codec::pcma, 0)[100], silence_byte(Codec::pcma));
}

TEST(Prompt, IsEncodedFromSamples) {
  const std::vector<std::int16_t> samples(160, 1'000);
  const auto prompt = Prompt::from_pcm(samples);
  EXPECT_EQ(prompt->frame(Codec::pcmu, 0)[0], encode(Codec::pcmu, 1'000));
  EXPECT_EQ(prompt->frame(Codec::pcma, 0)[0], encode(Codec::pcma, 1'000));
  EXPECT_EQ(Prompt::from_pcm({})->frames(), 0U);
}

TEST(Prompt, MapsMemoryThatAnotherKeeps) {
  const auto owner = std::make_shared<std::vector<std::byte>>(filled(320, 7));
  const auto both = [](std::span<const std::byte> pcmu, std::span<const std::byte> pcma) {
    PerCodec<std::span<const std::byte>> bytes;
    bytes[Codec::pcmu] = pcmu;
    bytes[Codec::pcma] = pcma;
    return bytes;
  };
  const auto prompt = Prompt::mapped(both(*owner, *owner), owner);
  ASSERT_TRUE(prompt);
  EXPECT_EQ(prompt->frame(Codec::pcma, 1).data(), owner->data() + 160);
  EXPECT_EQ(owner.use_count(), 2);
  const std::span whole(*owner);
  EXPECT_FALSE(Prompt::mapped(both(whole.first(160), whole), owner));
  EXPECT_FALSE(Prompt::mapped(both(whole.first(3), whole.first(3)), owner));
}

int frames_played(Player& player, int at_most) {
  int frames = 0;
  while (frames < at_most && player.next()) ++frames;
  return frames;
}

TEST(Player, PlaysAsOftenAsAsked) {
  const auto prompt = Prompt::from_encoded(filled(480, 1), filled(480, 1));
  struct Case {
    int plays;
    int frames;
    bool done;
  };
  const Case cases[] = {{1, 3, true}, {3, 9, true}, {-1, 0, true}, {Player::endless, 100, false}};
  for (const Case& c : cases) {
    Player player(prompt, Codec::pcmu, c.plays);
    EXPECT_EQ(frames_played(player, 100), c.frames);
    EXPECT_EQ(player.done(), c.done);
    EXPECT_EQ(player.played_ms(), c.frames * 20);
  }
}

TEST(Player, TellsWhereItIs) {
  Player player(Prompt::from_encoded(filled(320, 1), filled(320, 1)), Codec::pcma, 2);
  EXPECT_EQ(player.position_ms(), 0);
  player.next();
  EXPECT_EQ(player.position_ms(), 20);
  player.next();
  player.next();
  EXPECT_EQ(player.position_ms(), 20) << "in the second round";
  EXPECT_EQ(player.played_ms(), 60);
}

TEST(Player, FramesComeFromThePromptItself) {
  const auto prompt = Prompt::from_encoded(filled(160, 1), filled(160, 2));
  EXPECT_EQ(Player(prompt, Codec::pcma).next()->data(), prompt->frame(Codec::pcma, 0).data());
}

TEST(Player, NothingToPlayIsDoneAtOnce) {
  EXPECT_TRUE(Player(Prompt::from_pcm({}), Codec::pcmu, Player::endless).done());
  Player without(nullptr, Codec::pcmu);
  EXPECT_TRUE(without.done());
  EXPECT_FALSE(without.next().has_value());
}

}  // namespace
}  // namespace strowger::media
