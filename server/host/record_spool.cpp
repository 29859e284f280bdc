#include "host/record_spool.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace strowger::host {

void RecordSpool::append(std::vector<model::CallRecord>&& batch, Instant now) {
  if (batch.empty()) return;
  if (waiting_.empty()) {
    const auto trouble = sink_.append(batch);
    if (!trouble) return;
    log_error(fmt::format("call records can't be written: {}; they wait in memory, calls go on",
                          *trouble));
    next_try_ = now + retry_after;
  }
  keep(std::move(batch), now);
}

// Beyond the limit the newest are lost: the oldest are the ones that calls were already answered
// for.
void RecordSpool::keep(std::vector<model::CallRecord> batch, Instant now) {
  const auto room = records_max - waiting_.size();
  if (batch.size() > room) {
    lost_ += batch.size() - room;
    if (loss_warning_.now(now)) {
      log_error(fmt::format("{} call records lost so far: free some disk space", lost_));
    }
    batch.resize(room);
  }
  std::move(batch.begin(), batch.end(), std::back_inserter(waiting_));
}

void RecordSpool::retry(Instant now) {
  if (waiting_.empty() || now < next_try_) return;
  if (sink_.append(waiting_)) {
    next_try_ = now + retry_after;
    return;
  }
  log_warning(fmt::format("call records can be written again: {} were waiting", waiting_.size()));
  waiting_.clear();
}

std::optional<Instant> RecordSpool::deadline() const {
  if (waiting_.empty()) return std::nullopt;
  return next_try_;
}

}  // namespace strowger::host
