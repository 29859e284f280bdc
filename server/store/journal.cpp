#include "store/journal.hpp"

#include "store/file.hpp"
#include "store/journal_format.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <fcntl.h>
#include <mutex>
#include <system_error>
#include <vector>

namespace strowger::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "calls-";
constexpr std::string_view suffix = ".log";
constexpr std::size_t number_digits = 8;
constexpr std::size_t batch_records_max = 500;  // per transaction while replaying

using SegmentNumber = std::uint64_t;

fs::path segment_path(const fs::path& directory, SegmentNumber number) {
  std::string digits = std::to_string(number);
  digits.insert(0, number_digits - std::min(number_digits, digits.size()), '0');
  return directory / (std::string(prefix) + digits + std::string(suffix));
}

std::optional<SegmentNumber> segment_number(const fs::path& path) {
  const std::string name = path.filename().string();
  if (!name.starts_with(prefix) || !name.ends_with(suffix)) return std::nullopt;
  SegmentNumber number = 0;
  const char* const from = name.data() + prefix.size();
  const char* const to = name.data() + name.size() - suffix.size();
  const auto [end, error] = std::from_chars(from, to, number);
  return error == std::errc{} && end == to ? std::optional(number) : std::nullopt;
}

Outcome<std::vector<SegmentNumber>> segments_in(const fs::path& directory) {
  std::vector<SegmentNumber> found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error)) {
    if (const auto number = segment_number(entry.path())) found.push_back(*number);
  }
  if (error) {
    return fail(ErrorKind::storage, "cannot list " + directory.string() + ": " + error.message());
  }
  std::sort(found.begin(), found.end());
  return found;
}

Outcome<ReplayReport> replay_segment(const fs::path& path, Store& store) {
  auto bytes = read_file(path);
  if (!bytes) return tl::unexpected<Error>(std::move(bytes.error()));
  ReplayReport report{.segments = 1};
  std::vector<model::CallRecord> batch;
  Outcome<void> stored;
  const auto flush = [&] {
    if (stored && !batch.empty()) stored = store.upsert_calls(batch);
    report.records += batch.size();
    batch.clear();
  };
  std::size_t unreadable = 0;
  report.damaged_bytes = scan_lines(*bytes, [&](std::string_view json) {
    if (!stored) return;
    auto record = model::call_record_from_json(json);
    if (!record) {
      unreadable += json.size();
      return;
    }
    batch.push_back(std::move(*record));
    if (batch.size() >= batch_records_max) flush();
  });
  flush();
  report.damaged_bytes += unreadable;
  if (!stored) return tl::unexpected<Error>(std::move(stored.error()));
  return report;
}

// A file that is in the store is deleted; one with damage is kept aside for a person to look at.
Outcome<void> put_away(const fs::path& path, bool damaged) {
  std::error_code error;
  if (damaged) {
    fs::rename(path, path.parent_path() / ("damaged-" + path.filename().string()), error);
  } else {
    fs::remove(path, error);
  }
  if (!error) return {};
  return fail(ErrorKind::storage, "cannot remove " + path.string() + ": " + error.message());
}

}  // namespace

struct Journal::State {
  fs::path directory;
  JournalOptions options;
  File lock;

  std::mutex mutex;  // guards what follows: append and replay may run in two threads
  File active;
  SegmentNumber active_number = 0;
  std::size_t active_bytes = 0;
  std::atomic<std::uint64_t> appended{0};

  std::mutex replaying;  // one replay at a time

  Outcome<void> start_segment();
  Outcome<void> append_bytes(std::string_view bytes);
};

Outcome<void> Journal::State::start_segment() {
  const SegmentNumber number = active_number + 1;
  auto file = File::open(segment_path(directory, number),
                         O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC);
  if (!file) return tl::unexpected<Error>(std::move(file.error()));
  active = std::move(*file);
  active_number = number;
  active_bytes = 0;
  return options.sync ? sync_directory(directory) : Outcome<void>{};
}

