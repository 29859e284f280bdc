// A sound file in memory, opened by libsndfile. For this room.
#pragma once

#include "media/decode.hpp"

#include <memory>
#include <optional>
#include <span>
#include <string>

namespace strowger::media {

// The container by its first bytes; nothing else is ever given to a decoder.
enum class Container : std::uint8_t { wav, flac, ogg, mp3 };
std::optional<Container> container_of(std::span<const std::byte> file);

class SoundFile {
 public:
  // None when libsndfile can't read it, or finds another container than expected; trouble() says
  // why in its words.
  SoundFile(std::span<const std::byte> file, Container expected);
  ~SoundFile();

  bool opened() const;
  const std::string& trouble() const { return trouble_; }
  int channels() const;
  int rate() const;               // Hz
  // As the header says, which may be a lie; none when it does not (FLAC written to a pipe).
  std::optional<std::int64_t> frames() const;
  std::string description() const;  // "WAV, Signed 16 bit PCM, 44100 Hz, stereo"

  // Interleaved samples; `block` holds whole frames. How many frames were read, 0 at the end.
  std::size_t read(std::span<float> block);

 private:
  struct Source;
  std::unique_ptr<Source> source_;
  std::string trouble_;
};

}  // namespace strowger::media
