// Prompts made of tones, and telling by ear what came out at the other end.
#pragma once

#include "media/prompt.hpp"

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace strowger::sim {

using Milliseconds = std::chrono::milliseconds;

// A piece of sound: a tone, silence (0 Hz), or something that is neither.
struct Stretch {
  static constexpr double silence_hz = 0;
  static constexpr double no_tone = -1;

  double hz = silence_hz;
  Milliseconds length{0};

  bool silent() const { return hz == silence_hz; }
  bool operator==(const Stretch&) const = default;
};

// "440 Hz 2400 ms", "silence 500 ms", "sound 100 ms"; several with commas; "nothing".
std::string text(const Stretch& stretch);
std::string text(std::span<const Stretch> stretches);

// At `rate` samples a second; tones that it can't hold are silence.
std::vector<std::int16_t> render(std::span<const Stretch> stretches, int rate = 8'000);
media::Encodings encode(std::span<const Stretch> stretches, std::span<const media::Codec> codecs);
std::shared_ptr<const media::Prompt> make_prompt(
    std::span<const Stretch> stretches,
    std::span<const media::Codec> codecs = media::g711_codecs);

// Cuts sound of `rate` samples a second into stretches by the 20 ms frame. Only tones of `expected`
// are told from other sound. A single odd frame between two stretches belongs to the one before it.
std::vector<Stretch> listen(std::span<const std::int16_t> pcm, std::span<const double> expected,
                            int rate = 8'000);

// The tone that most of the sound's power lies at, to 10 Hz; nothing when there is no such tone.
std::optional<double> dominant_tone(std::span<const std::int16_t> pcm, int rate = 8'000);

}  // namespace strowger::sim
