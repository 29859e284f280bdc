#include "store/journal.hpp"

#include "store/file.hpp"
#include "store/journal_format.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <deque>
#include <fcntl.h>
#include <mutex>
#include <system_error>
#include <unordered_set>
#include <vector>

namespace strowger::store {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view prefix = "calls-";
constexpr std::string_view suffix = ".log";
constexpr std::size_t number_digits = 8;

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

// `{"id":"…"`: as model::append_json begins each record. "" when it does not.
std::string_view id_of(std::string_view json) {
  constexpr std::string_view before = "{\"id\":\"";
  if (!json.starts_with(before)) return {};
  json.remove_prefix(before.size());
  const std::size_t end = json.find_first_of("\"\\");
  return end != json.npos && json[end] == '"' ? json.substr(0, end) : std::string_view{};
}

// The last record of each call: those before it say less, and most calls have two in one file.
std::vector<std::string_view> last_of_each_call(const std::vector<std::string_view>& records) {
  std::unordered_set<std::string_view> seen;
  std::vector<std::string_view> last;
  for (auto json = records.rbegin(); json != records.rend(); ++json) {
    const auto id = id_of(*json);
    if (id.empty() || seen.insert(id).second) last.push_back(*json);
  }
  std::reverse(last.begin(), last.end());
  return last;
}

// A record that something else than append_json wrote is read whole, and written as we write it.
std::optional<std::string> as_we_write(std::string_view json) {
  const auto record = model::call_record_from_json(json);
  return record ? std::optional(model::to_json(*record)) : std::nullopt;
}

// Whole lines of a journal's file.
Outcome<ReplayReport> replay_piece(std::string_view bytes, Store& store) {
  ReplayReport report;
  std::vector<std::string_view> records;
  report.damaged_bytes =
      scan_lines(bytes, [&](std::string_view json) { records.push_back(json); });
  report.records = records.size();
  std::deque<std::string> rewritten;
  std::vector<model::CallRecordText> texts;
  for (const auto json : last_of_each_call(records)) {
    auto text = model::call_record_text(json);
    if (!text) {
      if (auto ours = as_we_write(json)) {
        text = model::call_record_text(rewritten.emplace_back(std::move(*ours)));
      }
    }
    if (text) {
      texts.push_back(*text);
    } else {
      report.damaged_bytes += json.size();
      --report.records;
    }
  }
  if (auto stored = store.upsert_call_texts(texts); !stored) {
    return tl::unexpected<Error>(std::move(stored.error()));
  }
  return report;
}

// A piece at a time, each in a transaction: what an hour of an unusable disk left behind must not
// become as much memory.
Outcome<ReplayReport> replay_segment(const fs::path& path, std::size_t piece_bytes, Store& store) {
  ReplayReport report{.segments = 1};
  const auto read = read_in_pieces(path, piece_bytes, [&](std::string_view piece) -> Outcome<void> {
    const auto part = replay_piece(piece, store);
    if (!part) return tl::unexpected<Error>(part.error());
    report.records += part->records;
    report.damaged_bytes += part->damaged_bytes;
    return {};
  });
  if (!read) return tl::unexpected<Error>(read.error());
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

// The file that one writer appends to.
struct Journal::Segment {
  std::mutex mutex;  // guards what follows: append and replay may run in two threads
  File file;
  SegmentNumber number = 0;
  std::size_t bytes = 0;
};

struct Journal::State {
  fs::path directory;
  JournalOptions options;
  File lock;

  std::vector<Segment> active;  // by writer
  std::atomic<SegmentNumber> last_number = 0;
  std::atomic<std::uint64_t> appended{0};

  std::mutex replaying;  // one replay at a time

  Outcome<void> start(Segment& segment);
  Outcome<void> append_bytes(Segment& segment, std::string_view bytes);
  Outcome<std::vector<SegmentNumber>> finished_segments();
};

Outcome<void> Journal::State::start(Segment& segment) {
  const SegmentNumber number = ++last_number;
  auto file = File::open(segment_path(directory, number),
                         O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC);
  if (!file) return tl::unexpected<Error>(std::move(file.error()));
  segment.file = std::move(*file);
  segment.number = number;
  segment.bytes = 0;
  return options.sync ? sync_directory(directory) : Outcome<void>{};
}

Outcome<void> Journal::State::append_bytes(Segment& segment, std::string_view bytes) {
  const std::lock_guard hold(segment.mutex);
  if (segment.bytes >= options.segment_bytes_max) {
    if (auto started = start(segment); !started) return started;
  }
  auto written = segment.file.write_all(bytes);
  if (written && options.sync) written = segment.file.sync();
  if (written) {
    segment.bytes += bytes.size();
    appended += bytes.size();
    return written;
  }
  // A half-written batch must not stand before the next one. If it cannot be cut off, the next
  // batch goes to a new file, and replay skips what is torn here.
  if (!segment.file.truncate(segment.bytes)) (void)start(segment);
  return written;
}

// Those that no writer will touch any more; each writer begins a new one if it has to.
Outcome<std::vector<SegmentNumber>> Journal::State::finished_segments() {
  // What a writer begins from here on, because its file is full, waits for the next replay.
  const SegmentNumber newest = last_number;
  std::vector<SegmentNumber> in_use;
  for (Segment& segment : active) {
    const std::lock_guard hold(segment.mutex);
    if (segment.bytes > 0) {
      if (auto started = start(segment); !started) {
        return tl::unexpected<Error>(std::move(started.error()));
      }
    }
    in_use.push_back(segment.number);
  }
  auto found = segments_in(directory);
  if (!found) return found;
  std::erase_if(*found, [&](SegmentNumber number) {
    return number > newest || std::find(in_use.begin(), in_use.end(), number) != in_use.end();
  });
  return found;
}

Journal::Journal(std::unique_ptr<State> state) : state_(std::move(state)) {}

Journal::~Journal() {
  for (const Segment& segment : state_->active) {
    if (segment.bytes > 0 || segment.number == 0) continue;
    std::error_code ignored;  // an empty file left behind does no harm
    fs::remove(segment_path(state_->directory, segment.number), ignored);
  }
}

Outcome<std::unique_ptr<Journal>> Journal::open(const fs::path& data_directory,
                                                JournalOptions options) {
  auto state = std::make_unique<State>();
  state->directory = data_directory / "journal";
  state->options = options;
  state->active = std::vector<Segment>(options.writers);
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
  state->last_number = found->empty() ? 0 : found->back();
  for (Segment& segment : state->active) {
    if (auto started = state->start(segment); !started) {
      return tl::unexpected<Error>(std::move(started.error()));
    }
  }
  return std::unique_ptr<Journal>(new Journal(std::move(state)));
}

Outcome<void> Journal::append(std::span<const model::CallRecord> batch, std::size_t writer) {
  std::string bytes;
  for (const model::CallRecord& record : batch) {
    const auto begin = begin_line(bytes);
    model::append_json(bytes, record);
    end_line(bytes, begin);
  }
  return bytes.empty() ? Outcome<void>{} : state_->append_bytes(state_->active[writer], bytes);
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
  return bytes.empty() ? Outcome<void>{} : state_->append_bytes(state_->active.front(), bytes);
}

Outcome<ReplayReport> Journal::replay_into(Store& store) {
  const std::lock_guard one_at_a_time(state_->replaying);
  const auto finished = state_->finished_segments();
  if (!finished) return tl::unexpected<Error>(finished.error());
  ReplayReport total;
  for (const SegmentNumber number : *finished) {
    const fs::path path = segment_path(state_->directory, number);
    auto report = replay_segment(path, state_->options.piece_bytes, store);
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
