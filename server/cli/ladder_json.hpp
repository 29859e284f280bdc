// What a scripted caller saw and heard, for programs.
#pragma once

#include "sim/phone.hpp"

#include <boost/json/fwd.hpp>

namespace strowger::cli {

// [{"at_ms": 2, "direction": "in", "line": "SIP/2.0 486 Closed", "message": "…"}, …]
boost::json::array ladder_json(const sim::Phone& phone);
// {"ms": 2400, "packets": 120, "tone_hz": 440, "longest_gap_ms": 20, "first_ms": 4}
boost::json::object heard_json(const sim::Phone& phone);
// {"code": 486, "phrase": "Closed", "reason": "Q.850;…", "message": "…"}; null without one
boost::json::value final_json(const sim::Phone& phone);

}  // namespace strowger::cli
