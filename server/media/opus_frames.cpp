#include "media/opus_frames.hpp"

#include "media/opus.hpp"

namespace strowger::media {

namespace {

constexpr std::string_view mark = "SWO1";

}  // namespace

std::optional<OpusFrames> OpusFrames::of(Bytes bytes) {
  ChunkReader reader(bytes);
  if (reader.text(mark.size()) != mark) return std::nullopt;
  const std::size_t count = reader.number(4);
  if (!reader.ok() || count > reader.left() / opus_index_bytes) return std::nullopt;
  const Bytes index = reader.take(count * opus_index_bytes);
  const OpusFrames frames(index, reader.take(reader.left()));
  std::size_t begin = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t end = frames.end_of(i);
    if (end <= begin || end > frames.packets_.size()) return std::nullopt;
    if (!is_prompt_packet(frames.packets_.subspan(begin, end - begin))) return std::nullopt;
    begin = end;
  }
  if (begin != frames.packets_.size()) return std::nullopt;
  return frames;
}

std::vector<std::byte> OpusFrames::join(const std::vector<std::vector<std::byte>>& packets) {
  ChunkWriter out;
  out.text(mark).number(static_cast<std::uint32_t>(packets.size()), 4);
  std::size_t end = 0;
  for (const auto& packet : packets) {
    end += packet.size();
    out.number(static_cast<std::uint32_t>(end), opus_index_bytes);
  }
  for (const auto& packet : packets) out.bytes(packet);
  return out.release();
}

std::size_t OpusFrames::end_of(std::size_t index) const {
  ChunkReader reader(index_.subspan(index * opus_index_bytes, opus_index_bytes));
  return reader.number(opus_index_bytes);
}

Bytes OpusFrames::frame(std::size_t index) const {
  const std::size_t begin = index == 0 ? 0 : end_of(index - 1);
  return packets_.subspan(begin, end_of(index) - begin);
}

}  // namespace strowger::media
