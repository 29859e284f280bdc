// A line for the log: made only for a level that somebody reads (Exchange::Config::log_from).
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace strowger::call {

enum class LogLevel : std::uint8_t { debug, info, warning, error };

// The call that a line is about, by its record.
struct LogSubject {
  std::string call;
  std::string account;
  std::string callflow;
};

struct Logged {
  using Level = LogLevel;
  Level level = Level::info;
  std::string text;
  std::shared_ptr<const LogSubject> about;  // null: no call. Small, as most outputs are media
};

}  // namespace strowger::call
