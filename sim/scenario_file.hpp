// .flow files on disk, and the commands that run them again.
#pragma once

#include "base/result.hpp"
#include "sim/scenario.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace strowger::sim {

// A complaint when the file can't be read or is no scenario file.
Result<std::vector<Scenario>, Complaint> read_scenarios(const std::string& file);

// The command that runs just this scenario again.
std::string replay_command(const Scenario& scenario, std::uint64_t seed, bool wire);

}  // namespace strowger::sim
