// The samples of media files, `<data>/media/<sha256>.<form>`: written once, whole or not at all,
// never changed. The name is the hash of the uploaded bytes, so the same upload is stored once.
#pragma once

#include "store/error.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace strowger::store {

enum class MediaForm : std::uint8_t { original, pcmu, pcma };

std::string sha256_hex(std::string_view bytes);  // 64 lower-case hex digits

class MediaDirectory {
 public:
  explicit MediaDirectory(const std::filesystem::path& data_directory);

  // All three forms of one upload; returns the content hash. Files are on disk (fsync) afterwards.
  Outcome<std::string> keep(std::string_view original, std::string_view pcmu,
                            std::string_view pcma);
  Outcome<std::string> read(std::string_view content_hash, MediaForm form) const;
  // For mapping. The file may be missing.
  std::filesystem::path path(std::string_view content_hash, MediaForm form) const;
  // Missing files are no error.
  Outcome<void> remove(std::string_view content_hash);

 private:
  std::filesystem::path directory_;
};

}  // namespace strowger::store
