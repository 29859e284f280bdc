// A prompt: immutable sound, already encoded for each codec, so that playing is copying.
#pragma once

#include "media/g711.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace strowger::media {

class Prompt {
 public:
  // From buffers of one byte per sample; the shorter and both ends are padded with silence to whole
  // 20 ms frames of the same number.
  static std::shared_ptr<const Prompt> from_encoded(std::vector<std::byte> pcmu,
                                                    std::vector<std::byte> pcma);
  // From memory that somebody else keeps (a mapped file): `owner` holds it. None when the lengths
  // differ or are no whole frames.
  static std::shared_ptr<const Prompt> mapped(std::span<const std::byte> pcmu,
                                              std::span<const std::byte> pcma,
                                              std::shared_ptr<const void> owner);
  // From linear samples at 8 kHz.
  static std::shared_ptr<const Prompt> from_pcm(std::span<const std::int16_t> samples);

  std::size_t frames() const { return pcmu_.size() / frame_samples; }
  std::int64_t duration_ms() const { return static_cast<std::int64_t>(frames()) * frame_ms; }
  // 160 bytes; `index` < frames().
  std::span<const std::byte> frame(Codec codec, std::size_t index) const;

 private:
  Prompt(std::span<const std::byte> pcmu, std::span<const std::byte> pcma,
         std::shared_ptr<const void> owner);

  std::span<const std::byte> pcmu_;
  std::span<const std::byte> pcma_;
  std::shared_ptr<const void> owner_;
};

}  // namespace strowger::media
