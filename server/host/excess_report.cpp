#include "host/excess_report.hpp"

#include <utility>

namespace strowger::host {

std::optional<std::uint64_t> ExcessReport::add(const IpAddress& source, Instant now) {
  const std::lock_guard lock(mutex_);
  forget(now);
  const auto known = sources_.find(source);
  if (known == sources_.end()) {
    if (sources_.size() == sources_max) return std::nullopt;
    sources_.emplace(source, Excess{.last_line = now});
    return 1;
  }
  ++known->second.messages;
  if (now - known->second.last_line < pause) return std::nullopt;
  known->second.last_line = now;
  return std::exchange(known->second.messages, 0);
}

// Those that had nothing more to say for a while. Seldom, as it looks at all.
void ExcessReport::forget(Instant now) {
  if (now - forgot_ < pause) return;
  forgot_ = now;
  std::erase_if(sources_, [&](const auto& entry) {
    return now - entry.second.last_line >= 2 * pause && entry.second.messages == 0;
  });
}

}  // namespace strowger::host
