#include "media/prompt.hpp"

#include <algorithm>
#include <utility>

namespace strowger::media {

namespace {

std::size_t whole_frames(std::size_t samples) {
  return (samples + frame_samples - 1) / frame_samples * frame_samples;
}

}  // namespace

std::shared_ptr<const Prompt> Prompt::mapped(const PerCodec<std::span<const std::byte>>& bytes,
                                             std::shared_ptr<const void> owner) {
  const std::shared_ptr<Prompt> prompt(new Prompt);
  std::optional<std::size_t> frames;
  for (const Codec codec : every_codec) {
    if (bytes[codec].empty()) continue;
    const auto count = frames_in(codec, bytes[codec]);
    if (!count || (frames && *frames != *count)) return nullptr;
    frames = count;
  }
  prompt->bytes_ = bytes;
  prompt->opus_ = OpusFrames::of(bytes[Codec::opus]);
  prompt->frames_ = frames.value_or(0);
  prompt->owner_ = std::move(owner);
  return prompt;
}

std::shared_ptr<const Prompt> Prompt::from_encodings(Encodings encodings) {
  const auto kept = std::make_shared<const Encodings>(std::move(encodings));
  PerCodec<std::span<const std::byte>> bytes;
  for (const Codec codec : every_codec) bytes[codec] = (*kept)[codec];
  return mapped(bytes, kept);
}

std::shared_ptr<const Prompt> Prompt::from_encoded(std::vector<std::byte> pcmu,
                                                   std::vector<std::byte> pcma) {
  const std::size_t length = whole_frames(std::max(pcmu.size(), pcma.size()));
  pcmu.resize(length, silence_byte(Codec::pcmu));
  pcma.resize(length, silence_byte(Codec::pcma));
  Encodings encodings;
  encodings[Codec::pcmu] = std::move(pcmu);
  encodings[Codec::pcma] = std::move(pcma);
  return from_encodings(std::move(encodings));
}

std::shared_ptr<const Prompt> Prompt::from_pcm(std::span<const std::int16_t> samples) {
  return from_encoded(encode(Codec::pcmu, samples), encode(Codec::pcma, samples));
}

std::span<const std::byte> Prompt::frame(Codec codec, std::size_t index) const {
  if (bytes_[codec].empty()) return {};
  if (codec == Codec::opus) return opus_->frame(index);
  const std::size_t length = facts(codec).frame_bytes;
  return bytes_[codec].subspan(index * length, length);
}

}  // namespace strowger::media
