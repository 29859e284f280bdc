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

class Encoder {
 public:
  virtual ~Encoder() = default;
  // `frame`: facts(codec).frame_samples() samples. The payload, valid until the next call; empty
  // when the frame has another length.
  virtual std::span<const std::byte> encode(std::span<const std::int16_t> frame) = 0;
};

class Decoder {
 public:
  virtual ~Decoder() = default;
  // What one packet carries, however long, at facts(codec).sampling_rate. Valid until the next
  // call; empty when it is no payload of the codec.
  virtual std::span<const std::int16_t> decode(std::span<const std::byte> payload) = 0;
};

std::unique_ptr<Encoder> make_encoder(Codec codec);
std::unique_ptr<Decoder> make_decoder(Codec codec);

}  // namespace strowger::media
