// What `strowger scenario …` is made of.
#pragma once

#include "sim/scenario.hpp"
#include "sim/scenario_run.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace strowger::cli {

class Command;  // cli/command_line.hpp

struct Shell;

struct ScenarioOptions {
  std::vector<std::string> files;
  bool wire = false;
  std::uint64_t seed = 1;
  std::string only;
  int line = 0;  // 0: all
  bool json = false;
  bool verbose = false;
  unsigned jobs = 0;  // 0: one per core; on the wire, where most is waiting, four times that
};

// The scenario against a server process of its own, over loopback sockets.
sim::Verdict run_on_wire(const sim::Scenario& scenario);

void add_soak(Command group, Shell& shell);

}  // namespace strowger::cli
