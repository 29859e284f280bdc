// What a caller hears while phones ring, when only we can tell: its call is answered already.
#pragma once

#include "call/media_library.hpp"
#include "media/codec.hpp"

namespace strowger::call {

// 425 Hz, one second of five (ETSI TR 101 041-2), in that codec alone. Made when it is first asked
// for, which takes some ms for Opus.
const Media& ringing_tone(media::Codec codec);

}  // namespace strowger::call
