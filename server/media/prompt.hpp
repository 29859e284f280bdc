// A prompt: immutable sound, already encoded for each codec, so that playing is copying.
#pragma once

#include "media/encodings.hpp"
#include "media/g711.hpp"
#include "media/opus_frames.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace strowger::media {

class Prompt {
 public:
  // From memory that somebody else keeps (a mapped file): `owner` holds it. A codec without bytes
  // is one that the prompt can't be played in. None when the bytes are no frames of their codec, or
  // those of one codec are fewer than of another.
  static std::shared_ptr<const Prompt> mapped(const PerCodec<std::span<const std::byte>>& bytes,
                                              std::shared_ptr<const void> owner);
  static std::shared_ptr<const Prompt> from_encodings(Encodings encodings);
  // From G.711 buffers of one byte per sample; the shorter and both ends are padded with silence to
  // whole 20 ms frames of the same number.
  static std::shared_ptr<const Prompt> from_encoded(std::vector<std::byte> pcmu,
                                                    std::vector<std::byte> pcma);
  // From linear samples at 8 kHz, for G.711 only.
  static std::shared_ptr<const Prompt> from_pcm(std::span<const std::int16_t> samples);

  bool has(Codec codec) const { return frames_ == 0 || !bytes_[codec].empty(); }
  std::size_t frames() const { return frames_; }
  std::int64_t duration_ms() const { return static_cast<std::int64_t>(frames_) * frame_ms; }
  // The payload of one packet; `index` < frames(). Empty when the prompt does not have the codec.
  std::span<const std::byte> frame(Codec codec, std::size_t index) const;

 private:
  Prompt() = default;

  PerCodec<std::span<const std::byte>> bytes_;
  std::optional<OpusFrames> opus_;
  std::size_t frames_ = 0;
  std::shared_ptr<const void> owner_;
};

}  // namespace strowger::media
