#include "sim/scenario_file.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace strowger::sim {

Result<std::vector<Scenario>, Complaint> read_scenarios(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) return complain(file + ": can't be read");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return parse_scenarios(text, file);
}

std::string replay_command(const Scenario& scenario, std::uint64_t seed, bool wire) {
  return fmt::format("strowger scenario run {}--seed {} --line {} {}", wire ? "--wire " : "", seed,
                     scenario.line, scenario.file);
}

}  // namespace strowger::sim
