// SIGTERM, SIGINT and SIGHUP as values, waited for by one thread instead of interrupting any.
#pragma once

#include "base/time.hpp"

#include <optional>

namespace strowger::host {

enum class Signal { end, reload };

class Signals {
 public:
  // Before the first thread starts: threads inherit what is blocked. SIGPIPE is ignored from here
  // on.
  Signals();

  // Without `patience`: until one comes.
  std::optional<Signal> wait(std::optional<Duration> patience = {}) const;
};

}  // namespace strowger::host
