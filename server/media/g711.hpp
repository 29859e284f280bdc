// G.711 (ITU-T): 16-bit linear samples to one byte each and back, at 8 kHz. `codec`: PCMU or PCMA.
#pragma once

#include "media/codec.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace strowger::media {

constexpr int sample_rate = 8'000;          // Hz
constexpr std::size_t frame_samples = 160;  // 20 ms

// The byte that decodes to (nearly) nothing.
constexpr std::byte silence_byte(Codec codec) {
  return codec == Codec::pcmu ? std::byte{0xFF} : std::byte{0xD5};
}

std::byte encode(Codec codec, std::int16_t sample);
std::int16_t decode(Codec codec, std::byte code);
std::vector<std::byte> encode(Codec codec, std::span<const std::int16_t> samples);
std::vector<std::int16_t> decode(Codec codec, std::span<const std::byte> bytes);

}  // namespace strowger::media
