#include "cli/speech.hpp"

#include "cli/child_process.hpp"
#include "media/decode.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

namespace strowger::cli {

namespace fs = std::filesystem;

namespace {

constexpr std::chrono::seconds listing_time_max{5};
constexpr std::chrono::seconds speaking_time_max{20};
constexpr std::size_t listing_bytes_max = 256 << 10;

std::string text_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

fs::path espeak() {
  const char* const path = std::getenv("PATH");
  return find_program("espeak-ng", path == nullptr ? "" : path);
}

}  // namespace

fs::path find_program(std::string_view name, std::string_view path) {
  while (!path.empty()) {
    const auto end = std::min(path.find(':'), path.size());
    const fs::path directory(path.substr(0, end));
    path.remove_prefix(std::min(end + 1, path.size()));
    const auto file = directory / name;
    std::error_code error;
    const bool runs = directory.is_absolute() && fs::is_regular_file(file, error) &&
                      access(file.c_str(), X_OK) == 0;
    if (runs) return file;
  }
  return {};
}

std::vector<api::Voice> parse_voices(std::string_view printed) {
  std::vector<api::Voice> voices;
  std::istringstream lines{std::string(printed)};
  std::string line;
  std::getline(lines, line);  // the head of the table
  while (std::getline(lines, line)) {
    std::istringstream columns(line);
    std::string priority, language, gender, name;
    if (!(columns >> priority >> language >> gender >> name)) continue;
    if (std::ranges::find(voices, language, &api::Voice::id) != voices.end()) continue;
    std::ranges::replace(name, '_', ' ');
    voices.push_back({.id = language, .name = name, .language = language});
  }
  return voices;
}

std::optional<std::vector<api::Voice>> voices() {
  const auto program = espeak();
  if (program.empty()) return std::nullopt;
  const auto printed =
      run_child({program, "--voices"}, {},
                {.time = listing_time_max, .output_bytes_max = listing_bytes_max});
  if (!printed) return std::nullopt;
  return parse_voices(text_of(*printed));
}

Result<std::string, Complaint> speak(const api::SpeechRequest& request) {
  const auto program = espeak();
  if (program.empty()) return complain("espeak-ng is not installed");
  const auto printed =
      run_child({"/proc/self/exe", "speak", program, request.voice},
                std::as_bytes(std::span(request.text.data(), request.text.size())),
                {.time = speaking_time_max, .output_bytes_max = media::Limits{}.upload_bytes_max});
  if (!printed) return complain("espeak-ng can't speak this: " + printed.error().what);
  return text_of(*printed);
}

}  // namespace strowger::cli
