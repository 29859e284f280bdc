#include "host/admission.hpp"

#include <algorithm>
#include <utility>

namespace strowger::host {

namespace {

// A request that nobody can refuse without looking at it properly waits as if it began something:
// that look is what an attacker would make us pay for. On a stream it can't be lost, either: it
// would never be repeated.
bool must_wait(const Arrival& arrival, const std::optional<sip::HeadScan>& scan) {
  if (scan) return scan->begins_something();
  return !arrival.bytes.starts_with("SIP/2.0 ") && !sip::is_reliable(arrival.peer.transport);
}

}  // namespace

bool Admission::add(Arrival&& arrival, const std::optional<sip::HeadScan>& scan, Instant now) {
  if (!has_room(arrival)) return false;
  if (waiting_.empty()) last_empty_ = now;
  const bool begins = must_wait(arrival, scan);
  if (begins && scan && is_overload(now) && would_be_late()) {
    last_late_ = now;
    return false;
  }
  // A CANCEL must not overtake its INVITE.
  const bool look = begins || !waiting_.empty();
  const auto call = look && scan ? call_of(*scan) : 0;
  if (!begins && !waiting_calls_.contains(call)) {
    if (ahead_.size() >= limits_.ahead_max) return false;
    bytes_ += arrival.bytes.size();
    ahead_.push_back(std::move(arrival));
    return true;
  }
  if (waiting_.size() >= limits_.waiting_max) return false;
  if (call != 0) ++waiting_calls_[call];
  bytes_ += arrival.bytes.size();
  waiting_.push_back({std::move(arrival), call, begins});
  return true;
}

bool Admission::is_calm(Instant now) const {
  const bool refused_lately = last_late_ && now - *last_late_ < limits_.burst;
  return waiting_.empty() && ahead_.size() < limits_.calm_max && !refused_lately;
}

void Admission::add_unread(Arrival&& arrival, Instant now) {
  last_empty_ = now;
  bytes_ += arrival.bytes.size();
  ahead_.push_back(std::move(arrival));
}

std::optional<Arrival> Admission::next_ahead() {
  if (ahead_.empty()) return std::nullopt;
  auto arrival = std::move(ahead_.front());
  ahead_.pop_front();
  bytes_ -= arrival.bytes.size();
  return arrival;
}

std::optional<Arrival> Admission::next_waiting() {
  if (waiting_.empty()) return std::nullopt;
  ++served_since_;
  auto arrival = take_waiting().arrival;
  bytes_ -= arrival.bytes.size();
  return arrival;
}

std::optional<Arrival> Admission::next_late(Instant now) {
  measure(now);
  while (!waiting_.empty() && is_overload(now) &&
         now - waiting_.front().arrival.at > limits_.wait) {
    auto late = take_waiting();
    if (late.begins_something) {
      bytes_ -= late.arrival.bytes.size();
      last_late_ = now;
      return std::move(late.arrival);
    }
    ahead_.push_back(std::move(late.arrival));  // its request is gone already
  }
  return std::nullopt;
}

// The rate at which calls are served, whatever they and the callflow ask of the machine just now.
void Admission::measure(Instant now) {
  const auto took = now - measured_since_;
  const bool always_waited = last_empty_ < measured_since_ && !waiting_.empty();
  if (always_waited && took < limits_.wait) return;
  if (always_waited) served_in_time_ = served_since_ * limits_.wait / took;
  measured_since_ = now;
  served_since_ = 0;
  try_more(now);
}

// Where some are refused though nothing waits, more could be served than was once measured: there
// is nothing to measure any more, because the limit itself keeps the queue short.
void Admission::try_more(Instant now) {
  if (!served_in_time_ || last_empty_ < tried_more_ || now - tried_more_ < limits_.wait) return;
  tried_more_ = now;
  const auto more = *served_in_time_ + *served_in_time_ / 4 + 1;
  if (is_overload(now)) served_in_time_ = std::min(more, 2 * limits_.waiting_max);
}

// An empty queue alone says little: refusing makes it short.
bool Admission::is_overload(Instant now) const {
  const bool refused_lately = last_late_ && now - *last_late_ < limits_.burst;
  return refused_lately || now - last_empty_ > limits_.burst;
}

// Half of what is served in time: the other half is for turns in which other things go first.
bool Admission::would_be_late() const {
  return served_in_time_ && waiting_.size() > *served_in_time_ / 2;
}

// Keyed, so that nobody can make many calls look alike.
std::uint64_t Admission::call_of(const sip::HeadScan& scan) const {
  return keys_.of({scan.call_id}).low | 1;
}

bool Admission::has_room(const Arrival& arrival) const {
  return bytes_ + arrival.bytes.size() <= limits_.bytes_max;
}

Admission::Waiting Admission::take_waiting() {
  auto taken = std::move(waiting_.front());
  waiting_.pop_front();
  if (taken.call != 0) {
    const auto count = waiting_calls_.find(taken.call);
    if (--count->second == 0) waiting_calls_.erase(count);
  }
  return taken;
}

}  // namespace strowger::host
