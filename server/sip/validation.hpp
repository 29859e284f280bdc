// The one place that says whether a request is acceptable at all (RFC 3261 8.2, 16.3, 18.3; cases
// of RFC 4475), before there is any transaction. What needs knowledge of calls is left to the user
// agent: unknown methods (405, 501), dialogs (481), authentication.
#pragma once

#include "sip/header_list.hpp"
#include "sip/message.hpp"
#include "sip/peer.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace strowger::sip {

constexpr std::size_t request_uri_bytes_max = 4'096;  // longer: 414

struct Refusal {
  int status = 400;
  std::string phrase;  // says what is wrong; safe to write
  HeaderList headers;  // Unsupported, Accept, Accept-Encoding
};

// What may be asked of us.
struct Capabilities {
  // Option tags that Require may hold.
  std::span<const std::string_view> extensions;
  static const Capabilities& ours();  // 100rel, replaces, timer
};

// Nothing when the request may go on. Call can_reply() before sending the refusal.
std::optional<Refusal> check_request(const Message& request, Transport transport,
                                     const Capabilities& capabilities = Capabilities::ours());

// False for ACK (never answered, RFC 3261 17.2.1) and when there is no Via to follow back.
bool can_reply(const Message& request);

// What is wrong with a response, so that it must be dropped; nothing when it may be matched.
std::optional<std::string_view> check_response(const Message& response);

}  // namespace strowger::sip
