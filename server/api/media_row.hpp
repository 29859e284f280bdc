// Media as the API tells of them.
#pragma once

#include "api/visit.hpp"
#include "model/media_file.hpp"

#include <string>

namespace strowger::api {

// `used_by`: blocks that play it.
boost::json::object as_json(const model::MediaFile& media, std::size_t used_by);
std::string etag(const model::MediaFile& media);
// 200 or 201 with ETag and used_by.
Response answer_media(Visit& visit, const model::MediaFile& media, int status = 200);
store::Outcome<std::vector<Use>> uses_of_media(Visit& visit, const std::string& id);

}  // namespace strowger::api
