// Why a phone could not be reached, by the names that KAZOO gives to Q.850 causes: they are the
// branches by which a failed Seat, Device or Ring Group leaves, and the default responses for
// callflows that have no such branch.
#pragma once

#include "model/response_code.hpp"

#include <span>
#include <string_view>

namespace strowger::model {

struct HangupCause {
  std::string_view name;  // "USER_BUSY"
  int q850 = 0;           // 0: none
  // What a caller gets when no block has something else for it: KAZOO's defaults, but for codes
  // that are not SIP's.
  int code = 480;
  std::string_view phrase;
};

std::span<const HangupCause> hangup_causes();
const HangupCause* find_cause(std::string_view name);  // null: no such

// What a final answer of a phone means (the mapping of FreeSWITCH, which KAZOO documents are
// written for; RFC 3398 §7.2.4.1 where it is silent). Never null.
const HangupCause& cause_of_code(int code);

}  // namespace strowger::model
