// The samples of media files, `<data>/media/<sha256>.<form>`: written once, whole or not at all,
// never changed. The name is the hash of the uploaded bytes, so the same upload is stored once.
#pragma once

#include "store/error.hpp"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace strowger::store {

enum class MediaForm : std::uint8_t { original, pcmu, pcma, g722, opus };

// One sound, encoded for each codec.
struct EncodedForms {
  std::string_view pcmu;
  std::string_view pcma;
  std::string_view g722;
  std::string_view opus;
};


std::string sha256_hex(std::string_view bytes);  // 64 lower-case hex digits

class MediaDirectory {
 public:
  explicit MediaDirectory(const std::filesystem::path& data_directory);

  // All forms of one upload; returns the content hash. Files are on disk (fsync) afterwards.
  Outcome<std::string> keep(std::string_view original, const EncodedForms& encoded);
  // A form of a sound that is there already, anew or in place of a damaged one.
  Outcome<void> add(std::string_view content_hash, MediaForm form, std::string_view bytes);
  Outcome<std::string> read(std::string_view content_hash, MediaForm form) const;
  // For mapping. The file may be missing.
  std::filesystem::path path(std::string_view content_hash, MediaForm form) const;
  // Missing files are no error.
  Outcome<void> remove(std::string_view content_hash);

 private:
  std::filesystem::path directory_;
};

}  // namespace strowger::store
