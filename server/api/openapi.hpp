// The contract of the API, OpenAPI 3.1: the text of openapi.json, embedded by the build.
#pragma once

#include <string_view>

namespace strowger::api {

std::string_view openapi_text();

}  // namespace strowger::api
