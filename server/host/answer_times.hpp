// How long callers waited for their final answers, for /metrics. A record comes out ahead of each
// (DESIGN law 5), so the records tell which answers are about to leave.
#pragma once

#include "base/time.hpp"
#include "call/exchange.hpp"
#include "host/counters.hpp"

#include <optional>
#include <vector>

namespace strowger::host {

// Whether the final answer to the call's INVITE follows this record.
bool announces_answer(const model::CallRecord& record);

class AnswerTimes {
 public:
  explicit AnswerTimes(Counters& counters) : counters_(counters) {}

  // A message that came in at `arrived` is handled with the time `now`, until done().
  void handling(Instant arrived, Now now) { handled_ = {arrived, now.wall}; }
  void done() { handled_.reset(); }

  void see(const model::CallRecord& record);
  // Everything announced so far has left now.
  void left(Now now);
  bool waiting() const { return !waiting_.empty(); }

 private:
  struct Handled {
    Instant arrived;
    WallTime now;
  };
  struct Waiting {
    WallTime started;
    std::optional<Instant> arrived;  // of an INVITE that is answered at once
  };

  Counters& counters_;
  std::optional<Handled> handled_;
  std::vector<Waiting> waiting_;
};

}  // namespace strowger::host
