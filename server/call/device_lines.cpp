#include "call/device_lines.hpp"

namespace strowger::call {

namespace {

// Identifiers have no slash (model/identifier.hpp).
std::string key(std::string_view account, std::string_view device) {
  std::string key(account);
  key += '/';
  key += device;
  return key;
}

}  // namespace

DeviceLine DeviceLines::take(std::string_view account, std::string_view device,
                             std::optional<std::int64_t> most) {
  const std::lock_guard lock(mutex_);
  const auto name = key(account, device);
  if (most && taken_by(name) >= *most) return nullptr;
  const auto count = counts_.try_emplace(name, 0).first;
  ++count->second;
  // What it points at does not matter, as long as it is something.
  return {this, [lines = shared_from_this(), count](const void*) { lines->give_back(count); }};
}

void DeviceLines::give_back(Counts::iterator count) {
  const std::lock_guard lock(mutex_);
  if (--count->second == 0) counts_.erase(count);
}

std::int64_t DeviceLines::taken(std::string_view account, std::string_view device) const {
  const std::lock_guard lock(mutex_);
  return taken_by(key(account, device));
}

std::int64_t DeviceLines::taken_by(const std::string& name) const {
  const auto count = counts_.find(name);
  return count == counts_.end() ? 0 : count->second;
}

}  // namespace strowger::call
