#include "media/prompt.hpp"

#include <algorithm>
#include <utility>

namespace strowger::media {

namespace {

struct Buffers {
  std::vector<std::byte> pcmu;
  std::vector<std::byte> pcma;
};

std::size_t whole_frames(std::size_t samples) {
  return (samples + frame_samples - 1) / frame_samples * frame_samples;
}

}  // namespace

Prompt::Prompt(std::span<const std::byte> pcmu, std::span<const std::byte> pcma,
               std::shared_ptr<const void> owner)
    : pcmu_(pcmu), pcma_(pcma), owner_(std::move(owner)) {}

std::shared_ptr<const Prompt> Prompt::from_encoded(std::vector<std::byte> pcmu,
                                                   std::vector<std::byte> pcma) {
  const std::size_t length = whole_frames(std::max(pcmu.size(), pcma.size()));
  pcmu.resize(length, silence_byte(Codec::pcmu));
  pcma.resize(length, silence_byte(Codec::pcma));
  const auto buffers = std::make_shared<const Buffers>(Buffers{std::move(pcmu), std::move(pcma)});
  return mapped(buffers->pcmu, buffers->pcma, buffers);
}

std::shared_ptr<const Prompt> Prompt::mapped(std::span<const std::byte> pcmu,
                                             std::span<const std::byte> pcma,
                                             std::shared_ptr<const void> owner) {
  if (pcmu.size() != pcma.size() || pcmu.size() % frame_samples != 0) return nullptr;
  return std::shared_ptr<const Prompt>(new Prompt(pcmu, pcma, std::move(owner)));
}

std::shared_ptr<const Prompt> Prompt::from_pcm(std::span<const std::int16_t> samples) {
  return from_encoded(encode(Codec::pcmu, samples), encode(Codec::pcma, samples));
}

std::span<const std::byte> Prompt::frame(Codec codec, std::size_t index) const {
  const auto& bytes = codec == Codec::pcmu ? pcmu_ : pcma_;
  return bytes.subspan(index * frame_samples, frame_samples);
}

}  // namespace strowger::media
