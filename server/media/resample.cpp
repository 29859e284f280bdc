#include "media/resample.hpp"

#include <soxr.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace strowger::media {

namespace {

// Float files may hold anything.
float tamed(float value) { return std::isfinite(value) ? std::clamp(value, -1.0F, 1.0F) : 0.0F; }

std::int16_t sample_of(float value) {
  return static_cast<std::int16_t>(std::clamp(std::lround(value * 32'768.0F), -32'768L, 32'767L));
}

soxr_t create(int from, int to) {
  const soxr_io_spec_t io = [] {
    soxr_io_spec_t spec = soxr_io_spec(SOXR_FLOAT32_I, SOXR_INT16_I);
    spec.flags |= SOXR_NO_DITHER;  // silence stays silence, and the same file the same bytes
    return spec;
  }();
  const soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
  const soxr_runtime_spec_t one_thread = soxr_runtime_spec(1);
  soxr_error_t error = nullptr;
  return soxr_create(from, to, 1, &error, &io, &quality, &one_thread);
}

}  // namespace

struct Resampler::Engine {
  Engine(int from, int to) : soxr(create(from, to)) {}
  ~Engine() { soxr_delete(soxr); }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;
  soxr_t soxr;
};

Resampler::Resampler(int from, int to) {
  if (from != to) engine_ = std::make_unique<Engine>(from, to);
}

Resampler::~Resampler() = default;

void Resampler::feed(std::span<const float> samples, std::vector<std::int16_t>& out) {
  if (!engine_) {
    for (const float value : samples) out.push_back(sample_of(tamed(value)));
    return;
  }
  std::array<float, 4096> block;
  while (!samples.empty()) {
    const std::size_t count = std::min(samples.size(), block.size());
    std::ranges::transform(samples.first(count), block.begin(), tamed);
    run(block.data(), count, out);
    samples = samples.subspan(count);
  }
}

void Resampler::finish(std::vector<std::int16_t>& out) {
  if (engine_) run(nullptr, 0, out);
}

// soxr takes input as it likes and gives output as it has; both are asked for until dry.
void Resampler::run(const float* samples, std::size_t count, std::vector<std::int16_t>& out) {
  if (!engine_->soxr) return;
  std::array<std::int16_t, 4096> block;
  for (;;) {
    std::size_t used = 0;
    std::size_t made = 0;
    const soxr_error_t error =
        soxr_process(engine_->soxr, samples, count, &used, block.data(), block.size(), &made);
    if (error) return;
    out.insert(out.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(made));
    if (samples) samples += used;
    count -= used;
    const bool dry = count == 0 && made < block.size();
    const bool stuck = used == 0 && made == 0;
    if (dry || stuck) return;
  }
}

}  // namespace strowger::media
