#include "host/record_batch.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace strowger::host {

void RecordBatch::add(call::StoreRecord&& output, Instant now) {
  if (output.before_answer) {
    before_answers_ = true;
  } else if (deadline_ == Instant::max()) {
    deadline_ = now + patience;
  }
  if (auto* const known = earlier(output.record)) *known = std::move(output.record);
  else records_.push_back(std::move(output.record));
}

// Of a call that was refused there is one that was written at once, and one when it is complete:
// looking for another would be in vain. A few calls back is far enough for the others.
model::CallRecord* RecordBatch::earlier(const model::CallRecord& record) {
  constexpr std::size_t looked_at = 64;
  if (!record.answered) return nullptr;
  const auto end = records_.rend();
  const auto last = records_.size() > looked_at ? records_.rbegin() + looked_at : end;
  const auto found = std::find_if(records_.rbegin(), last, [&](const model::CallRecord& known) {
    return known.id == record.id;
  });
  return found == last ? nullptr : &*found;
}

void RecordBatch::clear() {
  records_.clear();
  before_answers_ = false;
  deadline_ = Instant::max();
}

}  // namespace strowger::host
