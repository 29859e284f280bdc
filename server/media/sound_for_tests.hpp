// Sound files of any format, made in memory by libsndfile. For the tests of this room.
#pragma once

#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <numbers>
#include <span>
#include <vector>

namespace strowger::media {

struct FileKind {
  int format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
  int rate = 8'000;
  int channels = 1;
};

namespace for_tests {

struct Sink {
  std::vector<std::byte> bytes;
  std::size_t at = 0;
};

inline sf_count_t length(void* user) {
  return static_cast<sf_count_t>(static_cast<Sink*>(user)->bytes.size());
}
inline sf_count_t tell(void* user) {
  return static_cast<sf_count_t>(static_cast<Sink*>(user)->at);
}
inline sf_count_t seek(sf_count_t offset, int whence, void* user) {
  auto& sink = *static_cast<Sink*>(user);
  sf_count_t from = 0;
  if (whence == SEEK_CUR) from = tell(user);
  if (whence == SEEK_END) from = length(user);
  sink.at = static_cast<std::size_t>(std::max<sf_count_t>(from + offset, 0));
  return tell(user);
}
inline sf_count_t read(void*, sf_count_t, void*) { return 0; }
inline sf_count_t write(const void* data, sf_count_t count, void* user) {
  auto& sink = *static_cast<Sink*>(user);
  const auto size = static_cast<std::size_t>(count);
  sink.bytes.resize(std::max(sink.bytes.size(), sink.at + size));
  std::memcpy(sink.bytes.data() + sink.at, data, size);
  sink.at += size;
  return count;
}

}  // namespace for_tests

// A tone at half of full scale in every channel; 0 Hz is silence.
inline std::vector<std::byte> sound_file(const FileKind& kind, double seconds, double hz) {
  for_tests::Sink sink;
  SF_VIRTUAL_IO io = {for_tests::length, for_tests::seek, for_tests::read, for_tests::write,
                      for_tests::tell};
  SF_INFO info{};
  info.format = kind.format;
  info.samplerate = kind.rate;
  info.channels = kind.channels;
  SNDFILE* file = sf_open_virtual(&io, SFM_WRITE, &info, &sink);
  if (!file) return {};
  const auto total = static_cast<std::size_t>(seconds * kind.rate);
  const auto channels = static_cast<std::size_t>(kind.channels);
  std::vector<float> block;
  for (std::size_t done = 0; done < total;) {
    const std::size_t count = std::min<std::size_t>(total - done, 65'536);
    block.assign(count * channels, 0.0F);
    for (std::size_t i = 0; hz > 0 && i < block.size(); ++i) {
      const auto at = static_cast<double>(done + i / channels);
      block[i] = static_cast<float>(0.5 * std::sin(2 * std::numbers::pi * hz * at / kind.rate));
    }
    sf_writef_float(file, block.data(), static_cast<sf_count_t>(count));
    done += count;
  }
  sf_close(file);
  return std::move(sink.bytes);
}

}  // namespace strowger::media
