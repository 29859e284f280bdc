// Sources that send more than they may, for the log: a line for each at once and then every minute
// while it goes on, so that fail2ban and people see them and the log is no victim of the flood.
// From any thread.
#pragma once

#include "base/endpoint.hpp"
#include "base/time.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>

namespace strowger::host {

class ExcessReport {
 public:
  static constexpr Duration pause = std::chrono::minutes{1};
  static constexpr std::size_t sources_max = 1'024;  // further ones get no line of their own

  // One more message of `source` was refused. How many since its last line, when it is time for
  // one.
  std::optional<std::uint64_t> add(const IpAddress& source, Instant now);

 private:
  struct Excess {
    Instant last_line;
    std::uint64_t messages = 0;  // since then
  };

  void forget(Instant now);

  std::mutex mutex_;
  std::map<IpAddress, Excess> sources_;
  Instant forgot_{};
};

}  // namespace strowger::host
