#include "host/log.hpp"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace strowger::host {

namespace {

constexpr const char* text_pattern = "%Y-%m-%dT%H:%M:%S.%e%z %l %v";
constexpr const char* json_pattern = R"({"time":"%Y-%m-%dT%H:%M:%S.%e%z","level":"%l",%v})";

// Set before the first thread that logs.
LogFormat line_format = LogFormat::text;

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::debug: return spdlog::level::debug;
    case LogLevel::info: return spdlog::level::info;
    case LogLevel::warning: return spdlog::level::warn;
    case LogLevel::error: break;
  }
  return spdlog::level::err;
}

// How many bytes the UTF-8 sequence at the start of `text` has; 0 when it is none or a C1 control
// character.
std::size_t sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const auto lead = byte(0);
  const std::size_t length = lead < 0xc2   ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  return lead == 0xc2 && byte(1) < 0xa0 ? 0 : length;
}

// Of text that is escaped already: what is left are quotation marks and backslashes.
std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : escaped(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

void start_log(LogLevel level, LogFormat format) {
  line_format = format;
  spdlog::init_thread_pool(log_queue_lines, 1);
  auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  auto logger = std::make_shared<spdlog::async_logger>(
      "strowger", std::move(sink), spdlog::thread_pool(),
      spdlog::async_overflow_policy::overrun_oldest);
  logger->set_pattern(format == LogFormat::json ? json_pattern : text_pattern);
  spdlog::set_default_logger(std::move(logger));
  set_log_level(level);
}

void set_log_level(LogLevel level) { spdlog::set_level(spdlog_level(level)); }

std::uint64_t log_lines_lost() {
  const auto pool = spdlog::thread_pool();
  return pool ? pool->overrun_counter() : 0;
}

void stop_log() { spdlog::shutdown(); }

bool logs(LogLevel level) {
  return spdlog::default_logger_raw()->should_log(spdlog_level(level));
}

void log_debug(std::string_view line) { log(LogLevel::debug, {}, line); }
void log_info(std::string_view line) { log(LogLevel::info, {}, line); }
void log_warning(std::string_view line) { log(LogLevel::warning, {}, line); }
void log_error(std::string_view line) { log(LogLevel::error, {}, line); }

void log(LogLevel level, const LogSubject& about, std::string_view line) {
  if (!logs(level)) return;
  spdlog::default_logger_raw()->log(spdlog_level(level), "{}", log_text(line_format, about, line));
}

std::string log_text(LogFormat format, const LogSubject& about, std::string_view line) {
  const bool json = format == LogFormat::json;
  std::string out;
  const auto add = [&](const char* name, const std::string& value) {
    if (value.empty()) return;
    if (json) out += json_string(name) + ':' + json_string(value) + ',';
    else out += std::string(name) + '=' + escaped(value) + ' ';
  };
  add("call", about.call);
  add("account", about.account);
  add("callflow", about.callflow);
  line = line.substr(0, log_line_bytes_max);
  return out + (json ? "\"text\":" + json_string(line) : escaped(line));
}

std::string escaped(std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const auto byte = static_cast<unsigned char>(text.front());
    std::size_t plain = byte >= 0x20 && byte < 0x7f ? 1 : 0;
    if (byte >= 0x80) plain = sequence_length(text);
    if (plain > 0) {
      out += text.substr(0, plain);
      text.remove_prefix(plain);
      continue;
    }
    out += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace strowger::host
