// Packets of a call that is transcoded, as whoever has agreed on it may send them: sound of each
// codec, telephone-events, and what was never agreed on. The first byte chooses the two codecs and
// the packet time; then each packet has a length, a payload type, and how far its number and its
// time stamp are from those before.
// Rooms: media
// Longest: 2048
#include "media/transcoder.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <span>

namespace {

using namespace strowger;

constexpr std::size_t prefix = 4;  // bytes before each payload

void must(bool holds) {
  if (!holds) std::abort();
}

media::Transcoder made(std::uint8_t choice) {
  const auto codec = [](unsigned n) { return media::every_codec.at(n % 4U); };
  const media::Codec from = codec(choice);
  const media::Codec to = codec(choice >> 2U);
  const auto clock = media::facts(to).clock_rate;
  return media::Transcoder(
      {.sounds = {{0, from}, {1, media::Codec::opus}, {2, media::Codec::g722}},
       .events = {{3, 8'000}, {4, 48'000}}},
      {.codec = to,
       .payload_type = 9,
       .packet_ms = (choice >> 4U) * 10,
       .events = media::HeardForms::Events{10, clock}},
      Instant{});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  SeededRandom random(1);
  rtp::Sender sender(random);
  auto transcoder = made(data[0]);
  Instant now{};
  rtp::Header header{.ssrc = 1};
  std::span<const std::uint8_t> rest(data + 1, size - 1);
  while (rest.size() >= prefix) {
    const auto length = std::min<std::size_t>(rest[0], rest.size() - prefix);
    header.payload_type = rest[1] % 8U;
    const int jump = 1 + static_cast<std::int8_t>(rest[2]) / 16;
    header.sequence = static_cast<std::uint16_t>(header.sequence + jump);
    header.timestamp += 160U * static_cast<std::uint32_t>(static_cast<std::int8_t>(rest[3]));
    if (rest[2] == 0x7F) ++header.ssrc;
    now += std::chrono::milliseconds(20);
    transcoder.take({header, std::as_bytes(rest.subspan(prefix, length))}, now);
    rest = rest.subspan(prefix + length);
    // At most what came late and at once: three packets of 120 ms, cut into 10 ms.
    int packets = 0;
    while (!transcoder.next(sender).empty()) must(++packets < 100);
  }
  return 0;
}
