// Answers to the challenges of 401 and 407, for a client (RFC 3261 22.2, 22.3).
#pragma once

#include "base/random.hpp"
#include "sip/header_list.hpp"
#include "sip/message.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace strowger::sip {

struct Login {
  std::string username;  // "": no challenge is answered
  std::string password;
  // Only challenges of this realm are answered; "" for any. Who asks in another one's name gets
  // nothing (CVE-2021-41158).
  std::string realm;
};

struct Challenged {
  std::string_view method;
  std::string_view uri;
  std::string_view body;
};

inline constexpr std::size_t challenges_answered_max = 4;

// Authorization and Proxy-Authorization values: for each realm the first challenge whose algorithm
// we know, as the server prefers them (RFC 8760 2.4). None: there is nothing that can be answered.
HeaderList answers_to(const Message& response, const Challenged& request, const Login& login,
                      Random& random);
// Are the credentials fine but for their age, so that answering once more is worth it?
bool is_stale(const Message& response);
// Of the challenges in a 401 or 407 that could be answered.
std::vector<std::string> realms_asked(const Message& response);
inline bool is_challenge(int status) { return status == 401 || status == 407; }

// Authorization and Proxy-Authorization of a request. 22.1: the ACK of a 2xx has its INVITE's.
HeaderList credentials_in(const Message& request);
// A request that we sent, once more: under another number, over that Via, with these credentials
// in the place of what it had.
std::string with_credentials(const Message& request, std::uint32_t number, std::string_view via,
                             const HeaderList& credentials);

}  // namespace strowger::sip
