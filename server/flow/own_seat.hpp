// The seat whose settings a block changes for its caller, and what the caller hears of it.
#pragma once

#include "base/task.hpp"

#include <boost/json/object.hpp>

#include <string>

namespace strowger::model {
struct Seat;
}

namespace strowger::flow {

class Run;

// The seat in whose name the call goes on: of the phone that calls, or that transfers the call.
// Null when there is none.
const model::Seat* calling_seat(Run& run);

// `id`: that seat; "": the calling one, but not on behalf of somebody who has forwarded the call
// here: he would change what is another's. Null when there is none, which is noted.
const model::Seat* seat_meant(Run& run, const std::string& id);

// Has a member of the seat changed, with the call that did it beside it: {"enabled": true,
// "changed_by_call": {"call": …, "from": …, "at_ms": …}}.
void change_seat(Run& run, const model::Seat& seat, const char* member, boost::json::object patch,
                 std::string what);

// Plays to the answered call; nothing for "".
Task<> announce(Run& run, std::string media);

}  // namespace strowger::flow
