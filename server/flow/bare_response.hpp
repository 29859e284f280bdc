// How a call is refused: an announcement that the caller hears first, and what an account has its
// callers get where no block decides.
#pragma once

#include "base/task.hpp"
#include "model/account_settings.hpp"
#include "model/call_record.hpp"

#include <string>

namespace strowger::flow {

class Run;

// Plays the account's media of that id: as early media, so that the call stays free of charge, or
// to a caller who has been answered. Whatever keeps the caller from hearing it is recorded, and
// never keeps a code from being sent.
Task<> announce(Run& run, const std::string& media);

// Ends the call, after the announcement. `response` lives as long as the account's snapshot.
Task<> respond(Run& run, const model::BareResponse& response,
               model::Disposition disposition = model::Disposition::rejected);

}  // namespace strowger::flow
