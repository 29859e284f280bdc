#include "media/encodings.hpp"

#include "media/coder.hpp"
#include "media/g711.hpp"
#include "media/opus_frames.hpp"

#include <algorithm>

namespace strowger::media {

namespace {

const std::vector<std::int16_t>& master_for(Codec codec, const Masters& masters) {
  switch (facts(codec).sampling_rate) {
    case 48'000: return masters.full;
    case 16'000: return masters.wide;
    default: return masters.narrow;
  }
}

}  // namespace

std::vector<std::byte> encode_sound(Codec codec, const Masters& masters) {
  const auto& samples = master_for(codec, masters);
  const std::size_t length = facts(codec).frame_samples();
  const std::size_t count = (masters.narrow.size() + frame_samples - 1) / frame_samples;
  const auto encoder = make_encoder(codec);
  std::vector<std::byte> bytes;
  std::vector<std::vector<std::byte>> packets;  // of varying length
  std::vector<std::int16_t> frame(length);
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t begin = std::min(i * length, samples.size());
    const auto given = std::span(samples).subspan(begin, std::min(length, samples.size() - begin));
    std::fill(std::ranges::copy(given, frame.begin()).out, frame.end(), std::int16_t{0});
    const auto payload = encoder->encode(frame);
    if (codec == Codec::opus) packets.emplace_back(payload.begin(), payload.end());
    else bytes.insert(bytes.end(), payload.begin(), payload.end());
  }
  return codec == Codec::opus ? OpusFrames::join(packets) : bytes;
}

Encodings encode_sound(std::span<const Codec> codecs, const Masters& masters) {
  Encodings encodings;
  for (const Codec codec : codecs) encodings[codec] = encode_sound(codec, masters);
  return encodings;
}

std::optional<std::size_t> frames_in(Codec codec, std::span<const std::byte> bytes) {
  if (codec == Codec::opus) {
    const auto frames = OpusFrames::of(bytes);
    if (!frames) return std::nullopt;
    return frames->count();
  }
  const std::size_t each = facts(codec).frame_bytes;
  if (bytes.size() % each != 0) return std::nullopt;
  return bytes.size() / each;
}

}  // namespace strowger::media
