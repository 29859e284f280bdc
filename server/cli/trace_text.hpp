// A SIP message of a trace for the terminal, or as JSON. What came from the network can't steer the
// terminal: it is escaped.
#pragma once

#include "trace/packet.hpp"

#include <string>

namespace strowger::cli {

// "14:05:09.123456  192.0.2.1:5070  ──▶  INVITE sip:1000@pbx SIP/2.0  SDP  abc@192.0.2.1": arrows
// to the right come in.
std::string trace_line(const trace::Packet& packet);
// A line about its way, the message line by line, and an empty line.
std::string trace_whole(const trace::Packet& packet);
// One object in a line. A message that is no UTF-8 is repaired.
std::string trace_json(const trace::Packet& packet);

}  // namespace strowger::cli
