// What a caller hears while phones ring, when only we can tell: its call is answered already.
#pragma once

#include "call/media_library.hpp"

namespace strowger::call {

// 425 Hz, one second of five (ETSI TR 101 041-2).
const Media& ringing_tone();

}  // namespace strowger::call
