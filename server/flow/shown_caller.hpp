// Whose number a carrier is shown for a caller of ours.
#pragma once

#include "call/carrier_words.hpp"
#include "flow/forwarding.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace strowger::model {
class SeatDirectory;
}

namespace strowger::flow {

struct Carrier;
class Run;

// `type`: "external": the outside number of seat, account or trunk; "internal": the seat's
// extension; "caller": whoever calls, as he showed himself. The seat is the one that forwards the
// call, unless that keeps the caller.
call::ShownCaller shown_caller(Run& run, const Carrier& carrier, std::string_view type,
                               const std::optional<Forwarder>& by);

// Who calls from a phone of a seat: as that sets it for calls inside; else name and number that the
// phone gives, and the extension instead of a login, which nobody could call back.
void show_seat(call::Call& call, const model::SeatDirectory& seats);

// A From value for phones of the account: a seat that forwards its calls as itself.
std::string shown_as_seat(Run& run, const std::string& seat);

}  // namespace strowger::flow
