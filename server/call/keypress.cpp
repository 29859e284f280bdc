#include "call/keypress.hpp"

#include "media/encodings.hpp"
#include "media/g711.hpp"

namespace strowger::call {

namespace {

// Somebody has to find the key, and hears the sentence again.
constexpr std::size_t pause_before = 400 * media::sample_rate / 1'000;
constexpr std::size_t pause_behind = 2 * media::sample_rate;

Media spoken() {
  media::Pcm sound;
  sound.rate = media::sample_rate;
  sound.samples = media::decode(media::Codec::pcmu, press_one_bytes());
  sound.samples.insert(sound.samples.begin(), pause_before, 0);
  sound.samples.resize(sound.samples.size() + pause_behind);
  auto encodings = media::encode_sound(media::every_codec, media::masters_of(sound));
  return {.id = "press one",
          .name = "Press one",
          .prompt = media::Prompt::from_encodings(std::move(encodings))};
}

}  // namespace

const Media& press_one() {
  static const Media sound = spoken();
  return sound;
}

}  // namespace strowger::call
