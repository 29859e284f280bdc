#include "cli/record_ingest.hpp"

#include "host/beside_calls.hpp"
#include "host/log.hpp"

#include <fmt/format.h>

namespace strowger::cli {

RecordIngest::RecordIngest(store::Journal& journal, std::unique_ptr<store::Store> store)
    : journal_(journal), store_(std::move(store)), thread_([this] { run(); }) {}

RecordIngest::~RecordIngest() {
  {
    const std::lock_guard lock(stop_mutex_);
    stopping_ = true;
  }
  stop_.notify_all();
  thread_.join();
  if (const auto flushed = flush(); !flushed) host::log_error(flushed.error().what);
}

void RecordIngest::run() {
  host::begin_beside_calls("records");
  std::unique_lock lock(stop_mutex_);
  while (!stopping_) {
    lock.unlock();
    const auto pause = move_new_records();
    lock.lock();
    stop_.wait_for(lock, pause, [this] { return stopping_; });
  }
}

// How long to wait before the next time.
std::chrono::milliseconds RecordIngest::move_new_records() {
  if (const auto flushed = flush(); !flushed) {
    host::log_error(flushed.error().what);
    return pause_after_error;
  }
  const std::lock_guard lock(store_mutex_);
  return moved_records_ > busy ? every_when_busy : every;
}

Result<void, Complaint> RecordIngest::flush() {
  const std::lock_guard lock(store_mutex_);
  const auto appended = journal_.appended_bytes();
  moved_records_ = 0;
  if (moved_once_ && appended == moved_bytes_) return {};
  const auto report = journal_.replay_into(*store_);
  if (!report) {
    return complain("call records stay in the journal for now: " + report.error().text);
  }
  if (report->damaged_bytes > 0) {
    host::log_warning(fmt::format("{} bytes of the call journal were unreadable and are skipped",
                                  report->damaged_bytes));
  }
  moved_records_ = report->records;
  all_moved_records_ += report->records;
  moved_once_ = true;
  moved_bytes_ = appended;
  return {};
}

}  // namespace strowger::cli
