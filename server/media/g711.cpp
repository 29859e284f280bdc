#include "media/g711.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace strowger::media {

namespace {

// Both laws: a sign, three bits of segment (how far the sample is shifted), four bits of its head.

constexpr int mu_bias = 132;    // makes every segment begin at a power of two
constexpr int mu_clip = 32'635;  // the largest magnitude that stays in the last segment

constexpr std::uint8_t to_mu_law(int sample) {
  const unsigned sign = sample < 0 ? 0x80U : 0U;
  const auto magnitude =
      static_cast<unsigned>(std::min(sample < 0 ? -sample : sample, mu_clip) + mu_bias);
  const auto segment = static_cast<unsigned>(std::bit_width(magnitude)) - 8;
  const unsigned head = magnitude >> (segment + 3) & 0x0FU;
  return static_cast<std::uint8_t>(~(sign | segment << 4 | head));
}

constexpr std::int16_t from_mu_law(unsigned code) {
  const unsigned bits = ~code;
  const unsigned segment = bits >> 4 & 7U;
  const int magnitude = static_cast<int>((((bits & 0x0FU) << 3) + mu_bias) << segment) - mu_bias;
  return static_cast<std::int16_t>((bits & 0x80U) != 0 ? -magnitude : magnitude);
}

constexpr unsigned a_toggle = 0x55;  // every second bit is sent inverted

constexpr std::uint8_t to_a_law(int sample) {
  const unsigned sign = sample < 0 ? 0U : 0x80U;
  // 12 bits of magnitude; negative ones count from -1, so that both signs have as many steps.
  const auto magnitude = static_cast<unsigned>(sample < 0 ? ~sample : sample) >> 4 << 1;
  const auto width = static_cast<unsigned>(std::bit_width(magnitude));
  const unsigned segment = width <= 5 ? 0 : width - 5;
  const unsigned head = magnitude >> std::max(segment, 1U) & 0x0FU;
  return static_cast<std::uint8_t>((sign | segment << 4 | head) ^ a_toggle);
}

constexpr std::int16_t from_a_law(unsigned code) {
  const unsigned bits = code ^ a_toggle;
  const unsigned segment = bits >> 4 & 7U;
  const unsigned head = ((bits & 0x0FU) << 4) + 8;  // the middle of the step
  const int magnitude = static_cast<int>(segment == 0 ? head : (head + 0x100) << (segment - 1));
  return static_cast<std::int16_t>((bits & 0x80U) != 0 ? magnitude : -magnitude);
}

template <class Law>
constexpr std::array<std::int16_t, 256> table(Law law) {
  std::array<std::int16_t, 256> samples{};
  for (unsigned code = 0; code < samples.size(); ++code) samples[code] = law(code);
  return samples;
}

constexpr auto mu_law_samples = table(from_mu_law);
constexpr auto a_law_samples = table(from_a_law);

}  // namespace

std::byte encode(Codec codec, std::int16_t sample) {
  return static_cast<std::byte>(codec == Codec::pcmu ? to_mu_law(sample) : to_a_law(sample));
}

std::int16_t decode(Codec codec, std::byte code) {
  const auto& samples = codec == Codec::pcmu ? mu_law_samples : a_law_samples;
  return samples[std::to_integer<std::size_t>(code)];
}

std::vector<std::byte> encode(Codec codec, std::span<const std::int16_t> samples) {
  std::vector<std::byte> bytes;
  bytes.reserve(samples.size());
  for (const std::int16_t sample : samples) bytes.push_back(encode(codec, sample));
  return bytes;
}

std::vector<std::int16_t> decode(Codec codec, std::span<const std::byte> bytes) {
  std::vector<std::int16_t> samples;
  samples.reserve(bytes.size());
  for (const std::byte code : bytes) samples.push_back(decode(codec, code));
  return samples;
}

}  // namespace strowger::media
