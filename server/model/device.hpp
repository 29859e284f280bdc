// A device: what rings. A phone that registers with a username, a SIP address, or a number that is
// called instead of a phone. KAZOO's `device`.
//
// `document` is the truth, as in seat.hpp. A password is never in it: `secret` holds what digest
// authentication needs, and is stored and handed on apart from the document.
#pragma once

#include "base/result.hpp"
#include "model/call_preferences.hpp"
#include "model/finding.hpp"

#include <boost/json/object.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strowger::model {

inline constexpr std::size_t device_bytes_max = 64 << 10;
inline constexpr std::size_t device_depth_max = 16;  // JSON levels
inline constexpr std::size_t device_name_chars_max = 128;
inline constexpr std::size_t sip_username_chars_max = 64;
inline constexpr std::size_t sip_route_bytes_max = 512;
inline constexpr std::size_t custom_headers_max = 16;
inline constexpr std::size_t custom_header_bytes_max = 256;  // of a value; a name has 64
inline constexpr std::int64_t concurrent_calls_max = 100;
inline constexpr std::size_t password_chars_min = 12;  // of one that a person chose
inline constexpr std::size_t password_chars_max = 128;

inline constexpr std::chrono::seconds qualify_min{15};
inline constexpr std::chrono::seconds qualify_max{3'600};
// Whether that is an interval of OPTIONS: 0 for none.
constexpr bool is_qualify_interval(std::int64_t seconds) {
  return seconds == 0 || (seconds >= qualify_min.count() && seconds <= qualify_max.count());
}

enum class DeviceType : std::uint8_t {
  sip_device,  // registers
  softphone,   // registers
  sip_uri,     // is called at sip.route
  landline,    // is called by its call_forward.number
  cellphone,   // is called by its call_forward.number
};
std::string_view device_type_name(DeviceType type);
bool registers(DeviceType type);  // sip_device, softphone

// What stands in the Request-URI of an INVITE to the device. KAZOO has more; only these ring here.
enum class InviteFormat : std::uint8_t {
  contact,   // as the device registered itself
  username,  // sip.username
  e164,      // the called number
  route,     // sip.route, for sip_uri
};

// H(username:realm:password) by algorithm (RFC 7616 §3.4.2), lower-case hex; "" when there is none.
// Who knows one can log in: it is never shown or logged.
struct DigestSecret {
  std::string realm;  // the one it was made for
  std::string md5;
  std::string sha256;

  bool empty() const { return md5.empty() && sha256.empty(); }
  bool operator==(const DigestSecret&) const = default;
};

struct CustomHeader {
  std::string name;
  std::string value;

  bool operator==(const CustomHeader&) const = default;
};

struct Device {
  std::string id;        // identifier.hpp; "" when the document names none
  std::string name;      // never ""
  std::string owner_id;  // the seat; "" for none, e.g. a door phone
  bool enabled = true;
  DeviceType type = DeviceType::sip_device;
  std::string username;  // sip.username: unique in the account, case-sensitive; "" only for what
                         // does not register
  InviteFormat invite_format = InviteFormat::contact;
  std::string route;                        // sip.route: a SIP URI; "" for none
  std::vector<CustomHeader> headers;        // sip.custom_sip_headers(.out): on INVITEs to it
  std::optional<std::int64_t> calls_max;    // limits.concurrent_calls; nothing: no limit of its own
  // sip.qualify_s: asked so often by OPTIONS whether it is there; 0: never; nothing: as the account
  // says.
  std::optional<std::chrono::seconds> qualify;
  bool srtp = false;  // media.encryption.enforce_security: no call without SRTP
  bool transcode = true;  // media.transcode: may be offered codecs that its caller does not have
  CallPreferences calls;
  bool suppress_unregister_notifications = false;
  DigestSecret secret;  // not in the document; empty: nobody can register as this device

  boost::json::object document;

  // Sets `id` here and in the document.
  void assign_id(std::string new_id);
};

// Text from outside; what is no device is refused whole, with JSON pointers. `sip.password` and
// `sip.ha1` are refused too: a secret comes by DigestSecret.
Result<Device, Findings> parse_device(std::string_view json_text);
Result<Device, Findings> read_device(boost::json::object document);

// One line of JSON, equal in meaning to what was parsed; without the secret.
std::string serialize(const Device& device);

// 1..64 characters that need no escaping in a SIP URI (RFC 3261 §25.1): letters, digits,
// - . _ ~ + *
bool is_sip_username(std::string_view text);

// The realm that an account challenges its phones with: its SIP domain; "strowger" for the account
// that has none.
std::string digest_realm(std::string_view account_realm);

}  // namespace strowger::model
