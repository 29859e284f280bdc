#include "store/media_directory.hpp"

#include "store/file.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <fcntl.h>
#include <unistd.h>

namespace strowger::store {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t hash_chars = 64;
constexpr std::array every_form = {MediaForm::original, MediaForm::pcmu, MediaForm::pcma,
                                   MediaForm::g722, MediaForm::opus};

bool is_hash(std::string_view text) {
  return text.size() == hash_chars && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

const char* extension(MediaForm form) {
  switch (form) {
    case MediaForm::original: return ".original";
    case MediaForm::pcmu: return ".pcmu";
    case MediaForm::pcma: return ".pcma";
    case MediaForm::g722: return ".g722";
    case MediaForm::opus: return ".opus-frames";  // no Ogg: media/opus_frames.hpp
  }
  return "";
}

std::string temporary_name() {
  static std::atomic<unsigned> counter{0};
  return ".new-" + std::to_string(getpid()) + "-" + std::to_string(++counter);
}

// Written beside, made durable, then renamed: readers see the whole file or none.
Outcome<void> write_whole(const fs::path& directory, const fs::path& target,
                          std::string_view bytes) {
  std::error_code ignored;
  const fs::path temporary = directory / temporary_name();
  {
    auto file = File::open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
    if (!file) return tl::unexpected<Error>(std::move(file.error()));
    auto written = file->write_all(bytes).and_then([&] { return file->sync(); });
    if (!written) {
      fs::remove(temporary, ignored);
      return written;
    }
  }
  std::error_code error;
  fs::rename(temporary, target, error);
  if (!error) return sync_directory(directory);
  fs::remove(temporary, ignored);
  return fail(ErrorKind::storage, "cannot write " + target.string() + ": " + error.message());
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, EVP_sha256(), nullptr);
  constexpr std::string_view hex = "0123456789abcdef";
  std::string text;
  for (unsigned int i = 0; i < length; ++i) {
    text += hex[digest[i] >> 4];
    text += hex[digest[i] & 15];
  }
  return text;
}

MediaDirectory::MediaDirectory(const fs::path& data_directory)
    : directory_(data_directory / "media") {}

Outcome<std::string> MediaDirectory::keep(std::string_view original, const EncodedForms& encoded) {
  std::error_code error;
  fs::create_directories(directory_, error);
  if (error) {
    return fail(ErrorKind::storage,
                "cannot create " + directory_.string() + ": " + error.message());
  }
  std::string hash = sha256_hex(original);
  const std::pair<MediaForm, std::string_view> forms[] = {{MediaForm::pcmu, encoded.pcmu},
                                                          {MediaForm::pcma, encoded.pcma},
                                                          {MediaForm::g722, encoded.g722},
                                                          {MediaForm::opus, encoded.opus},
                                                          {MediaForm::original, original}};
  for (const auto& [form, bytes] : forms) {
    if (bytes.empty() && form != MediaForm::original) continue;  // not encoded for that codec
    if (fs::file_size(path(hash, form), error) == bytes.size() && !error) continue;
    auto written = write_whole(directory_, path(hash, form), bytes);
    if (!written) return tl::unexpected<Error>(std::move(written.error()));
  }
  return hash;
}

Outcome<void> MediaDirectory::add(std::string_view content_hash, MediaForm form,
                                  std::string_view bytes) {
  if (!is_hash(content_hash)) return fail(ErrorKind::not_found, "there is no such sound");
  return write_whole(directory_, path(content_hash, form), bytes);
}

fs::path MediaDirectory::path(std::string_view content_hash, MediaForm form) const {
  if (!is_hash(content_hash)) return directory_ / "no-such-content";
  return directory_ / (std::string(content_hash) + extension(form));
}

Outcome<std::string> MediaDirectory::read(std::string_view content_hash, MediaForm form) const {
  const fs::path file = path(content_hash, form);
  std::error_code ignored;
  if (!fs::exists(file, ignored)) {
    return fail(ErrorKind::not_found, "the samples " + file.filename().string() + " are missing");
  }
  return read_file(file);
}

Outcome<void> MediaDirectory::remove(std::string_view content_hash) {
  for (const MediaForm form : every_form) {
    std::error_code error;
    fs::remove(path(content_hash, form), error);
    if (error) return fail(ErrorKind::storage, "cannot remove media: " + error.message());
  }
  return {};
}

}  // namespace strowger::store
