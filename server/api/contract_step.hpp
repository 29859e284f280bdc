// A request of the contract test, and the status that it has to get.
#pragma once

#include "api/api_harness.hpp"

#include <string>
#include <utility>
#include <vector>

namespace strowger::api {

inline const std::string api = "/api/v1";
inline const std::string account = api + "/accounts/default";

using Headers = std::vector<std::pair<std::string, std::string>>;
inline Headers match(const std::string& tag) { return {{"if-match", tag}}; }
inline const Headers create = {{"if-none-match", "*"}};

struct Step {
  Ask ask;
  int status;
};

}  // namespace strowger::api
