#include "host/entrance.hpp"

#include "host/log.hpp"

#include <fmt/format.h>

namespace strowger::host {

// fail2ban reads this line: see docs/configuration.md before changing it.
bool Entrance::lets_in(const IpAddress& source, bool begins_something, Instant now) {
  if (meter_.take(source, begins_something, now)) return true;
  if (const auto refused = excess_.add(source, now)) {
    log_warning(fmt::format("source {} sends more than {} SIP messages a second: {} refused",
                            source.text(), meter_.limits().messages_per_second, *refused));
  }
  return false;
}

}  // namespace strowger::host
