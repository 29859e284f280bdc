// The log: one line per event on standard error, written by a thread of its own, so that no call
// waits for a slow terminal or pipe. What callers wrote is escaped: it can't forge lines or steer
// a terminal.
#pragma once

#include "base/time.hpp"
#include "call/logged.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::host {

using call::LogLevel;
using call::LogSubject;

// Lines for people, or one JSON object a line: time, level, call, account, callflow, text.
enum class LogFormat : std::uint8_t { text, json };

constexpr std::size_t log_line_bytes_max = 2'000;  // longer lines are cut
constexpr std::size_t log_queue_lines = 8'192;     // beyond, the oldest unwritten lines are lost

// Before the first thread that logs; until then, and in tests, lines are written at once.
void start_log(LogLevel level, LogFormat format = LogFormat::text);
void set_log_level(LogLevel level);
// Lines that were made faster than they could be written.
std::uint64_t log_lines_lost();
// Whether a line of that level would be written: ask before making one that costs something.
bool logs(LogLevel level);
// Writes what is queued and ends the log's thread.
void stop_log();

void log_debug(std::string_view line);
void log_info(std::string_view line);
void log_warning(std::string_view line);
void log_error(std::string_view line);
// A line about a call; see log_text().
void log(LogLevel level, const LogSubject& about, std::string_view line);

// For a warning that would come with every call: lets one through in ten seconds.
class Seldom {
 public:
  static constexpr Duration pause = std::chrono::seconds{10};
  bool now(Instant instant) {
    if (last_ && instant - *last_ < pause) return false;
    last_ = instant;
    return true;
  }

 private:
  std::optional<Instant> last_;
};

// What comes after time and level. Fields come first, so that no text can pretend to be one:
// "call=7f account=default callflow=office begins: …"; as JSON, members without braces:
// "\"call\":\"7f\",…,\"text\":\"…\"". What is not known is left out.
std::string log_text(LogFormat format, const LogSubject& about, std::string_view line);

// Control characters, C1 ones too, and bytes that are no UTF-8 as \xNN.
std::string escaped(std::string_view text);

}  // namespace strowger::host
