// HEP version 3, the form in which Homer, heplify-server and sngrep take copies of packets
// ("The HEP3 Network Protocol specification", rev. 12): typed chunks in one datagram.
#pragma once

#include "trace/packet.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace strowger::trace {

constexpr std::size_t hep_bytes_max = 65'507;  // what a UDP datagram over IPv4 holds; longer
                                               // messages are cut at their end
constexpr std::size_t hep_password_bytes_max = 256;
constexpr std::size_t hep_correlation_bytes_max = 512;  // a longer Call-ID is cut

// How the collector tells its sources apart.
struct HepIdentity {
  std::uint32_t capture_id = 1;
  std::string password;  // "": no chunk for it
};

std::string hep_packet(const Packet& packet, const HepIdentity& identity);

}  // namespace strowger::trace
