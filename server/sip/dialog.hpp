// A dialog (RFC 3261 §12): what both ends agreed to call it, where its requests go, and their
// numbers.
#pragma once

#include "sip/message.hpp"
#include "sip/peer.hpp"
#include "sip/writer.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::sip {

class Dialog {
 public:
  // 12.1.1: we answer `invite` with `local_tag`. Also without Contact or From tag (RFC 2543
  // callers).
  static Dialog as_server(const Message& invite, std::string local_tag, const Peer& source);
  // 12.1.2: `response` to the INVITE that we sent from `local` (its whole From value).
  static Dialog as_client(const Message& response, std::string local, std::string local_tag,
                          const Peer& source);

  std::string call_id;
  std::string local_tag;
  std::string remote_tag;
  Peer peer;  // where its last message came from

  // 12.2.2: false when the request is older than what has been seen; else it is the newest one now.
  bool accept_sequence(std::uint32_t number);
  std::uint32_t next_sequence() { return ++local_sequence_; }
  std::uint32_t local_sequence() const { return local_sequence_; }
  // 12.2.1.2, 12.2.2: the Contact of a target refresh request, or of the 2xx to one.
  void refresh_target(const Message& message);
  // 13.2.2.4: the 2xx is the last word about the route set of a client.
  void refresh_route(const Message& response);

  // 12.2.1.1, 8.1.2: the address of the first route, else of the remote target, where that is an
  // IP address (names cannot be resolved here); else, and for datagrams when the far end is behind
  // a NAT (its Contact is not where its messages come from), the address of the last message. A
  // live connection is kept.
  Peer next_hop() const;

  // 12.2.1.1: a request up to its CSeq, strict routers (no ;lr) included. `via` is our whole Via
  // value.
  Writer request(Method method, std::uint32_t sequence, std::string_view via) const;

 private:
  std::string local_;    // whole From and To values for our requests, tags included
  std::string remote_;
  std::string target_;   // the remote target, a URI
  std::vector<std::string> routes_;  // Route values, first hop first
  std::uint32_t local_sequence_ = 0;
  std::optional<std::uint32_t> remote_sequence_;
};

}  // namespace strowger::sip
