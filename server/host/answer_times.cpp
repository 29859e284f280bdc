#include "host/answer_times.hpp"

#include <utility>

namespace strowger::host {

// A record that is not complete is written at every turn of a call's fate: its answer, its refusal,
// the beginning of a talk, its end. A CANCEL's 487 is the caller's doing and says nothing about us.
bool announces_answer(const model::CallRecord& record) {
  if (record.complete || record.code == 0) return false;
  if (record.answered) return !record.bridged_ms && !record.ended;
  return record.ended && record.disposition != model::Disposition::abandoned;
}

void AnswerTimes::see(const model::CallRecord& record) {
  if (!announces_answer(record)) return;
  const bool at_once = handled_ && handled_->now == record.started;
  waiting_.push_back({record.started, at_once ? std::optional(handled_->arrived) : std::nullopt});
}

void AnswerTimes::left(Now now) {
  for (const auto& answer : std::exchange(waiting_, {})) {
    // Whoever was played something waited so long that the calendar's milliseconds will do; its
    // being set meanwhile spoils one number.
    const Duration took =
        answer.arrived ? now.instant - *answer.arrived : now.wall - answer.started;
    counters_.answer.observe(took);
    if (answer.arrived) counters_.at_once.observe(took);
  }
}

}  // namespace strowger::host
