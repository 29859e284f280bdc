// G.722 (ITU-T) at 64 kbit/s by spandsp: 160 bytes every 20 ms. At 8 kHz the lower of its two bands
// is all there is. For this room.
#pragma once

#include "media/coder.hpp"

namespace strowger::media {

std::unique_ptr<Encoder> make_g722_encoder(const EncoderForm& form);
std::unique_ptr<Decoder> make_g722_decoder(int sampling_rate);

}  // namespace strowger::media
