#include "media/tone.hpp"

#include "media/g711.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <string_view>

namespace strowger::media {

namespace {

// ITU-T Q.23: a row and a column for each key.
constexpr std::array<double, 4> row_hz = {697, 770, 852, 941};
constexpr std::array<double, 4> column_hz = {1209, 1336, 1477, 1633};
constexpr std::string_view keys = "123A456B789C*0#D";

constexpr double dtmf_level = 0.25;         // peak of each of the two tones
constexpr double dtmf_share_min = 0.7;      // of the power, in the two tones together
constexpr double dtmf_tone_share_min = 0.1;  // in each: a twist of 8 dB is allowed
constexpr double audible = 0.005;           // -46 dBFS
constexpr std::size_t dtmf_samples_min = frame_samples;

std::size_t samples_in(const Tone& tone) {
  const auto ms = std::clamp(tone.length, std::chrono::milliseconds(0), tone_length_max).count();
  return static_cast<std::size_t>(ms * tone.rate / 1'000);
}

double angle(double hz, int rate) { return 2 * std::numbers::pi * hz / rate; }

std::int16_t sample_of(double value) {
  return static_cast<std::int16_t>(std::lround(std::clamp(value, -1.0, 1.0) * 32'767));
}

struct Strongest {
  std::size_t index = 0;
  double share = 0;
};

Strongest strongest(std::span<const std::int16_t> samples, std::span<const double> tones_hz) {
  Strongest best;
  for (std::size_t i = 0; i < tones_hz.size(); ++i) {
    const double share = tone_share(samples, tones_hz[i]);
    if (share > best.share) best = {i, share};
  }
  return best;
}

}  // namespace

std::vector<std::int16_t> sine(const Tone& tone) {
  std::vector<std::int16_t> samples(samples_in(tone));
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double at = angle(tone.hz, tone.rate) * static_cast<double>(i);
    samples[i] = sample_of(tone.level * std::sin(at));
  }
  return samples;
}

std::vector<std::int16_t> dtmf_tone(char digit, std::chrono::milliseconds length) {
  const auto key = keys.find(digit);
  if (key == std::string_view::npos) return {};
  const auto low = sine({.hz = row_hz[key / 4], .length = length, .level = dtmf_level});
  auto both = sine({.hz = column_hz[key % 4], .length = length, .level = dtmf_level});
  for (std::size_t i = 0; i < both.size(); ++i) {
    both[i] = static_cast<std::int16_t>(both[i] + low[i]);
  }
  return both;
}

double tone_share(std::span<const std::int16_t> samples, double hz, int rate) {
  const double turn = 2 * std::cos(angle(hz, rate));
  double last = 0;
  double before = 0;
  double power = 0;
  for (const std::int16_t sample : samples) {
    const double next = sample + turn * last - before;
    before = last;
    last = next;
    power += static_cast<double>(sample) * sample;
  }
  if (power <= 0) return 0;
  const double at_hz = last * last + before * before - turn * last * before;
  return std::clamp(2 * at_hz / (static_cast<double>(samples.size()) * power), 0.0, 1.0);
}

double loudness(std::span<const std::int16_t> samples) {
  if (samples.empty()) return 0;
  double power = 0;
  for (const std::int16_t sample : samples) power += static_cast<double>(sample) * sample;
  return std::sqrt(power / static_cast<double>(samples.size())) / 32'768;
}

std::optional<char> dtmf_digit(std::span<const std::int16_t> samples) {
  if (samples.size() < dtmf_samples_min || loudness(samples) < audible) return std::nullopt;
  const Strongest row = strongest(samples, row_hz);
  const Strongest column = strongest(samples, column_hz);
  if (row.share + column.share < dtmf_share_min) return std::nullopt;
  if (std::min(row.share, column.share) < dtmf_tone_share_min) return std::nullopt;
  return keys[row.index * 4 + column.index];
}

std::string dtmf_heard(std::span<const std::int16_t> samples) {
  std::string digits;
  std::optional<char> current;
  while (samples.size() >= frame_samples) {
    const auto digit = dtmf_digit(samples.first(frame_samples));
    if (digit && digit != current) digits += *digit;
    current = digit;
    samples = samples.subspan(frame_samples);
  }
  return digits;
}

}  // namespace strowger::media
