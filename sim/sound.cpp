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
constexpr int enough_rate = 16'000;  // Hz, to look for any tone at all: the search is long
constexpr double tone_share_min = 0.6;   // of a frame's power; a frame has 50 Hz resolution

double frame_tone(std::span<const std::int16_t> samples, std::span<const double> expected,
                  int rate) {
  if (media::loudness(samples) < silence_level) return Stretch::silence_hz;
  double best = Stretch::no_tone;
  double best_share = tone_share_min;
  for (const double hz : expected) {
    const double share = media::tone_share(samples, hz, rate);
    if (share <= best_share) continue;
    best = hz;
    best_share = share;
  }
  return best;
}

std::optional<double> window_tone(std::span<const std::int16_t> samples, int rate) {
  constexpr double share_min = 0.5;
  double best = 0;
  double best_share = share_min;
  const double highest = rate > 8'000 ? 7'500 : 3'500;
  for (double hz = 100; hz <= highest; hz += 10) {
    const double share = media::tone_share(samples, hz, rate);
    if (share <= best_share) continue;
    best = hz;
    best_share = share;
  }
  if (best == 0) return std::nullopt;
  return best;
}

// Every so many samples become one. Tones near the new limit suffer; those are not looked for.
std::vector<std::int16_t> slower(std::span<const std::int16_t> pcm, int factor) {
  const auto count = static_cast<std::size_t>(factor);
  std::vector<std::int16_t> fewer;
  fewer.reserve(pcm.size() / count);
  for (std::size_t at = 0; at + count <= pcm.size(); at += count) {
    int sum = 0;
    for (const std::int16_t sample : pcm.subspan(at, count)) sum += sample;
    fewer.push_back(static_cast<std::int16_t>(sum / factor));
  }
  return fewer;
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

std::vector<std::int16_t> render(std::span<const Stretch> stretches, int rate) {
  std::vector<std::int16_t> pcm;
  for (const Stretch& stretch : stretches) {
    if (stretch.silent() || stretch.hz * 2 >= rate) {
      pcm.resize(pcm.size() + static_cast<std::size_t>(stretch.length.count() * rate / 1'000));
      continue;
    }
    const auto tone = media::sine({.hz = stretch.hz, .length = stretch.length, .rate = rate});
    pcm.insert(pcm.end(), tone.begin(), tone.end());
  }
  return pcm;
}

media::Encodings encode(std::span<const Stretch> stretches, std::span<const media::Codec> codecs) {
  const media::Masters masters{.narrow = render(stretches, 8'000),
                               .wide = render(stretches, 16'000),
                               .full = render(stretches, 48'000)};
  return media::encode_sound(codecs, masters);
}

std::shared_ptr<const media::Prompt> make_prompt(std::span<const Stretch> stretches,
                                                 std::span<const media::Codec> codecs) {
  return media::Prompt::from_encodings(encode(stretches, codecs));
}

std::vector<Stretch> listen(std::span<const std::int16_t> pcm, std::span<const double> expected,
                            int rate) {
  const auto frame = static_cast<std::size_t>(rate) / media::frames_per_second;
  std::vector<Stretch> stretches;
  for (std::size_t at = 0; at < pcm.size(); at += frame) {
    const auto samples = pcm.subspan(at, std::min(frame, pcm.size() - at));
    const double tone = frame_tone(samples, expected, rate);
    // What is left at the end is too short to tell one tone from its neighbour.
    const bool goes_on = samples.size() < frame && !stretches.empty() &&
                         !stretches.back().silent() && tone != Stretch::silence_hz;
    append(stretches, goes_on ? stretches.back().hz : tone);
  }
  absorb_odd_frames(stretches);
  return stretches;
}

std::optional<double> dominant_tone(std::span<const std::int16_t> pcm, int rate) {
  if (rate > enough_rate) return dominant_tone(slower(pcm, rate / enough_rate), enough_rate);
  const auto window = static_cast<std::size_t>(rate) / 5;  // 200 ms: 5 Hz resolution
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
    const auto tone = window_tone(loud[i], rate);
    if (!tone) continue;
    ++votes[*tone];
    if (!winner || votes[*tone] > votes[*winner]) winner = tone;
  }
  return winner;
}

}  // namespace strowger::sim
