// Packets that the tests of this room begin with.
#pragma once

#include "trace/packet.hpp"

namespace strowger::trace {

inline const std::string invite_for_tests =
    "INVITE sip:1000@pbx.example SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1\r\n"
    "From: \"Anna\" <sip:an%6Ea@example.org>;tag=1\r\n"
    "To: <sip:1000@pbx.example>\r\n"
    "Call-ID: abc@192.0.2.1\r\n"
    "CSeq: 7 INVITE\r\n"
    "Content-Length: 0\r\n\r\n";

inline Packet packet_for_tests() {
  return {.local = *Endpoint::parse("127.0.0.1:5060"),
          .remote = *Endpoint::parse("192.0.2.1:5070"),
          .at = Time(std::chrono::microseconds(1'764'331'200'123'456)),
          .bytes = invite_for_tests};
}

inline Packet v6_packet_for_tests() {
  Packet packet = packet_for_tests();
  packet.direction = Direction::out;
  packet.transport = sip::Transport::tcp;
  packet.local = *Endpoint::parse("[::1]:5060");
  packet.remote = *Endpoint::parse("[2001:db8::1]:5070");
  return packet;
}

}  // namespace strowger::trace
