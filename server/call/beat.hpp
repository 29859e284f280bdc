// The calls whose callers hear a prompt. All of them have a packet to send at the same moments,
// fifty times a second (docs/decisions/0043-one-beat-for-all-streams.md), so they stand in one list
// that is walked then, instead of each in the queue of timers.
#pragma once

#include "base/time.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace strowger::call {

class Call;

inline constexpr Duration beat_length = std::chrono::milliseconds{20};

// At `now`, or the first one after it.
constexpr Instant next_beat(Instant now) {
  const auto since_epoch = now.time_since_epoch() + beat_length - Duration{1};
  return Instant{since_epoch - since_epoch % beat_length};
}

class Beat {
 public:
  // A call's place on the list, kept by the call. 0: it is not there.
  using Place = std::size_t;

  void join(Call& call, Instant now);  // nothing happens when it is there already
  void leave(Call& call);              // or not

  // When next() has calls to serve; nothing while nobody plays.
  std::optional<Instant> due() const;
  // The next one that was not served on this beat; null: all were, or it is not time yet. Between
  // two of them calls may come and go.
  Call* next(Instant now);

 private:
  void put(Call* call, std::size_t index);
  // A call lies in many places of the memory, and nothing of it was looked at for 20 ms.
  void fetch_those_ahead() const;

  std::vector<Call*> calls_;
  std::size_t served_ = 0;  // of this beat: the first ones of the list
  Instant due_{};
  Instant walk_began_{};
};

}  // namespace strowger::call
