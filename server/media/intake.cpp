#include "media/intake.hpp"

#include "media/chunk.hpp"
#include "media/g711.hpp"

#include <algorithm>
#include <utility>

namespace strowger::media {

namespace {

// The frame: the mark, then 0 and a sound or 1 and an error. Numbers are little-endian.
//   0, duration in ms (4), bytes in each codec (4 each), length of the source text (2), text,
//   the sound in each codec
//   1, kind (1), length of the text (2), text
constexpr std::string_view mark = "SWM2";
constexpr std::uint32_t sound_frame = 0;
constexpr std::uint32_t error_frame = 1;
constexpr std::size_t text_bytes_max = 500;
constexpr auto last_kind = static_cast<std::uint32_t>(DecodeError::Kind::bad_rate);

tl::unexpected<DecodeError> broken() {
  return tl::unexpected(DecodeError{
      DecodeError::Kind::not_audio,
      "The file broke the decoder. Export it again, as " + std::string(accepted_formats) + "."});
}

void write_text(ChunkWriter& out, std::string_view text) {
  text = text.substr(0, text_bytes_max);
  out.number(static_cast<std::uint32_t>(text.size()), 2).text(text);
}

// Told to people and kept in records: no control characters from the child.
std::string read_text(ChunkReader& in) {
  std::string text = in.text(std::min<std::size_t>(in.number(2), text_bytes_max));
  std::ranges::replace_if(text, [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

std::size_t frames_max(const Limits& limits) {
  // The resampler may round up, and the last frame is filled up.
  return static_cast<std::size_t>(limits.duration_max.count()) / frame_ms + 2;
}

// How many frames there are, in each codec as many; nothing when the codecs disagree.
std::optional<std::size_t> frames_of(const Encodings& sound) {
  const auto frames = frames_in(every_codec.front(), sound[every_codec.front()]);
  for (const Codec codec : every_codec) {
    if (frames_in(codec, sound[codec]) != frames) return std::nullopt;
  }
  return frames;
}

Result<Encoded, DecodeError> parse_sound(ChunkReader& in, const Limits& limits) {
  Encoded encoded;
  encoded.duration_ms = in.number(4);
  PerCodec<std::size_t> sizes;
  for (const Codec codec : every_codec) sizes[codec] = in.number(4);
  encoded.source = read_text(in);
  for (const Codec codec : every_codec) {
    const Bytes bytes = in.take(sizes[codec]);
    encoded.sound[codec].assign(bytes.begin(), bytes.end());
  }
  if (!in.ok() || in.left() != 0) return broken();
  const auto frames = frames_of(encoded.sound);
  if (!frames || *frames == 0 || *frames > frames_max(limits)) return broken();
  if (encoded.duration_ms > static_cast<std::int64_t>(*frames) * frame_ms) return broken();
  return encoded;
}

Result<Encoded, DecodeError> parse_error(ChunkReader& in) {
  const std::uint32_t kind = in.number(1);
  std::string what = read_text(in);
  if (!in.ok() || in.left() != 0 || kind > last_kind) return broken();
  return tl::unexpected(DecodeError{static_cast<DecodeError::Kind>(kind), std::move(what)});
}

}  // namespace

Result<Encoded, DecodeError> intake(std::span<const std::byte> file, const Limits& limits) {
  auto decoded = decode(file, limits);
  if (!decoded) return tl::unexpected(std::move(decoded.error()));
  const auto samples = static_cast<std::int64_t>(decoded->masters.narrow.size());
  return Encoded{.sound = encode_sound(every_codec, decoded->masters),
                 .duration_ms = samples * 1'000 / sample_rate,
                 .source = std::move(decoded->source)};
}

std::vector<std::byte> serialize(const Result<Encoded, DecodeError>& outcome) {
  ChunkWriter out;
  out.text(mark);
  if (!outcome) {
    out.number(error_frame, 1).number(static_cast<std::uint32_t>(outcome.error().kind), 1);
    write_text(out, outcome.error().what);
    return out.release();
  }
  out.number(sound_frame, 1).number(static_cast<std::uint32_t>(outcome->duration_ms), 4);
  for (const Codec codec : every_codec) {
    out.number(static_cast<std::uint32_t>(outcome->sound[codec].size()), 4);
  }
  write_text(out, outcome->source);
  for (const Codec codec : every_codec) out.bytes(outcome->sound[codec]);
  return out.release();
}

Result<Encoded, DecodeError> parse_outcome(std::span<const std::byte> bytes, const Limits& limits) {
  ChunkReader in(bytes);
  if (in.text(mark.size()) != mark) return broken();
  switch (in.number(1)) {
    case sound_frame: return parse_sound(in, limits);
    case error_frame: return parse_error(in);
    default: return broken();
  }
}

}  // namespace strowger::media
