// The codecs that calls may use, and what the rest of the room has to know of each.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace strowger::media {

enum class Codec : std::uint8_t { pcmu, pcma, g722, opus };
inline constexpr std::array every_codec = {Codec::pcmu, Codec::pcma, Codec::g722, Codec::opus};
inline constexpr std::array g711_codecs = {Codec::pcmu, Codec::pcma};
// The best first.
inline constexpr std::array codecs_in_order = {Codec::opus, Codec::g722, Codec::pcmu, Codec::pcma};

// What our Opus encoder sends on average, bit/s: full-band speech, and passable music.
constexpr std::uint32_t opus_bits_per_second = 32'000;

constexpr int frame_ms = 20;  // of sound in one packet, whatever the codec
constexpr int frames_per_second = 1'000 / frame_ms;

struct CodecFacts {
  std::string_view name;     // as SDP has it
  int sampling_rate;         // Hz, of the samples that go in and come out
  std::uint32_t clock_rate;  // Hz, of RTP time stamps
  std::size_t frame_bytes;   // of 20 ms; 0: they vary

  constexpr std::size_t frame_samples() const {
    return static_cast<std::size_t>(sampling_rate) / frames_per_second;
  }
  constexpr std::uint32_t frame_ticks() const { return clock_rate / frames_per_second; }
};

constexpr CodecFacts facts(Codec codec) {
  switch (codec) {
    case Codec::pcmu: return {"PCMU", 8'000, 8'000, 160};
    case Codec::pcma: return {"PCMA", 8'000, 8'000, 160};
    // Sampled at 16 kHz; its clock is 8000 by an old mistake that stays (RFC 3551 §4.5.2).
    case Codec::g722: return {"G722", 16'000, 8'000, 160};
    case Codec::opus: return {"opus", 48'000, 48'000, 0};  // RFC 7587 §4.1
  }
  return {"", 8'000, 8'000, 160};
}

// By the encoding name of SDP, without case.
std::optional<Codec> codec_named(std::string_view encoding);

// One thing for each codec.
template <class T>
class PerCodec {
 public:
  T& operator[](Codec codec) { return values_[static_cast<std::size_t>(codec)]; }
  const T& operator[](Codec codec) const { return values_[static_cast<std::size_t>(codec)]; }
  bool operator==(const PerCodec&) const = default;

 private:
  std::array<T, every_codec.size()> values_{};
};

}  // namespace strowger::media
