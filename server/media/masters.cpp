#include "media/masters.hpp"

#include "media/resample.hpp"

namespace strowger::media {

namespace {

std::vector<std::int16_t> at_rate(const Pcm& pcm, std::span<const float> samples, int rate) {
  std::vector<std::int16_t> out;
  Resampler resampler(pcm.rate, rate);
  resampler.feed(samples, out);
  resampler.finish(out);
  return out;
}

}  // namespace

Masters masters_of(const Pcm& pcm) {
  std::vector<float> samples;
  samples.reserve(pcm.samples.size());
  for (const std::int16_t sample : pcm.samples) samples.push_back(sample / 32'768.0F);
  return {.narrow = at_rate(pcm, samples, 8'000),
          .wide = at_rate(pcm, samples, 16'000),
          .full = at_rate(pcm, samples, 48'000)};
}

}  // namespace strowger::media
