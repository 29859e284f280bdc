// Call records on their way into the store: an append-only file, so that a call never waits for the
// database and a kill -9 loses nothing that was appended.
//
// `<data>/journal/calls-NNNNNNNN.log`, one record a line: length and CRC-32 of the JSON, both 8 hex
// digits, then the JSON. A torn tail is detected and cut. Format and recovery: docs/journal.md.
// Whoever writes or replays holds `<data>/journal/lock` (flock): the running server, else a
// command.
#pragma once

#include "model/call_record.hpp"
#include "store/error.hpp"
#include "store/store.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace strowger::store {

struct JournalOptions {
  bool sync = false;  // fdatasync after each append: survives a power cut too, at disk speed
  std::size_t segment_bytes_max = std::size_t{64} << 20;  // a new file is begun beyond
  // Of a file that are replayed at once: any record fits in.
  std::size_t piece_bytes = std::size_t{4} << 20;
  std::size_t writers = 1;  // each with a file of its own, so that none waits for another
};

struct ReplayReport {
  std::size_t records = 0;
  std::size_t segments = 0;
  std::size_t damaged_bytes = 0;  // torn tails and unreadable lines, skipped; such a file is kept
                                  // as damaged-calls-NNNNNNNN.log
};

class Journal {
 public:
  // `conflict` when another process holds the journal (a running server).
  static Outcome<std::unique_ptr<Journal>> open(const std::filesystem::path& data_directory,
                                                JournalOptions options = {});
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // All records in one write(2). After an error nothing of the batch is in the file. All records
  // of one call are given to one writer.
  Outcome<void> append(std::span<const model::CallRecord> batch, std::size_t writer = 0);
  // The same for records that are JSON already (model::append_json), one per element.
  Outcome<void> append_json(std::span<const std::string> records);

  // Moves everything appended so far into the store and deletes the files that are done.
  // Idempotent: after a crash in the middle the rest, or all of it, is moved again. May run in
  // another thread than append (which it never blocks for longer than opening a file takes).
  Outcome<ReplayReport> replay_into(Store& store);

  std::uint64_t appended_bytes() const;

 private:
  struct Segment;
  struct State;
  explicit Journal(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace strowger::store
