// From an uploaded file to what a prompt is made of; and the framing in which the result crosses
// the pipe from the decoding child process.
#pragma once

#include "base/result.hpp"
#include "media/decode.hpp"
#include "media/encodings.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace strowger::media {

struct Encoded {
  Encodings sound;               // in every codec
  std::int64_t duration_ms = 0;  // of the source, before padding
  std::string source;            // as in Decoded

  bool operator==(const Encoded&) const = default;
};

Result<Encoded, DecodeError> intake(std::span<const std::byte> file, const Limits& limits);

// What the child writes, be it success or failure.
std::vector<std::byte> serialize(const Result<Encoded, DecodeError>& outcome);
// What the parent reads. The child is not trusted: bytes that are no frame, are cut, or exceed the
// limits become a DecodeError (not_audio).
Result<Encoded, DecodeError> parse_outcome(std::span<const std::byte> bytes, const Limits& limits);

}  // namespace strowger::media
