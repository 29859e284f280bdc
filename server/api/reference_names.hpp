// What the things that a callflow refers to are called, so that an editor can caption its blocks.
#pragma once

#include "api/visit.hpp"

#include <string_view>

namespace strowger::api {

// {"seat": {"anna": "Anna Berg"}, "media": {…}}; what is not there is left out.
boost::json::object reference_names(Visit& visit, std::string_view document);

}  // namespace strowger::api
