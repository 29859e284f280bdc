// Messages between two exchanges of one server, each of which has an end of the dialog that they
// are about (docs/decisions/0031-transfers-between-shards.md). They touch no socket.
#pragma once

#include "sip/peer.hpp"

#include <cstdint>
#include <limits>
#include <string_view>

namespace strowger::sip {

// No socket gives that number to a peer: what has it was written by this server.
inline constexpr std::uint64_t inside_connection = std::numeric_limits<std::uint64_t>::max();

constexpr bool is_inside(const Peer& peer) {
  return peer.transport == Transport::udp && peer.connection == inside_connection;
}

// For whom an INVITE is sent inside. From anybody else these headers mean nothing.
inline constexpr std::string_view inside_account = "X-Strowger-Account";
inline constexpr std::string_view inside_device = "X-Strowger-Device";
// "account": Replaces may name any call of the account, as a phone's own INVITE may; without it
// only one of the device's own.
inline constexpr std::string_view inside_replaces = "X-Strowger-Replaces";
// Whose ringing call the sender wants to pick up; the exchange that gets it looks at its own.
inline constexpr std::string_view inside_pick_up = "X-Strowger-Pick-Up";

}  // namespace strowger::sip
