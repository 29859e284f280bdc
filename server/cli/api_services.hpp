// What the API gets from the rest of the program: decoding in a child process, the simulator, the
// actions of this build.
#pragma once

#include "api/services.hpp"

#include <filesystem>

namespace strowger::cli {

// All but what only a running server has: reload, snapshot, metrics, calls.
api::Services api_services(const std::filesystem::path& data, const std::filesystem::path& web);

// Where the web app lies: `given`, else `web` beside the program, else ../share/strowger/web; ""
// for nowhere.
std::filesystem::path find_web(const std::filesystem::path& given);

// As the Simulation of openapi.json, but for `findings`.
Result<boost::json::object, Complaint> simulate_for_api(const std::filesystem::path& data,
                                                        const api::SimulationRequest& request);

}  // namespace strowger::cli
