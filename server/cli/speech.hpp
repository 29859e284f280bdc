// Text to speech by espeak-ng, which may be installed or not.
#pragma once

#include "api/services.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::cli {

// An executable of that name in the directories of `path`, as in $PATH; "" for none.
std::filesystem::path find_program(std::string_view name, std::string_view path);

// Out of what `espeak-ng --voices` prints; one per language.
std::vector<api::Voice> parse_voices(std::string_view printed);

// Nothing when espeak-ng is not in $PATH.
std::optional<std::vector<api::Voice>> voices();
// A WAV file.
Result<std::string, Complaint> speak(const api::SpeechRequest& request);

}  // namespace strowger::cli
