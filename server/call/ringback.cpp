#include "call/ringback.hpp"

#include "media/encodings.hpp"
#include "media/tone.hpp"

namespace strowger::call {

namespace {

using media::Codec;

std::vector<std::int16_t> samples_at(int rate) {
  constexpr std::size_t seconds = 5;
  auto samples = media::sine(
      {.hz = 425, .length = std::chrono::milliseconds{1'000}, .level = 0.1, .rate = rate});
  samples.resize(seconds * static_cast<std::size_t>(rate));
  return samples;
}

Media make(Codec codec) {
  const media::Masters masters{
      .narrow = samples_at(8'000), .wide = samples_at(16'000), .full = samples_at(48'000)};
  media::Encodings encodings;
  encodings[codec] = media::encode_sound(codec, masters);
  return {.id = "ringing tone",
          .name = "Ringing tone",
          .prompt = media::Prompt::from_encodings(std::move(encodings))};
}

template <Codec codec>
const Media& tone_in() {
  static const Media tone = make(codec);
  return tone;
}

}  // namespace

const Media& ringing_tone(Codec codec) {
  switch (codec) {
    case Codec::pcmu: return tone_in<Codec::pcmu>();
    case Codec::pcma: return tone_in<Codec::pcma>();
    case Codec::g722: return tone_in<Codec::g722>();
    case Codec::opus: return tone_in<Codec::opus>();
  }
  return tone_in<Codec::pcmu>();
}

}  // namespace strowger::call
