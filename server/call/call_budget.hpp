// How many calls left by carriers in the last hour, and for how many minutes they talked: of an
// account, or of a seat. From any thread, without waiting; where two meet a count may be off by
// one.
#pragma once

#include "base/time.hpp"

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>

namespace strowger::call {

struct HourLimits {
  std::int64_t calls = 0;
  std::int64_t minutes = 0;
};

class CallBudget {
 public:
  enum class Verdict : std::uint8_t { within, too_many_calls, too_many_minutes };

  Verdict judge(const HourLimits& limits, Instant now) const;
  void began(Instant now) { of(now).calls.fetch_add(1, std::memory_order_relaxed); }
  void answered(Instant at);
  void ended(Instant answered_at, Instant now);

  std::int64_t calls(Instant now) const;
  // Of calls that are over, and of those that go on.
  std::int64_t seconds(Instant now) const;

 private:
  static constexpr std::int64_t part_seconds = 300;
  static constexpr std::size_t parts = 12;  // of the hour
  struct Part {
    std::atomic<std::int64_t> number = -1;  // since the clock's beginning
    std::atomic<std::int64_t> calls = 0;
    std::atomic<std::int64_t> seconds = 0;
  };

  Part& of(Instant now);
  template <class Take>
  void each_of_the_hour(Instant now, Take take) const;

  std::array<Part, parts> parts_;
  std::atomic<std::int64_t> talking_ = 0;
  std::atomic<std::int64_t> sum_of_answers_ = 0;  // their seconds
};

}  // namespace strowger::call
