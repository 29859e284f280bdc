// What a phone heard: sound put back onto its own time line by the RTP time stamps, whatever order
// and distance the packets came in.
#pragma once

#include "base/time.hpp"
#include "media/coder.hpp"
#include "rtp/packet.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace strowger::sim {

class Recording {
 public:
  static constexpr int seconds_max = 30 * 60;

  // A packet of a codec; time stamps far outside of what came before are left out, and so is the
  // sound of a codec that samples at another rate than the first one.
  void add(const rtp::Packet& packet, media::Codec codec, Instant at);

  const std::vector<std::int16_t>& pcm() const { return pcm_; }
  int rate() const { return rate_; }  // Hz
  std::size_t packets() const { return packets_; }
  std::int64_t sound_ms() const {
    return static_cast<std::int64_t>(sound_samples_) * 1'000 / rate_;
  }
  std::optional<Instant> first() const { return first_; }
  std::optional<Instant> last() const { return last_; }
  // The longest wait between two packets that follow each other in the stream of sound.
  Duration longest_gap() const { return longest_gap_; }

 private:
  media::Decoder& decoder(media::Codec codec);
  void place(std::size_t begin, std::span<const std::int16_t> samples);

  media::PerCodec<std::unique_ptr<media::Decoder>> decoders_;
  int rate_ = media::facts(media::Codec::pcmu).sampling_rate;
  std::vector<std::int16_t> pcm_;
  std::size_t packets_ = 0;
  std::size_t sound_samples_ = 0;
  std::optional<Instant> first_;
  std::optional<Instant> last_;
  Duration longest_gap_{};
  std::uint32_t ssrc_ = 0;
  std::uint32_t base_timestamp_ = 0;  // of `base_`
  std::size_t base_ = 0;              // where the present stream begins in pcm_
};

}  // namespace strowger::sim
