// Callflows made by dice from the actions' own descriptions: valid by construction, every block
// with an id of its own, no circles. A new action joins by its action.json alone.
#pragma once

#include "sim/dice.hpp"
#include "sim/scenario.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace strowger::sim {

// What a Response block was configured to send.
struct Refusal {
  int code = 0;
  std::string phrase;
};

struct RandomFlow {
  std::vector<std::string> callflows;  // the first has the number 1000
  std::vector<MediaSpec> media;
  std::map<std::string, Refusal> refusals;  // by block id
};

RandomFlow random_flow(Dice& dice);

}  // namespace strowger::sim
