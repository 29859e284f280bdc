// A sound that blocks may play. The samples lie in content-addressed files; this is the label.
#pragma once

#include <cstdint>
#include <string>

namespace strowger::model {

struct MediaFile {
  std::string id;    // identifier.hpp; blocks refer by it
  std::string name;  // for people
  std::string content_hash;         // sha256 of the uploaded bytes, 64 hex digits
  std::int64_t duration_ms = 0;
  std::string source;               // what was uploaded: "wav, 44.1 kHz, 2 channels"
  std::int64_t original_bytes = 0;
  std::int64_t encoded_bytes = 0;   // of one G.711 form: 8 bytes a millisecond

  bool operator==(const MediaFile&) const = default;
};

}  // namespace strowger::model
