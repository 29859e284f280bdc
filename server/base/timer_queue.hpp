// Timers of one shard: arm, disarm, and take what is due. Exact to the nanosecond, so that virtual
// time in sim/ and real time in host/ see the same order: earlier deadline first, then first armed.
#pragma once

#include "base/time.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
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
    heap_.push_back({due, id});
    std::push_heap(heap_.begin(), heap_.end());
    payloads_.emplace(id, std::move(payload));
    return id;
  }

  void disarm(TimerId id) {
    if (payloads_.erase(id) == 0) return;
    if (heap_.size() > dead_share_max * payloads_.size() + small) return drop_all_dead();
    drop_dead();
  }

  std::optional<Instant> deadline() const {
    if (heap_.empty()) return std::nullopt;
    return heap_.front().due;
  }

  // The next timer due at `now`, removed; nothing when none is.
  std::optional<Payload> take_due(Instant now) {
    if (heap_.empty() || heap_.front().due > now) return std::nullopt;
    auto node = payloads_.extract(heap_.front().id);
    pop();
    drop_dead();
    return std::move(node.mapped());
  }

  std::size_t size() const { return payloads_.size(); }
  // Disarmed ones are kept until they come to the top, but never many more than the live ones: a
  // call disarms timers that would be due in hours.
  std::size_t size_with_disarmed() const { return heap_.size(); }

 private:
  static constexpr std::size_t dead_share_max = 2;
  static constexpr std::size_t small = 64;

  struct Entry {
    Instant due;
    TimerId id;
    bool operator<(const Entry& other) const {
      return due != other.due ? due > other.due : id > other.id;
    }
  };

  // Keeps the invariant that the top of the heap is alive, so deadline() can be const.
  void drop_dead() {
    while (!heap_.empty() && !payloads_.contains(heap_.front().id)) pop();
  }

  void drop_all_dead() {
    std::erase_if(heap_, [this](const Entry& entry) { return !payloads_.contains(entry.id); });
    std::make_heap(heap_.begin(), heap_.end());
  }

  void pop() {
    std::pop_heap(heap_.begin(), heap_.end());
    heap_.pop_back();
  }

  std::vector<Entry> heap_;
  std::unordered_map<TimerId, Payload> payloads_;
  TimerId last_ = 0;
};

}  // namespace strowger
