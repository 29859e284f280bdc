// The headers that RFC 3261 wants beside certain codes: Allow with 405, Accept with 415, Warning
// with 488 and 606. So that whoever refuses a call with one of them is right on the wire.
#pragma once

#include "call/call.hpp"

namespace strowger::call {

// Adds what the code needs and `rejection` does not have yet.
void add_companion_headers(Rejection& rejection, const Call& call);

}  // namespace strowger::call
