// Packets as a pcap file that Wireshark, tshark and sngrep read. The IP and UDP headers are made
// up from the addresses: messages that came over TCP or TLS are shown as if over UDP, so that each
// is whole and can be read.
#pragma once

#include "trace/packet.hpp"

#include <cstddef>
#include <string>

namespace strowger::trace {

constexpr std::size_t pcap_ip_bytes_max = 65'535;  // longer messages are cut at their end

// What the file begins with.
std::string pcap_file_header();
// Appended for each packet.
std::string pcap_record(const Packet& packet);

}  // namespace strowger::trace
