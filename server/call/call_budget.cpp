#include "call/call_budget.hpp"

#include <algorithm>

namespace strowger::call {

namespace {

constexpr std::int64_t hour_seconds = 3'600;
constexpr std::int64_t minute_seconds = 60;

std::int64_t seconds_of(Instant at) {
  return std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count();
}

}  // namespace

CallBudget::Part& CallBudget::of(Instant now) {
  const auto number = seconds_of(now) / part_seconds;
  Part& part = parts_[static_cast<std::size_t>(number) % parts];
  auto known = part.number.load(std::memory_order_relaxed);
  // An hour ago it was another one's.
  if (known != number && part.number.compare_exchange_strong(known, number)) {
    part.calls.store(0, std::memory_order_relaxed);
    part.seconds.store(0, std::memory_order_relaxed);
  }
  return part;
}

template <class Take>
void CallBudget::each_of_the_hour(Instant now, Take take) const {
  const auto newest = seconds_of(now) / part_seconds;
  for (const Part& part : parts_) {
    const auto number = part.number.load(std::memory_order_relaxed);
    if (number <= newest && number > newest - static_cast<std::int64_t>(parts)) take(part);
  }
}

std::int64_t CallBudget::calls(Instant now) const {
  std::int64_t sum = 0;
  each_of_the_hour(now, [&](const Part& part) { sum += part.calls.load(); });
  return sum;
}

std::int64_t CallBudget::seconds(Instant now) const {
  std::int64_t sum = 0;
  each_of_the_hour(now, [&](const Part& part) { sum += part.seconds.load(); });
  const auto talking = talking_.load();
  const auto under_way = talking * seconds_of(now) - sum_of_answers_.load();
  return sum + std::clamp<std::int64_t>(under_way, 0, talking * hour_seconds);
}

void CallBudget::answered(Instant at) {
  sum_of_answers_.fetch_add(seconds_of(at));
  talking_.fetch_add(1);
}

void CallBudget::ended(Instant answered_at, Instant now) {
  talking_.fetch_sub(1);
  sum_of_answers_.fetch_sub(seconds_of(answered_at));
  of(now).seconds.fetch_add(
      std::clamp<std::int64_t>(seconds_of(now) - seconds_of(answered_at), 0, hour_seconds));
}

CallBudget::Verdict CallBudget::judge(const HourLimits& limits, Instant now) const {
  if (calls(now) >= limits.calls) return Verdict::too_many_calls;
  return seconds(now) >= limits.minutes * minute_seconds ? Verdict::too_many_minutes
                                                         : Verdict::within;
}

}  // namespace strowger::call
