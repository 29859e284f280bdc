#include "media/decode.hpp"

#include "media/resample.hpp"
#include "media/sound_file.hpp"

#include <array>
#include <utility>

namespace strowger::media {

namespace {

using Kind = DecodeError::Kind;

constexpr std::size_t block_frames = 4'096;

tl::unexpected<DecodeError> refuse(Kind kind, std::string what) {
  return tl::unexpected(DecodeError{kind, std::move(what)});
}

std::string accepted() { return "Use " + std::string(accepted_formats) + "."; }

tl::unexpected<DecodeError> refuse_length(const Limits& limits) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limits.duration_max);
  return refuse(Kind::too_long, "The sound is longer than " + std::to_string(seconds.count()) +
                                    " seconds. Shorten it and upload it again.");
}

Result<void, DecodeError> check_size(std::size_t bytes, const Limits& limits) {
  if (bytes == 0) return refuse(Kind::empty, "The file is empty. " + accepted());
  if (bytes > limits.upload_bytes_max) {
    return refuse(Kind::too_large, "The file has " + std::to_string(bytes) +
                                       " bytes; at most " +
                                       std::to_string(limits.upload_bytes_max) +
                                       " are taken. Use MP3 or Opus to make it smaller.");
  }
  return {};
}

std::int64_t frames_max(const SoundFile& sound, const Limits& limits) {
  return limits.duration_max.count() * sound.rate() / 1'000;
}

Result<void, DecodeError> check_header(const SoundFile& sound, const Limits& limits) {
  if (!sound.opened()) {
    return refuse(Kind::not_audio, "The file can't be read as sound: " + sound.trouble() + " " +
                                       accepted());
  }
  if (sound.channels() < 1 || sound.channels() > limits.channels_max) {
    return refuse(Kind::bad_channels, "The file has " + std::to_string(sound.channels()) +
                                          " channels; 1 to " +
                                          std::to_string(limits.channels_max) + " are taken.");
  }
  if (sound.rate() < limits.rate_min || sound.rate() > limits.rate_max) {
    return refuse(Kind::bad_rate, "The sample rate is " + std::to_string(sound.rate()) +
                                      " Hz; " + std::to_string(limits.rate_min) + " to " +
                                      std::to_string(limits.rate_max) + " Hz are taken.");
  }
  // What a header tells may be a lie: read_all() counts for itself.
  if (sound.frames().value_or(0) > frames_max(sound, limits)) return refuse_length(limits);
  return {};
}

void mix_down(std::span<const float> interleaved, std::size_t channels, std::vector<float>& mono) {
  mono.clear();
  for (std::size_t i = 0; i + channels <= interleaved.size(); i += channels) {
    float sum = 0;
    for (std::size_t c = 0; c < channels; ++c) sum += interleaved[i + c];
    mono.push_back(sum / static_cast<float>(channels));
  }
}

// The same sound into each master.
class Mastering {
 public:
  explicit Mastering(int rate) : narrow_(rate, 8'000), wide_(rate, 16'000), full_(rate, 48'000) {}
  void feed(std::span<const float> samples) {
    narrow_.feed(samples, masters_.narrow);
    wide_.feed(samples, masters_.wide);
    full_.feed(samples, masters_.full);
  }
  Masters finish() {
    narrow_.finish(masters_.narrow);
    wide_.finish(masters_.wide);
    full_.finish(masters_.full);
    return std::move(masters_);
  }

 private:
  Resampler narrow_;
  Resampler wide_;
  Resampler full_;
  Masters masters_;
};

Result<Masters, DecodeError> read_all(SoundFile& sound, const Limits& limits) {
  const auto channels = static_cast<std::size_t>(sound.channels());
  std::vector<float> block(block_frames * channels);
  std::vector<float> mono;
  Mastering mastering(sound.rate());
  std::int64_t total = 0;
  while (const std::size_t frames = sound.read(block)) {
    total += static_cast<std::int64_t>(frames);
    if (total > frames_max(sound, limits)) return refuse_length(limits);
    mix_down(std::span(block).first(frames * channels), channels, mono);
    mastering.feed(mono);
  }
  Masters masters = mastering.finish();
  if (masters.narrow.empty()) {
    return refuse(Kind::no_sound, "There is no sound in the file. Record or export it again.");
  }
  return masters;
}

}  // namespace

Result<Decoded, DecodeError> decode(std::span<const std::byte> file, const Limits& limits) {
  if (const auto fits = check_size(file.size(), limits); !fits) return tl::unexpected(fits.error());
  const auto container = container_of(file);
  if (!container) return refuse(Kind::not_audio, "This is no sound file we know. " + accepted());
  SoundFile sound(file, *container);
  if (const auto ok = check_header(sound, limits); !ok) return tl::unexpected(ok.error());
  auto masters = read_all(sound, limits);
  if (!masters) return tl::unexpected(masters.error());
  return Decoded{std::move(*masters), sound.description()};
}

}  // namespace strowger::media
