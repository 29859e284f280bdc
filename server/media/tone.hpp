// Tones: made for prompts and tests, and found again in what was heard (Goertzel's filter).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace strowger::media {

constexpr std::chrono::milliseconds tone_length_max{60'000};

struct Tone {
  double hz = 440;
  std::chrono::milliseconds length{1'000};  // at most tone_length_max
  double level = 0.25;                      // peak, 1 = full scale
  int rate = 8'000;                         // Hz, of the samples
};
std::vector<std::int16_t> sine(const Tone& tone);

// Two tones of a keypad digit; nothing for a character that is no digit.
std::vector<std::int16_t> dtmf_tone(char digit, std::chrono::milliseconds length);

// Share 0..1 of the sound's power that lies at `hz` (`rate` samples a second); 0 for silence.
double tone_share(std::span<const std::int16_t> samples, double hz, int rate = 8'000);

// Root mean square, 1 = full scale.
double loudness(std::span<const std::int16_t> samples);

// The keypad digit that a stretch of at least 20 ms holds; none when it is speech or silence.
std::optional<char> dtmf_digit(std::span<const std::int16_t> samples);
// All digits of a recording, told apart by pauses of 20 ms.
std::string dtmf_heard(std::span<const std::int16_t> samples);

}  // namespace strowger::media
