// One sound at each rate that a codec samples at: what encoders work from. Mono.
#pragma once

#include "media/wav.hpp"

#include <cstdint>
#include <vector>

namespace strowger::media {

struct Masters {
  std::vector<std::int16_t> narrow;  // 8 kHz
  std::vector<std::int16_t> wide;    // 16 kHz
  std::vector<std::int16_t> full;    // 48 kHz
};

Masters masters_of(const Pcm& pcm);

}  // namespace strowger::media
