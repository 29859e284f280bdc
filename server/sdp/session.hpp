// A session description (RFC 8866) as a value: what a caller offers and what we answer.
// Holds what an audio system needs in typed form; every other attribute is kept as text, in order.
#pragma once

#include "base/endpoint.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::sdp {

// Directions as seen by whoever wrote the description (RFC 8866 §6.7).
enum class Direction : std::uint8_t { inactive = 0, sendonly = 1, recvonly = 2, sendrecv = 3 };

constexpr bool sends(Direction d) { return (static_cast<unsigned>(d) & 1U) != 0; }
constexpr bool receives(Direction d) { return (static_cast<unsigned>(d) & 2U) != 0; }
constexpr Direction direction(bool send, bool receive) {
  return static_cast<Direction>((send ? 1U : 0U) | (receive ? 2U : 0U));
}
// The same stream seen from the other side: their sendonly is our recvonly.
constexpr Direction mirrored(Direction d) { return direction(receives(d), sends(d)); }
constexpr Direction both_agree(Direction a, Direction b) {
  return static_cast<Direction>(static_cast<unsigned>(a) & static_cast<unsigned>(b));
}
std::string_view name(Direction d);

// "a=name" has no value; "a=name:value" has one, maybe empty.
struct Attribute {
  std::string name;
  std::optional<std::string> value;

  bool operator==(const Attribute&) const = default;
};

// The o= line. Ids stay text: other people's are "numeric strings" of any length.
struct Origin {
  std::string username = "-";
  std::string session_id = "0";
  std::string version = "0";
  std::string address_type = "IP4";
  std::string address = "127.0.0.1";

  bool operator==(const Origin&) const = default;
};

// A c= line. A host name is kept but never resolved: `ip` is empty then and media can't be sent.
struct Connection {
  std::string address_type = "IP4";
  std::string address;
  std::optional<IpAddress> ip;

  bool operator==(const Connection&) const = default;
};

// a=rtpmap: payload type 0..127, clock rate in Hz (> 0), channels (> 0).
struct RtpMap {
  int payload_type = 0;
  std::string encoding;
  std::uint32_t clock_rate = 8000;
  int channels = 1;

  bool operator==(const RtpMap&) const = default;
};

struct Fmtp {
  std::string format;
  std::string parameters;

  bool operator==(const Fmtp&) const = default;
};

// a=rtcp (RFC 3605): a port, maybe with an address of its own.
struct RtcpPort {
  std::uint16_t port = 0;
  std::optional<Connection> connection;

  bool operator==(const RtcpPort&) const = default;
};

// One m= section.
struct Media {
  std::string type = "audio";
  std::uint16_t port = 0;  // 0: refused or disabled
  std::uint16_t port_count = 1;
  std::string protocol = "RTP/AVP";
  std::vector<std::string> formats;  // payload types as text when protocol is RTP

  std::optional<Connection> connection;
  std::optional<Direction> direction;
  std::vector<RtpMap> rtpmaps;
  std::vector<Fmtp> fmtps;
  std::optional<std::chrono::milliseconds> ptime;  // > 0
  std::optional<std::chrono::milliseconds> maxptime;  // > 0
  std::optional<RtcpPort> rtcp;
  bool rtcp_mux = false;
  std::vector<Attribute> attributes;  // all others

  bool is_rtp() const;  // "RTP/AVP" and every protocol built on it
  const Attribute* attribute(std::string_view wanted) const;
  bool operator==(const Media&) const = default;
};

struct Session {
  Origin origin;
  std::string name = "-";
  std::optional<Connection> connection;
  std::optional<Direction> direction;
  std::vector<Attribute> attributes;
  std::vector<Media> media;

  // What holds for one m= section: its own line, else the session's.
  const Connection* connection_of(const Media& section) const;
  Direction direction_of(const Media& section) const;  // sendrecv when nothing is said
  const Attribute* attribute(std::string_view wanted) const;
  bool operator==(const Session&) const = default;
};

// As bytes for a message body, CRLF lines. A line break inside a value is left out, so that no
// value can add a line.
std::string serialize(const Session& session);

}  // namespace strowger::sdp
