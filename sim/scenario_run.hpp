// One scenario in virtual time, judged.
#pragma once

#include "sim/scenario.hpp"

#include <cstdint>
#include <string>

namespace strowger::sim {

struct Verdict {
  bool passed = false;
  // For people, when it has not passed: what was expected, what came, the ladder.
  std::string report;
  Duration virtual_time{};
};

// The same scenario and seed give the same verdict, byte by byte.
Verdict run_scenario(const Scenario& scenario, std::uint64_t seed);

}  // namespace strowger::sim
