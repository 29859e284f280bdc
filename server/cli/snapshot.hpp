// From what is stored to what calls run on: every published callflow compiled, its media loaded,
// its numbers in one plan. Used by the server at start and at each reload, and by `callflow
// simulate --data`.
#pragma once

#include "base/result.hpp"
#include "flow/snapshot.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace strowger::cli {

struct BuiltSnapshot {
  flow::SnapshotPtr snapshot;
  // What could not be used (a media file gone from disk, …) and is left out; calls say so in
  // their records.
  std::vector<std::string> warnings;
};

// Opens the store below `data` (read only use), reads it whole, closes it. Fails when there is
// none, or it can't be read; not because of a single bad document.
Result<BuiltSnapshot, Complaint> load_snapshot(const std::filesystem::path& data,
                                               std::uint64_t generation = 1);

}  // namespace strowger::cli
