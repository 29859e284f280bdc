// One Via value (RFC 3261 20.42, RFC 3581), and where its response goes.
#pragma once

#include "base/endpoint.hpp"
#include "sip/params.hpp"
#include "sip/peer.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace strowger::sip {

// Views into the header's value.
struct Via {
  std::string_view version;    // "2.0"
  std::string_view transport;  // "UDP", also one we do not know
  std::string_view host;       // IPv6 with its brackets
  std::optional<std::uint16_t> port;
  Params params;

  // Nothing when it is malformed.
  static std::optional<Via> parse(std::string_view value);
  // What can still be used of a malformed one: parameters from the first bad one on are left out.
  // Nothing when even transport and sent-by cannot be read.
  static std::optional<Via> salvage(std::string_view value);

  std::optional<std::string_view> branch() const { return branch_; }
  std::optional<std::string_view> received() const { return received_; }
  bool has_rport() const { return rport_.has_value(); }
  // The value of ;rport=, when it has one in 1–65535.
  std::optional<std::uint16_t> rport() const;
  // "host:port" as written, for the transaction key of RFC 3261 17.2.3.
  std::string_view sent_by;
  bool whole = false;  // nothing was left out

 private:
  void read_params(std::string_view text);

  // The first ones of these names, met while `params` was read: each request asks for them.
  std::optional<std::string_view> branch_, received_, rport_;
};

// RFC 3261 17.2.3: a branch with this start is unique by itself.
constexpr std::string_view magic_cookie = "z9hG4bK";

// Where the response to a request from `source` with this top Via goes (RFC 3261 18.2.2, RFC 3581
// 4): the source with ;rport, else the source address with the sent-by port. Never to a third
// address: maddr, a forged received and foreign sent-by hosts are not followed.
Endpoint reply_endpoint(const Via& top, const Endpoint& source, Transport transport);

}  // namespace strowger::sip
