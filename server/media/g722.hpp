// G.722 (ITU-T) at 64 kbit/s by spandsp: 16 kHz in, 160 bytes every 20 ms. For this room.
#pragma once

#include "media/coder.hpp"

namespace strowger::media {

std::unique_ptr<Encoder> make_g722_encoder();
std::unique_ptr<Decoder> make_g722_decoder();

}  // namespace strowger::media
