// What the actions that ring phones have in common: ringing, the talk, and the branch that a
// failure takes.
#pragma once

#include "base/task.hpp"
#include "call/target.hpp"
#include "flow/action.hpp"

#include <string>
#include <vector>

namespace strowger::flow {

// One round after the other, until somebody answers. When caller and phone have talked the call is
// over. Else the exit is the first of branch_keys() that the block has, or `_`; a block that has
// neither ends the call with what the account, or else the cause, gives by default
// (`cause_responses` of model/account_settings.hpp; model/hangup_cause.hpp).
Task<Exit> connect(Run& run, std::vector<std::vector<call::Target>> rounds,
                   call::RingOptions options);

// They talk until one of them hangs up, which ends the call. Transfers that they ask for are
// carried out: the number is walked as if the transferor had dialled it.
Task<> talk(Run& run, call::Leg& leg);

// Most telling first: the cause by its KAZOO name, the SIP code, the branch for people:
// {"NO_USER_RESPONSE", "480", "SUBSCRIBER_ABSENT"}.
std::vector<std::string> branch_keys(const call::RingResult& result);

// How a block is left whose ringing came to nothing: by the branches of `cause` (a KAZOO name),
// else with the default response of the account or the cause.
Task<Exit> leave(Run& run, call::RingResult result, std::string cause);
// The same; but without a branch, and a response of the account's, the caller gets code, phrase and
// reasons that came back.
Task<Exit> leave_as_it_is(Run& run, call::RingResult result);

}  // namespace strowger::flow
