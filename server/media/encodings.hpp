// A whole sound in a codec, as a prompt keeps it: once encoded, playing it is copying.
#pragma once

#include "media/codec.hpp"
#include "media/masters.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace strowger::media {

// Empty where there is none. G.711 and G.722: frames of 160 bytes; Opus: see opus_frames.hpp.
using Encodings = PerCodec<std::vector<std::byte>>;

// Whole 20 ms frames, as many in every codec; the last one is filled up with silence.
std::vector<std::byte> encode_sound(Codec codec, const Masters& masters);
Encodings encode_sound(std::span<const Codec> codecs, const Masters& masters);

// How many frames `bytes` hold; nothing when they are no whole frames of the codec.
std::optional<std::size_t> frames_in(Codec codec, std::span<const std::byte> bytes);

}  // namespace strowger::media
