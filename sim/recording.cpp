#include "sim/recording.hpp"

#include <algorithm>

namespace strowger::sim {

void Recording::add(const rtp::Packet& packet, media::Codec codec, Instant at) {
  const rtp::Header& header = packet.header;
  const media::CodecFacts facts = media::facts(codec);
  const auto samples = decoder(codec).decode(packet.payload);
  if (!first_) rate_ = facts.sampling_rate;
  if (!first_ || header.ssrc != ssrc_) {
    ssrc_ = header.ssrc;
    base_ = pcm_.size();
    base_timestamp_ = header.timestamp;
  }
  if (!first_) first_ = at;
  // A marked packet follows silence on purpose (RFC 3551 4.1): no gap in the sound.
  if (last_ && !header.marker) longest_gap_ = std::max(longest_gap_, at - *last_);
  last_ = at;
  ++packets_;
  if (facts.sampling_rate != rate_) return;
  const auto offset = std::int64_t{static_cast<std::int32_t>(header.timestamp - base_timestamp_)} *
                      facts.sampling_rate / facts.clock_rate;
  const std::int64_t begin = static_cast<std::int64_t>(base_) + offset;
  const auto most = static_cast<std::int64_t>(seconds_max) * rate_;
  if (begin < 0 || begin + static_cast<std::int64_t>(samples.size()) > most) return;
  place(static_cast<std::size_t>(begin), samples);
}

media::Decoder& Recording::decoder(media::Codec codec) {
  auto& made = decoders_[codec];
  if (!made) made = media::make_decoder(codec);
  return *made;
}

void Recording::place(std::size_t begin, std::span<const std::int16_t> samples) {
  if (pcm_.size() < begin + samples.size()) pcm_.resize(begin + samples.size());
  std::copy(samples.begin(), samples.end(), pcm_.begin() + static_cast<std::ptrdiff_t>(begin));
  sound_samples_ += samples.size();
}

}  // namespace strowger::sim
