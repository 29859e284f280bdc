// WAV files as they are read back for reports: what can be read is the same after writing it.
// Seeds: tests/corpus/media
// Rooms: media
// Longest: 4096
#include "media/wav.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace strowger::media;
  const auto pcm = read_wav(std::as_bytes(std::span(data, size)));
  if (!pcm) return 0;
  if (pcm->samples.size() * sizeof(std::int16_t) > size) std::abort();
  const auto again = read_wav(write_wav(*pcm));
  if (!again || again->rate != pcm->rate || again->samples != pcm->samples) std::abort();
  return 0;
}
