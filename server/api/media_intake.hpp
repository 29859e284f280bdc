// Sound on its way into the media of an account: an upload, or speech.
#pragma once

#include "api/fields.hpp"
#include "api/visit.hpp"
#include "model/media_file.hpp"

#include <string>
#include <string_view>

namespace strowger::api {

inline constexpr TextBounds media_name_bounds{.chars_min = 1, .chars_max = 128};

struct Upload {
  std::string_view file;
  std::string name;  // "" for none given
  std::string id;    // "": one is made
};

// Slow: before any lock is taken. 413 or 422 for what can't be played.
Answered<DecodedSound> decode(Visit& visit, const Upload& upload);
// Under the write lock, so that nobody drops the same samples as unused meanwhile.
Answered<model::MediaFile> keep(Visit& visit, const Upload& upload, const DecodedSound& sound);
// Under the write lock.
Response save(Visit& visit, const model::MediaFile& media, int status);

// All of it, for a new media: 201, 409 when the id is taken.
Response add_media(Visit& visit, Upload upload);

Event media_event(const Visit& visit, const char* type, const std::string& id);

}  // namespace strowger::api
