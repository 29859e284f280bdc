// Opus (RFC 6716) by libopus: mono voice, 8, 16 or 48 kHz in and out. For this room.
#pragma once

#include "media/coder.hpp"

namespace strowger::media {

std::unique_ptr<Encoder> make_opus_encoder(const EncoderForm& form);
std::unique_ptr<Decoder> make_opus_decoder(int sampling_rate);

// 20 ms of mono sound in one frame: what we play, and nothing else.
bool is_prompt_packet(std::span<const std::byte> packet);

}  // namespace strowger::media
