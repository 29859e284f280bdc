// Whether a call that one carrier refused is worth another try at the next: the one table that says
// which SIP codes end the hunting.
#pragma once

#include <span>
#include <string_view>

namespace strowger::model {

enum class Hunt : unsigned char { on, stop };

struct HuntRule {
  int code = 0;
  Hunt hunt = Hunt::stop;
  std::string_view why;
};

// Codes that differ from their class: 3xx go on, 4xx stop, 5xx go on, 6xx stop.
std::span<const HuntRule> hunt_rules();
Hunt hunt_after(int code);

}  // namespace strowger::model
