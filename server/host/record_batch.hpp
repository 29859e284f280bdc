// The call records of one shard until they are written. Those that a caller's final answer waits
// for (DESIGN law 5) are due at once; the others a moment later, or with them. Of a call that talks
// only the newest is written then: each holds all that those before it did.
#pragma once

#include "base/time.hpp"
#include "call/exchange.hpp"

#include <vector>

namespace strowger::host {

class RecordBatch {
 public:
  static constexpr Duration patience = std::chrono::milliseconds{50};

  void add(call::StoreRecord&& output, Instant now);
  // An answer waits for one of them.
  bool before_answers() const { return before_answers_; }
  bool due(Instant now) const { return before_answers_ || deadline_ <= now; }
  // When those that nobody waits for are due; Instant::max() when there are none.
  Instant deadline() const { return deadline_; }
  std::vector<model::CallRecord>& records() { return records_; }
  // They have been written, or are kept elsewhere. Their room stays for the next ones.
  void clear();

 private:
  model::CallRecord* earlier(const model::CallRecord& record);

  std::vector<model::CallRecord> records_;
  bool before_answers_ = false;
  Instant deadline_ = Instant::max();
};

}  // namespace strowger::host
