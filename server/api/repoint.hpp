// Every callflow that plays one sound shall play another.
#pragma once

#include "api/visit.hpp"

#include <string>

namespace strowger::api {

// In latest and live revisions, as new ones; what was live is live again with the change, what was
// a draft stays one. Under the write lock. Nothing when all went well.
std::optional<Response> repoint_media(Visit& visit, const std::string& from,
                                      const std::string& to);

}  // namespace strowger::api
