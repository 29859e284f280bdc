#include "media/sound_file.hpp"

#include <sndfile.h>

#include <algorithm>
#include <cstring>

namespace strowger::media {

namespace {

// The bytes of the file with a position, as libsndfile's virtual I/O wants it.
struct Cursor {
  std::span<const std::byte> bytes;
  std::size_t at = 0;
};

sf_count_t length(void* user) {
  return static_cast<sf_count_t>(static_cast<Cursor*>(user)->bytes.size());
}

sf_count_t seek(sf_count_t offset, int whence, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  const auto size = static_cast<sf_count_t>(cursor.bytes.size());
  sf_count_t from = 0;
  if (whence == SEEK_CUR) from = static_cast<sf_count_t>(cursor.at);
  if (whence == SEEK_END) from = size;
  if (offset < -from || offset > size - from) return -1;
  cursor.at = static_cast<std::size_t>(from + offset);
  return from + offset;
}

sf_count_t read_bytes(void* out, sf_count_t count, void* user) {
  auto& cursor = *static_cast<Cursor*>(user);
  if (count <= 0) return 0;
  const std::size_t taken =
      std::min(static_cast<std::size_t>(count), cursor.bytes.size() - cursor.at);
  if (taken > 0) std::memcpy(out, cursor.bytes.data() + cursor.at, taken);
  cursor.at += taken;
  return static_cast<sf_count_t>(taken);
}

sf_count_t write_bytes(const void*, sf_count_t, void*) { return 0; }

sf_count_t tell(void* user) { return static_cast<sf_count_t>(static_cast<Cursor*>(user)->at); }

bool is(int format, Container container) {
  switch (format & SF_FORMAT_TYPEMASK) {
    case SF_FORMAT_WAV:
    case SF_FORMAT_WAVEX: return container == Container::wav;
    case SF_FORMAT_FLAC: return container == Container::flac;
    case SF_FORMAT_OGG: return container == Container::ogg;
    case SF_FORMAT_MPEG: return container == Container::mp3;
    default: return false;
  }
}

std::string container_name(int format) {
  switch (format & SF_FORMAT_TYPEMASK) {
    case SF_FORMAT_FLAC: return "FLAC";
    case SF_FORMAT_OGG: return "Ogg";
    case SF_FORMAT_MPEG: return "MP3";
    default: return "WAV";
  }
}

std::string coding_name(int format) {
  SF_FORMAT_INFO info{};
  info.format = format & SF_FORMAT_SUBMASK;
  const bool known = sf_command(nullptr, SFC_GET_FORMAT_INFO, &info, sizeof(info)) == 0;
  return known && info.name ? info.name : "unknown coding";
}

std::string channels_name(int channels) {
  if (channels == 1) return "mono";
  if (channels == 2) return "stereo";
  return std::to_string(channels) + " channels";
}

bool starts(std::span<const std::byte> file, std::size_t at, std::string_view mark) {
  if (file.size() < at + mark.size()) return false;
  return std::memcmp(file.data() + at, mark.data(), mark.size()) == 0;
}

// libsndfile blames itself for a sample rate of 0 and the like.
std::string in_plain_words(std::string_view error) {
  if (error.empty() || error.starts_with("Internal error")) return "its header makes no sense.";
  return std::string(error);
}

}  // namespace

std::optional<Container> container_of(std::span<const std::byte> file) {
  if (starts(file, 0, "RIFF") && starts(file, 8, "WAVE")) return Container::wav;
  if (starts(file, 0, "fLaC")) return Container::flac;
  if (starts(file, 0, "OggS")) return Container::ogg;
  if (starts(file, 0, "ID3")) return Container::mp3;
  if (file.size() < 4) return std::nullopt;
  // A frame header: eleven bits of sync, then layer III.
  const auto first = std::to_integer<unsigned>(file[0]);
  const auto second = std::to_integer<unsigned>(file[1]);
  const bool frame = first == 0xFF && (second & 0xE0U) == 0xE0 && (second >> 1 & 3U) == 1;
  if (frame) return Container::mp3;
  return std::nullopt;
}

struct SoundFile::Source {
  Cursor cursor;
  SF_VIRTUAL_IO io{};
  SF_INFO info{};
  SNDFILE* file = nullptr;
};

SoundFile::SoundFile(std::span<const std::byte> file, Container expected)
    : source_(std::make_unique<Source>()) {
  source_->cursor.bytes = file;
  source_->io = {length, seek, read_bytes, write_bytes, tell};
  source_->file = sf_open_virtual(&source_->io, SFM_READ, &source_->info, &source_->cursor);
  if (!source_->file) {
    trouble_ = in_plain_words(sf_strerror(nullptr));
    return;
  }
  if (is(source_->info.format, expected)) return;
  trouble_ = "its content is of another format than its beginning says.";
  sf_close(source_->file);
  source_->file = nullptr;
}

SoundFile::~SoundFile() {
  if (source_->file) sf_close(source_->file);
}

bool SoundFile::opened() const { return source_->file != nullptr; }
int SoundFile::channels() const { return source_->info.channels; }
int SoundFile::rate() const { return source_->info.samplerate; }

std::optional<std::int64_t> SoundFile::frames() const {
  if (source_->info.frames == SF_COUNT_MAX) return std::nullopt;
  return source_->info.frames;
}

std::string SoundFile::description() const {
  const SF_INFO& info = source_->info;
  return container_name(info.format) + ", " + coding_name(info.format) + ", " +
         std::to_string(info.samplerate) + " Hz, " + channels_name(info.channels);
}

std::size_t SoundFile::read(std::span<float> block) {
  const auto frames = static_cast<sf_count_t>(block.size()) / source_->info.channels;
  const sf_count_t count = sf_readf_float(source_->file, block.data(), frames);
  return count > 0 ? static_cast<std::size_t>(count) : 0;
}

}  // namespace strowger::media
