// Uploaded sound to masters for our codecs, in memory, under limits. Decoders are a risk: run it in
// a child process with memory and time limits (`strowger decode-media`), never in the server
// itself.
#pragma once

#include "base/result.hpp"
#include "media/masters.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace strowger::media {

struct Limits {
  std::size_t upload_bytes_max = 11'534'336;       // 11 MiB, as KAZOO has it
  std::chrono::milliseconds duration_max{600'000};  // of decoded sound
  int channels_max = 8;                            // mixed down to one
  int rate_min = 4'000;                            // Hz
  int rate_max = 192'000;                          // Hz
};

// Told to whoever uploads a file that can't be used.
constexpr std::string_view accepted_formats = "WAV, FLAC, Ogg Vorbis, Opus or MP3";

struct DecodeError {
  enum class Kind : std::uint8_t {
    empty,
    too_large,    // bytes
    too_long,     // duration
    not_audio,    // no format that we accept, or broken beyond reading
    no_sound,     // readable, but without a single sample
    bad_channels,
    bad_rate,
  };
  Kind kind;
  std::string what;  // a sentence for a person, with what to do instead
};

struct Decoded {
  Masters masters;
  std::string source;  // "WAV, signed 16 bit PCM, 44100 Hz, stereo"
};

Result<Decoded, DecodeError> decode(std::span<const std::byte> file, const Limits& limits);

}  // namespace strowger::media
