// What stands before every route: who asks, may they, and does a write come from our own pages.
#pragma once

#include "api/router.hpp"

namespace strowger::api {

inline constexpr std::string_view session_cookie = "strowger_session";
inline constexpr std::chrono::hours session_life{12};      // without a request
inline constexpr std::chrono::hours session_life_max{168};  // from login, whatever happens

// The user behind the cookie or the token. 401 when there is none, or it is over.
Answered<Principal> identify(const Request& request, store::Store& store, WallTime now);

// Nothing when the request may go on: 403 for a foreign Origin or too small a role, 404 for an
// account that is not there.
std::optional<Response> check_origin(const Request& request);
std::optional<Response> check_role(const Route& route, const Visit& visit);
std::optional<Response> check_content_type(const Route& route, const Request& request);

bool may(const Principal& who, std::string_view account, Need need);
std::string hash_of_secret(std::string_view secret);

}  // namespace strowger::api