Outcome<void> Journal::State::append_bytes(std::string_view bytes) {
  const std::lock_guard hold(mutex);
  if (active_bytes >= options.segment_bytes_max) {
    if (auto started = start_segment(); !started) return started;
  }
  auto written = active.write_all(bytes);
  if (written && options.sync) written = active.sync();
  if (written) {
    active_bytes += bytes.size();
    appended += bytes.size();
    return written;
  }
  // A half-written batch must not stand before the next one. If it cannot be cut off, the next
  // batch goes to a new file, and replay skips what is torn here.
  if (!active.truncate(active_bytes)) (void)start_segment();
  return written;
}

Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}

Journal::~Journal() {
  if (state_->active_bytes > 0) return;
  std::error_code ignored;  // an empty file left behind does no harm
  fs::remove(segment_path(state_->directory, state_->active_number), ignored);
}

Outcome<std::unique_ptr<Journal>> Journal::open(const fs::path& data_directory,
                                                JournalOptions options) {
  auto state = std::make_unique<State>();
  state->directory = data_directory / "journal";
  state->options = options;
  std::error_code error;
  fs::create_directories(state->directory, error);
  if (error) {
    return fail(ErrorKind::storage,
                "cannot create " + state->directory.string() + ": " + error.message());
  }
  auto lock = File::open(state->directory / "lock", O_RDWR | O_CREAT | O_CLOEXEC);
  if (!lock) return tl::unexpected<Error>(std::move(lock.error()));
  if (auto locked = lock->lock(); !locked) return tl::unexpected<Error>(std::move(locked.error()));
  state->lock = std::move(*lock);
  const auto found = segments_in(state->directory);
  if (!found) return tl::unexpected<Error>(found.error());
  // Never append to a file of an earlier run: its tail may be torn.
  state->active_number = found->empty() ? 0 : found->back();
  if (auto started = state->start_segment(); !started) {
    return tl::unexpected<Error>(std::move(started.error()));
  }
  return std::unique_ptr<Journal>(new Journal(std::move(state)));
}

Outcome<void> Journal::append(std::span<const model::CallRecord> batch) {
  std::string bytes;
  std::string json;
  for (const model::CallRecord& record : batch) {
    json.clear();
    model::append_json(json, record);
    append_line(bytes, json);
  }
  return bytes.empty() ? Outcome<void>{} : state_->append_bytes(bytes);
}

Outcome<void> Journal::append_json(std::span<const std::string> records) {
  std::string bytes;
  for (const std::string& json : records) {
    if (json.size() > journal_record_bytes_max || json.find('\n') != std::string::npos) {
      return fail(ErrorKind::invalid, "a journal record is one line of at most " +
                                          std::to_string(journal_record_bytes_max) + " bytes");
    }
    append_line(bytes, json);
  }
  return bytes.empty() ? Outcome<void>{} : state_->append_bytes(bytes);
}

Outcome<ReplayReport> Journal::replay_into(Store& store) {
  const std::lock_guard one_at_a_time(state_->replaying);
  SegmentNumber active = 0;
  {
    const std::lock_guard hold(state_->mutex);
    if (state_->active_bytes > 0) {
      if (auto started = state_->start_segment(); !started) {
        return tl::unexpected<Error>(std::move(started.error()));
      }
    }
    active = state_->active_number;
  }
  const auto found = segments_in(state_->directory);
  if (!found) return tl::unexpected<Error>(found.error());
  ReplayReport total;
  for (const SegmentNumber number : *found) {
    if (number >= active) continue;
    const fs::path path = segment_path(state_->directory, number);
    auto report = replay_segment(path, store);
    if (!report) return report;
    if (auto done = put_away(path, report->damaged_bytes > 0); !done) {
      return tl::unexpected<Error>(std::move(done.error()));
    }
    total.records += report->records;
    total.segments += report->segments;
    total.damaged_bytes += report->damaged_bytes;
  }
  return total;
}

std::uint64_t Journal::appended_bytes() const { return state_->appended; }

}  // namespace strowger::store
