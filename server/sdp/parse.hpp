// Reading a session description off the wire. Hostile input: every count and number is bounded.
#pragma once

#include "base/result.hpp"
#include "sdp/session.hpp"

#include <cstddef>
#include <string_view>

namespace strowger::sdp {

constexpr std::size_t body_bytes_max = 65'536;
constexpr std::size_t media_lines_max = 32;
constexpr std::size_t attributes_max = 256;  // of the session, and of each m= section
constexpr std::size_t formats_max = 128;     // of one m= line: there are 128 payload types
constexpr int payload_type_max = 127;
constexpr std::uint32_t clock_rate_max = 1'000'000;  // Hz
constexpr int channels_max = 255;
constexpr int ptime_max = 1'000;  // ms of sound in one packet

struct ParseError {
  enum class Kind : std::uint8_t {
    too_long,        // more than body_bytes_max bytes
    too_many_media,
    too_many_attributes,
    too_many_formats,
    no_version,      // the first line is not v=0
    bad_line,        // not "x=…", or with a NUL in it
    bad_origin,
    bad_connection,
    bad_media,
    bad_port,
    bad_payload_type,
    bad_rtpmap,
    bad_ptime,
    bad_rtcp,
  };
  Kind kind;
  std::size_t line = 0;  // from 1; 0: the body as a whole
};

// For people and Warning headers: "line 6: port is not 0..65535".
std::string text(const ParseError& error);

// Takes LF alone as a line end, a missing last line end, missing o=, s= and t= lines; skips lines
// of letters it does not need. Refuses numbers out of range.
Result<Session, ParseError> parse(std::string_view body);

}  // namespace strowger::sdp
