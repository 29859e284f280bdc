#include "media/wav.hpp"

#include "media/chunk.hpp"

#include <algorithm>
#include <limits>

namespace strowger::media {

namespace {

constexpr std::uint32_t pcm_format = 1;
constexpr std::uint32_t fmt_bytes = 16;
constexpr std::uint32_t header_bytes = 44;
// The size fields have 32 bits; 16 bits a sample.
constexpr std::size_t samples_max = (std::numeric_limits<std::uint32_t>::max() - header_bytes) / 2;

Result<int, Complaint> read_fmt(ChunkReader chunk) {
  const std::uint32_t format = chunk.number(2);
  const std::uint32_t channels = chunk.number(2);
  const std::uint32_t rate = chunk.number(4);
  chunk.number(4);  // bytes per second
  chunk.number(2);  // bytes per sample of all channels
  const std::uint32_t bits = chunk.number(2);
  if (!chunk.ok()) return complain("the WAV header is cut");
  if (format != pcm_format || channels != 1 || bits != 16) {
    return complain("not a WAV file of 16-bit PCM, mono");
  }
  if (rate == 0 || rate > 1'000'000) return complain("the WAV sample rate is not 1..1000000 Hz");
  return static_cast<int>(rate);
}

}  // namespace

std::vector<std::byte> write_wav(const Pcm& pcm) {
  const std::size_t count = std::min(pcm.samples.size(), samples_max);
  const auto data_bytes = static_cast<std::uint32_t>(count * 2);
  const auto rate = static_cast<std::uint32_t>(pcm.rate);
  ChunkWriter file;
  file.reserve(header_bytes + data_bytes);
  file.text("RIFF").number(header_bytes - 8 + data_bytes, 4).text("WAVE");
  file.text("fmt ").number(fmt_bytes, 4).number(pcm_format, 2).number(1, 2);
  file.number(rate, 4).number(rate * 2, 4).number(2, 2).number(16, 2);
  file.text("data").number(data_bytes, 4);
  for (std::size_t i = 0; i < count; ++i) {
    file.number(static_cast<std::uint16_t>(pcm.samples[i]), 2);
  }
  return file.release();
}

Result<Pcm, Complaint> read_wav(std::span<const std::byte> file) {
  ChunkReader reader(file);
  const std::string riff = reader.text(4);
  reader.number(4);  // the size of the rest: the file's own end counts
  if (riff != "RIFF" || reader.text(4) != "WAVE") return complain("not a WAV file");
  Pcm pcm;
  bool described = false;
  while (reader.left() >= 8) {
    const std::string name = reader.text(4);
    const std::size_t announced = reader.number(4);
    const std::size_t size = std::min(announced, reader.left());  // a recording that was cut
    const Bytes chunk = reader.take(size);
    if (size % 2 != 0 && reader.left() > 0) reader.take(1);
    if (name == "fmt ") {
      const auto rate = read_fmt(ChunkReader(chunk));
      if (!rate) return tl::unexpected(rate.error());
      pcm.rate = *rate;
      described = true;
    } else if (name == "data" && described) {
      ChunkReader samples(chunk);
      pcm.samples.reserve(size / 2);
      while (samples.left() >= 2) {
        pcm.samples.push_back(static_cast<std::int16_t>(samples.number(2)));
      }
      return pcm;
    }
  }
  return complain("the WAV file has no sound in it");
}

}  // namespace strowger::media
