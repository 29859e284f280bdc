// G.711 (ITU-T): 16-bit linear samples to one byte each and back, at 8 kHz.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace strowger::media {

constexpr int sample_rate = 8'000;                  // Hz, everywhere in this room
constexpr std::size_t frame_samples = 160;          // 20 ms
constexpr int frame_ms = 20;

enum class Codec : std::uint8_t { pcmu, pcma };

// By the encoding name of SDP, without case.
std::optional<Codec> codec_named(std::string_view encoding);
// The byte that decodes to (nearly) nothing.
constexpr std::byte silence_byte(Codec codec) {
  return codec == Codec::pcmu ? std::byte{0xFF} : std::byte{0xD5};
}

std::byte encode(Codec codec, std::int16_t sample);
std::int16_t decode(Codec codec, std::byte code);
std::vector<std::byte> encode(Codec codec, std::span<const std::int16_t> samples);
std::vector<std::int16_t> decode(Codec codec, std::span<const std::byte> bytes);

}  // namespace strowger::media
