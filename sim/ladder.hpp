// What passed between a caller and the server, drawn for people: one line a message, as the caller
// saw it.
#pragma once

#include "sim/phone.hpp"

#include <string>
#include <vector>

namespace strowger::sim {

struct LadderOptions {
  bool headers = true;  // Reason, Retry-After, Contact of 3xx, … below their message
};

// One message: "    12 ms  -> INVITE sip:1000@…", its key headers below it.
std::string ladder_line(const Passed& passed, Instant start, LadderOptions options = {});
// All of a phone's, from its INVITE on, with what it heard in between.
std::string ladder(const Phone& phone, LadderOptions options = {});
// "2400 ms of sound in 120 packets, 440 Hz"; "nothing".
std::string heard_line(const Ear& ear);

}  // namespace strowger::sim
