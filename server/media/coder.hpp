// Sound to payloads and back, frame by frame. G.722 and Opus remember what came before: one coder
// for each stream.
#pragma once

#include "media/codec.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace strowger::media {

// Of one payload that we make: it fits any path with RTP, UDP and IP around it.
constexpr std::size_t payload_bytes_max = 400;
// Of one payload that we take: 120 ms of Opus at most (RFC 7587 §4.2), or 200 ms of G.711.
constexpr std::size_t payload_taken_bytes_max = 1'600;

// What an encoder is fed: by default what prompts are made of.
struct EncoderForm {
  // Hz. G.711 has 8,000 only; G.722 takes 8,000 and 16,000, Opus these and 48,000. Its clock on the
  // wire stays, whatever goes in. 0: facts(codec).sampling_rate.
  int sampling_rate = 0;
  int packet_ms = frame_ms;         // of sound in one payload: 10 to 60, see packet_ms_for()
  std::uint32_t bitrate_max = 0;    // bit/s, of Opus; 0: opus_bits_per_second
};
constexpr int packet_ms_max = 60;

// The longest packet that the codec can make and that is no longer than `wanted`: Opus has no 30
// ms. 10 at least.
int packet_ms_for(Codec codec, int wanted);

class Encoder {
 public:
  virtual ~Encoder() = default;
  // `frame`: packet_ms of samples. The payload, valid until the next call; empty when the frame has
  // another length.
  virtual std::span<const std::byte> encode(std::span<const std::int16_t> frame) = 0;
};

class Decoder {
 public:
  virtual ~Decoder() = default;
  // What one packet carries, however long, at the sampling rate. Valid until the next call; empty
  // when it is no payload of the codec.
  virtual std::span<const std::int16_t> decode(std::span<const std::byte> payload) = 0;
  // Something for `samples` that were lost just before the packet `next`: Opus knows how. Empty: it
  // has no idea.
  virtual std::span<const std::int16_t> conceal(std::size_t /*samples*/,
                                                std::span<const std::byte> /*next*/) {
    return {};
  }
};

std::unique_ptr<Encoder> make_encoder(Codec codec, const EncoderForm& form = {});
// `sampling_rate`: as in EncoderForm.
std::unique_ptr<Decoder> make_decoder(Codec codec, int sampling_rate = 0);

}  // namespace strowger::media
