// Moves call records from the journal into the store, in a thread of its own, so that no call waits
// for the database.
#pragma once

#include "base/result.hpp"
#include "store/journal.hpp"
#include "store/store.hpp"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <thread>

namespace strowger::cli {

class RecordIngest {
 public:
  static constexpr std::chrono::milliseconds every{200};
  // The more at once, the less each costs.
  static constexpr std::chrono::milliseconds every_when_busy{1'000};
  static constexpr std::size_t busy = 500;  // records at once
  static constexpr std::chrono::seconds pause_after_error{2};

  // `journal` outlives this; `store` is used by nobody else.
  RecordIngest(store::Journal& journal, std::unique_ptr<store::Store> store);
  // Moves what is left, then ends.
  ~RecordIngest();
  RecordIngest(const RecordIngest&) = delete;
  RecordIngest& operator=(const RecordIngest&) = delete;

  // From any thread: everything appended before the call is in the store afterwards.
  Result<void, Complaint> flush();
  // From any thread. Of what this process appended to the journal.
  std::uint64_t moved_bytes() const { return moved_bytes_.load(std::memory_order_relaxed); }
  std::uint64_t moved_records() const { return all_moved_records_.load(std::memory_order_relaxed); }

 private:
  void run();
  std::chrono::milliseconds move_new_records();

  store::Journal& journal_;
  std::unique_ptr<store::Store> store_;
  std::mutex store_mutex_;
  std::size_t moved_records_ = 0;  // by the last flush; guarded by store_mutex_
  // Of what was appended; both are written under store_mutex_.
  std::atomic<std::uint64_t> moved_bytes_ = 0;
  std::atomic<std::uint64_t> all_moved_records_ = 0;
  bool moved_once_ = false;  // what an earlier run of the server left is moved at start
  std::mutex stop_mutex_;
  std::condition_variable stop_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace strowger::cli
