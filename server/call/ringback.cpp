#include "call/ringback.hpp"

#include "media/tone.hpp"

namespace strowger::call {

namespace {

Media make() {
  constexpr std::size_t pause_samples = 4 * 8'000;
  auto samples = media::sine(
      {.hz = 425, .length = std::chrono::milliseconds{1'000}, .level = 0.1});
  samples.resize(samples.size() + pause_samples);
  return {.id = "ringing tone",
          .name = "Ringing tone",
          .prompt = media::Prompt::from_pcm(samples)};
}

}  // namespace

const Media& ringing_tone() {
  static const Media tone = make();
  return tone;
}

}  // namespace strowger::call
