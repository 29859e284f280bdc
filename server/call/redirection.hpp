// Where a phone sends a call on to: the Contact values of its 300, 301 or 302 (RFC 3261 8.1.3.4,
// 21.3). Read only; whether and how they are followed is the account's business.
#pragma once

#include "base/endpoint.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::sip {
class Message;
}

namespace strowger::call {

inline constexpr std::size_t redirections_max = 5;  // of one response; more are left out
inline constexpr std::size_t redirection_bytes_max = 512;  // of one URI

struct Redirection {
  std::string number;    // the user part, or the number of a tel: URI
  std::string host;      // "" for tel:
  bool here = false;     // it names us: no other server's address is in it
  int preference = 1000;  // q in thousandths
};

// What names this server to the phone: the address that it was called from, and the host that its
// call was for.
struct OwnNames {
  Endpoint address;
  std::string_view host;
  std::optional<IpAddress> advertised = {};  // what peers are told instead of the address
};

// The most preferred first. Malformed ones and those of other schemes are left out.
std::vector<Redirection> redirections(const sip::Message& response, const OwnNames& own);

}  // namespace strowger::call
