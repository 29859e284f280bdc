#include "api/login_throttle.hpp"

#include <algorithm>

namespace strowger::api {
namespace {

constexpr std::chrono::hours forgotten_after{1};

std::string both(std::string_view user, std::string_view source) {
  return std::string(source) + '\n' + std::string(user);
}

}  // namespace

std::chrono::seconds LoginThrottle::wait(std::string_view user, std::string_view source,
                                         WallTime now) {
  const std::lock_guard lock(mutex_);
  std::chrono::seconds longest{0};
  for (const auto& key : {both(user, source), std::string(source)}) {
    const auto found = failures_.find(key);
    if (found == failures_.end() || found->second.until <= now) continue;
    longest = std::max(longest,
                       std::chrono::ceil<std::chrono::seconds>(found->second.until - now));
  }
  return longest;
}

void LoginThrottle::failed(std::string_view user, std::string_view source, WallTime now) {
  const std::lock_guard lock(mutex_);
  if (failures_.size() + 2 > remembered_max) forget_old(now);
  count(both(user, source), free_per_user, now);
  count(std::string(source), free_per_source, now);
}

void LoginThrottle::succeeded(std::string_view user, std::string_view source) {
  const std::lock_guard lock(mutex_);
  failures_.erase(both(user, source));
}

void LoginThrottle::count(const std::string& key, int free, WallTime now) {
  auto& failures = failures_[key];
  if (now - failures.last > forgotten_after) failures.count = 0;
  failures.last = now;
  ++failures.count;
  if (failures.count < free) return;
  const int doubled = std::min(failures.count - free, 10);
  failures.until = now + std::min(std::chrono::seconds{1 << doubled}, wait_max);
}

void LoginThrottle::forget_old(WallTime now) {
  std::erase_if(failures_, [&](const auto& entry) { return entry.second.until <= now; });
  if (failures_.size() + 2 > remembered_max) failures_.clear();  // memory counts more
}

}  // namespace strowger::api
