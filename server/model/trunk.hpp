// A trunk: a carrier of the account, which brings its calls and takes those that leave it. Where it
// is reached, how its calls are known, which numbers it is shown and which it wants dialled.
//
// `document` is the truth, as in seat.hpp. The password that we answer the carrier's challenges
// with is never in it (docs/decisions/0029-carriers-passwords.md), nor is the one that the other
// side logs in with here: `secret` holds of it what digest authentication needs.
#pragma once

#include "base/ip_network.hpp"
#include "base/result.hpp"
#include "model/call_preferences.hpp"
#include "model/device.hpp"
#include "model/finding.hpp"
#include "model/seat.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {

inline constexpr std::size_t trunk_bytes_max = 64 << 10;
inline constexpr std::size_t trunk_depth_max = 16;  // JSON levels
inline constexpr std::size_t trunk_name_chars_max = 128;
inline constexpr std::size_t trunk_addresses_max = 16;
inline constexpr std::size_t trunk_sources_max = 64;
inline constexpr std::size_t trunk_password_chars_max = 128;
inline constexpr std::size_t host_bytes_max = 253;  // RFC 1035 §2.3.4, without the last dot
inline constexpr std::int64_t trunk_channels_max = 10'000;

enum class TrunkTransport : std::uint8_t { udp, tcp, tls };
std::string_view trunk_transport_name(TrunkTransport transport);

// Tried from the lowest priority on; among equal ones in their order, or, where one has a weight,
// by lot (RFC 2782).
struct TrunkAddress {
  std::string host;         // an IP address, or a name that is resolved while no call waits
  std::uint16_t port = 0;   // 0: 5060, by TLS 5061, or what the SRV records of the name say
  TrunkTransport transport = TrunkTransport::udp;
  int priority = 0;  // 0 to 65,535
  int weight = 0;    // 0 to 65,535

  bool operator==(const TrunkAddress&) const = default;
};

// Of its addresses by TLS: whoever answers there has to have the host as it stands in the document
// in its certificate (RFC 5922).
struct TrunkTls {
  bool verify = true;      // false: anybody may answer there, for laboratories
  bool wildcards = false;  // *.example.net stands for sip.example.net, too
};

enum class NumberForm : std::uint8_t {
  e164,          // +493012345
  e164_no_plus,  // 493012345
  national,      // 03012345 within the country, 00… beyond it
  as_dialled,
};
std::string_view number_form_name(NumberForm form);

struct TrunkInbound {
  bool enabled = true;
  bool from_addresses = true;       // its addresses are sources, too; by default not of one that
                                    // logs in
  std::vector<IpNetwork> sources;   // where its calls come from
  bool trust_identity = true;       // P-Asserted-Identity says who calls (RFC 3325 §5)
};

struct TrunkOutbound {
  bool enabled = true;
  int priority = 0;               // trunks of the account are tried from the lowest on
  std::string username;           // answers 401 and 407; "" for none
  std::string realm;              // only challenges of this one are answered; "" for any
  std::vector<std::string> classes;  // of numbers that it takes; none: all of them
  NumberForm form = NumberForm::e164;
  std::string strip;   // taken from the front of the number, when it begins so
  std::string prefix;  // put in front of it
  std::chrono::seconds no_reply{4};  // without any reply the next address is tried
  std::vector<CustomHeader> headers;
};

struct TrunkRegistration {
  bool enabled = false;
  std::string domain;  // of the address-of-record; "" for the host of the first address
  std::chrono::seconds expires{600};
};

struct TrunkCallerId {
  CallerId fixed;        // shown when the caller has no outside number of its own
  bool always = false;   // … and when it has one
  std::string domain;    // of From; "" for the host of the address
  bool asserted = true;  // P-Asserted-Identity, too
};

struct Trunk {
  std::string id;    // identifier.hpp; "" when the document names none
  std::string name;  // never ""
  bool enabled = true;
  std::vector<TrunkAddress> addresses;
  TrunkTls tls;
  bool srtp = false;  // media.encryption.enforce_security: no call to it without SRTP
  TrunkInbound inbound;
  TrunkOutbound outbound;
  TrunkRegistration registration;
  TrunkCallerId caller_id;
  // login.username: what the other side registers and calls with here; "" when it does not.
  // Case-sensitive; nobody else of the account, seat, phone or trunk, goes by that name.
  std::string login;
  DigestSecret secret;  // of the login, not in the document; empty: nobody can log in
  std::optional<std::int64_t> channels;  // calls at once, both ways, over all shards

  boost::json::object document;

  // Sets `id` here and in the document.
  void assign_id(std::string new_id);
  bool uses_tls() const;
  // Where its registrar and its addresses are: what it is known by.
  const std::string& domain() const;
};

// Text from outside; what is no trunk is refused whole, with JSON pointers. `outbound.password` and
// `login.password` are refused too.
Result<Trunk, Findings> parse_trunk(std::string_view json_text);
Result<Trunk, Findings> read_trunk(boost::json::object document);

// One line of JSON, equal in meaning to what was parsed.
std::string serialize(const Trunk& trunk);

// What works, but is not as safe as it looks.
Findings trunk_warnings(const Trunk& trunk);

// A name or an IP address (IPv6 with or without brackets) that may stand in a SIP URI.
bool is_host(std::string_view text);

}  // namespace strowger::model
