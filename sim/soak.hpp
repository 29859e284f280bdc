// Random calls by seed: a random callflow, random callers, a random network, and what must hold of
// all of them (docs/scenarios.md, "Soak").
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace strowger::sim {

struct SoakResult {
  bool passed = false;
  std::string report;  // for people, when it has not passed: what broke, callflow and ladders
  // What happened, for a summary that shows the dice are not loaded.
  std::size_t calls = 0;  // that reached a flow
  std::size_t answered = 0;
  std::size_t bridged = 0;  // to a phone that was called
  std::size_t refused = 0;  // with the code of a Response block
  std::size_t abandoned = 0;
  std::size_t blocks = 0;    // entered
  std::size_t messages = 0;  // SIP, both ways
  std::size_t lost = 0;      // of these
  std::size_t packets = 0;   // of sound

  SoakResult& operator+=(const SoakResult& other);
};

// The same seed gives the same result, byte by byte.
SoakResult soak(std::uint64_t seed);

}  // namespace strowger::sim
