// What `callflow simulate` runs on: the document, and what it refers to: known, or made up.
#pragma once

#include "base/result.hpp"
#include "cli/commands.hpp"
#include "flow/snapshot.hpp"
#include "sim/simulation.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::cli {

struct SimulateOptions : DataOptions {
  std::string file;      // or, with `document`, what complaints call it
  std::string document;  // the text itself; "": read it from the file
  std::string to;
  std::string from = "2000";
  std::vector<std::string> digits;
  std::string at;
  std::vector<std::string> missing_media;
  std::string reliable = "supported";
  bool late_offer = false;
  double hang_up_after = 120;  // s
  std::string phones = "answer";
};

// Of "answer", "busy", "no_answer" and "offline"; the first for others.
sim::WhenRung when_rung(std::string_view word);

struct SimulateInput {
  flow::SnapshotPtr snapshot;
  std::string callflow_id;
  std::string name;
  std::string to;
  std::vector<std::string> notes;  // what had to be assumed
};

// `with_data`: other callflows and media come from the data directory of the options.
Result<SimulateInput, Complaint> simulate_input(const SimulateOptions& options, bool with_data);

}  // namespace strowger::cli
