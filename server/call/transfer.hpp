// A transfer on its way: who asked for it, to whom, and how it went. We are both ends' far end, so
// a REFER is never passed on: we connect the other party ourselves (RFC 5589).
#pragma once

#include "sip/user_agent.hpp"

#include <string>
#include <vector>

namespace strowger::call {

class Leg;

struct Transfer {
  sip::SessionId by = 0;  // the transferor's session
  std::string device;     // whose rights count: the transferor's
  std::string number;     // where to; of an attended one only for the record
  sip::SessionId replaced = 0;  // attended: the transferor's other call
  bool attended = false;
  std::string replaces;  // attended, and that call is another exchange's: the value of Replaces
  std::string inside;    // … and how the Call-IDs of dialogs with it begin
  Leg* left = nullptr;     // what the transferor is, once the two ends are apart
  bool exchanged = false;  // it was the caller, and the call goes on with the other party
  bool rang = false;       // the transferor has been told that it rings
  bool failed = false;     // the target did not take it
  int code = 0;
  std::string phrase;
  std::vector<std::string> reasons;
};

}  // namespace strowger::call
