// WAV files of 16-bit PCM in memory: written for recordings, read back for reports.
// Files from outside go through media/decode.hpp instead.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace strowger::media {

// Mono samples at a rate in Hz.
struct Pcm {
  int rate = 8'000;
  std::vector<std::int16_t> samples;
};

std::vector<std::byte> write_wav(const Pcm& pcm);

// Mono 16-bit PCM only; chunks of other kinds are stepped over.
Result<Pcm, Complaint> read_wav(std::span<const std::byte> file);

}  // namespace strowger::media
