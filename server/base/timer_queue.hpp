// Timers of one shard: arm, disarm, and take what is due. Exact to the nanosecond, so that virtual
// time in sim/ and real time in host/ see the same order: earlier deadline first, then first armed.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <optional>
#include <queue>
#include <unordered_map>
#include <utility>
#include <vector>

namespace strowger {

using TimerId = std::uint64_t;  // 0 is never a timer

template <class Payload>
class TimerQueue {
 public:
  TimerId arm(Instant due, Payload payload) {
    const TimerId id = ++last_;
    heap_.push({due, id});
    payloads_.emplace(id, std::move(payload));
    return id;
  }

  void disarm(TimerId id) {
    payloads_.erase(id);
    drop_dead();
  }

  std::optional<Instant> deadline() const {
    if (heap_.empty()) return std::nullopt;
    return heap_.top().due;
  }

  // The next timer due at `now`, removed; nothing when none is.
  std::optional<Payload> take_due(Instant now) {
    if (heap_.empty() || heap_.top().due > now) return std::nullopt;
    auto node = payloads_.extract(heap_.top().id);
    heap_.pop();
    drop_dead();
    return std::move(node.mapped());
  }

  std::size_t size() const { return payloads_.size(); }

 private:
  struct Entry {
    Instant due;
    TimerId id;
    bool operator<(const Entry& other) const {
      return due != other.due ? due > other.due : id > other.id;
    }
  };

  // Keeps the invariant that the top of the heap is alive, so deadline() can be const.
  void drop_dead() {
    while (!heap_.empty() && !payloads_.contains(heap_.top().id)) heap_.pop();
  }

  std::priority_queue<Entry> heap_;
  std::unordered_map<TimerId, Payload> payloads_;
  TimerId last_ = 0;
};

}  // namespace strowger
