// Calls that leave by the account's carriers: who may, which carrier is tried after which, as whom
// the caller is shown.
#pragma once

#include "call/media_library.hpp"
#include "call/target.hpp"
#include "flow/action.hpp"
#include "flow/forwarding.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace strowger::flow {

struct Outward {
  std::string number;            // as the account dials it
  bool chosen_by_flow = false;   // and not by whoever calls
  std::vector<std::string> trunks;  // ids, in this order; none: all of the account, in theirs
  // "external" (the default), "internal" or "caller": whose number is shown.
  std::string caller_id_type;
  std::chrono::seconds timeout{60};
  bool normalize = true;   // to what each carrier wants
  bool early_media = true;
  const call::Media* ringback = nullptr;
  sip::HeaderList headers;
  // On whose account; none: whoever sent the call here, calls, or has it transferred.
  std::optional<Forwarder> forwarder;
};

// Until somebody answers, or a code ends the hunting (model/trunk_hunt.hpp). A failure leaves as
// those of phones do (connect.hpp); without a branch the caller gets the carrier's code and phrase
// as they are.
Task<Exit> call_out(Run& run, Outward wanted);

// To be rung beside phones: one carrier after the other, as long as it rings. Hopeless when it may
// not be called, or when there is no way.
call::Target outward_target(Run& run, Outward wanted);

}  // namespace strowger::flow
