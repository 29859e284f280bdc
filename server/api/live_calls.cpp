#include "api/live_calls.hpp"

#include <algorithm>

namespace strowger::api {

LiveCalls::Change LiveCalls::update(const model::CallRecord& record) {
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(record.id);
  if (record.complete) {
    keep_ended(record);
    if (found == calls_.end()) return Change::ended;  // too short to be seen live
    calls_.erase(found);
    return Change::ended;
  }
  if (found != calls_.end()) {
    found->second = record;
    return Change::none;
  }
  if (calls_.size() == calls_max) return Change::none;
  calls_.emplace(record.id, record);
  return Change::started;
}

void LiveCalls::keep_ended(const model::CallRecord& record) {
  if (ended_.size() == ended_max) ended_.pop_front();
  ended_.emplace_back(record.account, record.id);
}

bool LiveCalls::ended_lately(std::string_view account, std::string_view call) const {
  const std::lock_guard lock(mutex_);
  return std::ranges::any_of(
      ended_, [&](const auto& one) { return one.second == call && one.first == account; });
}

void LiveCalls::step(const std::string& call, model::PathStep step) {
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(call);
  if (found != calls_.end()) found->second.add_step(std::move(step));
}

void LiveCalls::clear() {
  const std::lock_guard lock(mutex_);
  calls_.clear();
}

bool LiveCalls::knows(std::string_view call) const {
  const std::lock_guard lock(mutex_);
  return calls_.contains(call);
}

std::optional<model::CallRecord> LiveCalls::find(std::string_view call) const {
  look();
  const std::lock_guard lock(mutex_);
  const auto found = calls_.find(call);
  if (found == calls_.end()) return std::nullopt;
  return found->second;
}

std::vector<model::CallRecord> LiveCalls::of_account(std::string_view account) const {
  look();
  std::vector<model::CallRecord> all;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, record] : calls_) {
      if (record.account == account) all.push_back(record);
    }
  }
  std::ranges::sort(all, [](const auto& a, const auto& b) {
    return std::tie(b.started, b.id) < std::tie(a.started, a.id);
  });
  return all;
}

std::size_t LiveCalls::of_callflow(std::string_view account, std::string_view callflow) const {
  look();
  const std::lock_guard lock(mutex_);
  return static_cast<std::size_t>(std::ranges::count_if(calls_, [&](const auto& entry) {
    return entry.second.account == account && entry.second.callflow_id == callflow;
  }));
}

}  // namespace strowger::api
