// Who answers a forwarded call is asked for a key first, so that no mailbox takes it: what is
// asked, and which key takes the call (KAZOO's `require_keypress`).
#pragma once

#include "call/media_library.hpp"

#include <cstddef>
#include <span>

namespace strowger::call {

inline constexpr char taking_key = '1';

// "Forwarded call. Press one to take it.", in English and in every codec, and a pause. Made when it
// is first asked for, which takes some 30 ms: ask beside the calls.
const Media& press_one();

// The same without the pause, in PCMU: part of the program (cmake/sounds.cmake).
std::span<const std::byte> press_one_bytes();

}  // namespace strowger::call
