// Timers of one shard: arm, disarm, and take what is due. Exact to the nanosecond, so that virtual
// time in sim/ and real time in host/ see the same order: earlier deadline first, then first armed.
#pragma once

#include "base/check.hpp"
#include "base/time.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace strowger {

using TimerId = std::uint64_t;  // 0 is never a timer

// Payloads lie in slots that are used again and again, so that arming and disarming, of which a
// call does ten, neither allocate nor hash.
template <class Payload>
class TimerQueue {
 public:
  TimerId arm(Instant due, Payload payload) {
    const TimerId id = (++armed_ << slot_bits) | free_slot();
    Slot& slot = slots_[id & slot_mask];
    slot.id = id;
    slot.payload = std::move(payload);
    heap_.push_back({due, id});
    std::push_heap(heap_.begin(), heap_.end());
    ++live_;
    return id;
  }

  void disarm(TimerId id) {
    if (!alive(id)) return;
    release(id);
    if (heap_.size() > dead_share_max * live_ + small) return drop_all_dead();
    drop_dead();
  }

  std::optional<Instant> deadline() const {
    if (heap_.empty()) return std::nullopt;
    return heap_.front().due;
  }

  // The next timer due at `now`, removed; nothing when none is.
  std::optional<Payload> take_due(Instant now) {
    if (heap_.empty() || heap_.front().due > now) return std::nullopt;
    const TimerId id = heap_.front().id;
    std::optional<Payload> payload = std::move(slots_[id & slot_mask].payload);
    release(id);
    pop();
    drop_dead();
    return payload;
  }

  std::size_t size() const { return live_; }
  // Disarmed ones are kept until they come to the top, but never many more than the live ones: a
  // call disarms timers that would be due in hours.
  std::size_t size_with_disarmed() const { return heap_.size(); }

 private:
  static constexpr std::size_t dead_share_max = 2;
  static constexpr std::size_t small = 64;
  // An id is a count of armings, so that later ones are larger, and the slot. The count begins
  // again after 2^40 armings, when nobody knows the old ids any more.
  static constexpr unsigned slot_bits = 24;  // 16 million timers at once
  static constexpr TimerId slot_mask = (TimerId{1} << slot_bits) - 1;

  struct Entry {
    Instant due;
    TimerId id;
    bool operator<(const Entry& other) const {
      return due != other.due ? due > other.due : id > other.id;
    }
  };

  struct Slot {
    TimerId id = 0;  // 0: free
    std::optional<Payload> payload;
  };

  bool alive(TimerId id) const {
    const auto index = id & slot_mask;
    return id != 0 && index < slots_.size() && slots_[index].id == id;
  }

  TimerId free_slot() {
    if (free_.empty()) {
      check(slots_.size() <= slot_mask, "too many timers at once");
      slots_.emplace_back();
      return slots_.size() - 1;
    }
    const TimerId slot = free_.back();
    free_.pop_back();
    return slot;
  }

  void release(TimerId id) {
    Slot& slot = slots_[id & slot_mask];
    slot.id = 0;
    // Ends last of all: what it holds may arm another one.
    [[maybe_unused]] const auto last = std::exchange(slot.payload, std::nullopt);
    free_.push_back(static_cast<std::uint32_t>(id & slot_mask));
    --live_;
  }

  // Keeps the invariant that the top of the heap is alive, so deadline() can be const.
  void drop_dead() {
    while (!heap_.empty() && !alive(heap_.front().id)) pop();
  }

  void drop_all_dead() {
    std::erase_if(heap_, [this](const Entry& entry) { return !alive(entry.id); });
    std::make_heap(heap_.begin(), heap_.end());
  }

  void pop() {
    std::pop_heap(heap_.begin(), heap_.end());
    heap_.pop_back();
  }

  std::vector<Entry> heap_;
  std::vector<Slot> slots_;
  std::vector<std::uint32_t> free_;
  std::size_t live_ = 0;
  TimerId armed_ = 0;
};

}  // namespace strowger
