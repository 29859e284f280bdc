#include "sim/recording.hpp"

#include <algorithm>

namespace strowger::sim {

void Recording::add(const rtp::Packet& packet, media::Codec codec, Instant at) {
  const rtp::Header& header = packet.header;
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
  const auto offset = static_cast<std::int32_t>(header.timestamp - base_timestamp_);
  const std::int64_t begin = static_cast<std::int64_t>(base_) + offset;
  if (begin < 0 ||
      begin + static_cast<std::int64_t>(packet.payload.size()) > std::int64_t{samples_max}) {
    return;
  }
  place(static_cast<std::size_t>(begin), packet.payload, codec);
}

void Recording::place(std::size_t begin, rtp::Bytes payload, media::Codec codec) {
  const auto samples = media::decode(codec, payload);
  if (pcm_.size() < begin + samples.size()) pcm_.resize(begin + samples.size());
  std::copy(samples.begin(), samples.end(), pcm_.begin() + static_cast<std::ptrdiff_t>(begin));
  sound_samples_ += samples.size();
}

}  // namespace strowger::sim
