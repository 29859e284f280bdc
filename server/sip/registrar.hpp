// What a REGISTER asks for and what it is answered (RFC 3261 §10.3, Path of RFC 3327, flows of
// RFC 5626 §6). Values only: the bindings known go in, the change of them comes out.
#pragma once

#include "sip/header_list.hpp"
#include "sip/location_table.hpp"
#include "sip/message.hpp"
#include "sip/peer.hpp"

#include <chrono>
#include <cstddef>
#include <span>
#include <string>

namespace strowger::sip {

// Longer texts of a contact are refused.
constexpr std::size_t contact_bytes_max = 1'024;
constexpr std::size_t path_bytes_max = 2'048;  // all values of a request
constexpr std::size_t instance_bytes_max = 256;
constexpr std::size_t registration_call_id_bytes_max = 256;
constexpr std::size_t user_agent_bytes_max = 128;  // longer: cut
// How often a phone behind NAT shall send something on its flow (RFC 5626 4.4, 5.4).
constexpr std::chrono::seconds flow_timer{120};
// A connection that is quiet for long is ended, and the binding with it: whoever registers on one
// refreshes before that.
constexpr std::chrono::seconds expires_on_stream_max{600};

struct RegistrarLimits {
  std::chrono::seconds expires_min{60};  // shorter: 423
  std::chrono::seconds expires_max{7'200};  // longer: shortened
  std::chrono::seconds expires_default{3'600};

  bool operator==(const RegistrarLimits&) const = default;
};

struct Registration {
  int status = 200;
  std::string phrase = "OK";
  HeaderList headers;
  LocationChange change;  // empty when nothing changed
};

// `known`: the bindings of `aor`, for which the sender of the request has proven to be allowed to
// register. All that it asks for is done, or nothing.
Registration register_contacts(const Message& request, const Peer& source, const std::string& aor,
                               std::span<const Binding> known, const RegistrarLimits& limits,
                               Now now);

// RFC 3261 20.17: "Sat, 13 Nov 2010 23:29:00 GMT".
std::string date_text(WallTime time);

}  // namespace strowger::sip
