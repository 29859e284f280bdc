#include "sim/sound.hpp"

#include "media/tone.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

namespace strowger::sim {
namespace {

constexpr double silence_level = 0.004;  // below -48 dB: G.711's own noise around zero
constexpr double tone_share_min = 0.6;   // of a frame's power; a frame has 50 Hz resolution
constexpr std::size_t frame = media::frame_samples;

double frame_tone(std::span<const std::int16_t> samples, std::span<const double> expected) {
  if (media::loudness(samples) < silence_level) return Stretch::silence_hz;
  double best = Stretch::no_tone;
  double best_share = tone_share_min;
  for (const double hz : expected) {
    const double share = media::tone_share(samples, hz);
    if (share <= best_share) continue;
    best = hz;
    best_share = share;
  }
  return best;
}

std::optional<double> window_tone(std::span<const std::int16_t> samples) {
  constexpr double share_min = 0.5;
  double best = 0;
  double best_share = share_min;
  for (double hz = 100; hz <= 3'500; hz += 10) {
    const double share = media::tone_share(samples, hz);
    if (share <= best_share) continue;
    best = hz;
    best_share = share;
  }
  if (best == 0) return std::nullopt;
  return best;
}

void append(std::vector<Stretch>& stretches, double hz) {
  constexpr Milliseconds one{media::frame_ms};
  if (!stretches.empty() && stretches.back().hz == hz) {
    stretches.back().length += one;
  } else {
    stretches.push_back({hz, one});
  }
}

// Where one tone passes into the next a frame may hold both, and be neither.
void absorb_odd_frames(std::vector<Stretch>& stretches) {
  for (std::size_t i = 1; i + 1 < stretches.size();) {
    const Stretch odd = stretches[i];
    if (odd.hz != Stretch::no_tone || odd.length > Milliseconds{media::frame_ms}) {
      ++i;
      continue;
    }
    stretches[i - 1].length += odd.length;
    stretches.erase(stretches.begin() + static_cast<std::ptrdiff_t>(i));
    if (stretches[i - 1].hz == stretches[i].hz) {
      stretches[i - 1].length += stretches[i].length;
      stretches.erase(stretches.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
}

}  // namespace

std::string text(const Stretch& stretch) {
  const auto length = stretch.length.count();
  if (stretch.silent()) return fmt::format("silence {} ms", length);
  if (stretch.hz == Stretch::no_tone) return fmt::format("sound {} ms", length);
  return fmt::format("{:g} Hz {} ms", stretch.hz, length);
}

std::string text(std::span<const Stretch> stretches) {
  if (stretches.empty()) return "nothing";
  std::string all;
  for (const Stretch& stretch : stretches) {
    if (!all.empty()) all += ", ";
    all += text(stretch);
  }
  return all;
}

std::vector<std::int16_t> render(std::span<const Stretch> stretches) {
  std::vector<std::int16_t> pcm;
  for (const Stretch& stretch : stretches) {
    if (stretch.silent()) {
      pcm.resize(pcm.size() + static_cast<std::size_t>(stretch.length.count()) * 8);
      continue;
    }
    const auto tone = media::sine({.hz = stretch.hz, .length = stretch.length});
    pcm.insert(pcm.end(), tone.begin(), tone.end());
  }
  return pcm;
}

std::shared_ptr<const media::Prompt> make_prompt(std::span<const Stretch> stretches) {
  return media::Prompt::from_pcm(render(stretches));
}

std::vector<Stretch> listen(std::span<const std::int16_t> pcm, std::span<const double> expected) {
  std::vector<Stretch> stretches;
  for (std::size_t at = 0; at < pcm.size(); at += frame) {
    const auto samples = pcm.subspan(at, std::min(frame, pcm.size() - at));
    append(stretches, frame_tone(samples, expected));
  }
  absorb_odd_frames(stretches);
  return stretches;
}

std::optional<double> dominant_tone(std::span<const std::int16_t> pcm) {
  constexpr std::size_t window = 1'600;  // 200 ms: 5 Hz resolution
  constexpr std::size_t windows_max = 20;
  std::vector<std::span<const std::int16_t>> loud;
  for (std::size_t at = 0; at + window <= pcm.size(); at += window) {
    if (media::loudness(pcm.subspan(at, window)) > silence_level) {
      loud.push_back(pcm.subspan(at, window));
    }
  }
  // The tone that most of them have; the first one of equals. Long recordings are sampled.
  std::map<double, std::size_t> votes;
  const std::size_t stride = loud.size() / windows_max + 1;
  std::optional<double> winner;
  for (std::size_t i = 0; i < loud.size(); i += stride) {
    const auto tone = window_tone(loud[i]);
    if (!tone) continue;
    ++votes[*tone];
    if (!winner || votes[*tone] > votes[*winner]) winner = tone;
  }
  return winner;
}

}  // namespace strowger::sim
