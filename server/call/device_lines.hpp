// How many calls each device is in, in all exchanges of a server: what its limit of concurrent
// calls is held against. From any thread.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::call {

// One call of a device, as long as somebody holds it.
using DeviceLine = std::shared_ptr<const void>;

class DeviceLines : public std::enable_shared_from_this<DeviceLines> {
 public:
  // Null, and nothing counted, when the device has `most` already. Accounts name their devices as
  // they like: each has its own.
  DeviceLine take(std::string_view account, std::string_view device,
                  std::optional<std::int64_t> most = {});
  std::int64_t taken(std::string_view account, std::string_view device) const;

 private:
  using Counts = std::map<std::string, std::int64_t, std::less<>>;

  std::int64_t taken_by(const std::string& name) const;
  void give_back(Counts::iterator count);

  mutable std::mutex mutex_;  // held for one look into the map, once per end of a call
  Counts counts_;             // devices that are in no call are not there
};

}  // namespace strowger::call
