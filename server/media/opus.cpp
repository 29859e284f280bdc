#include "media/opus.hpp"

#include "base/check.hpp"

#include <opus/opus.h>

namespace strowger::media {

namespace {

constexpr CodecFacts opus = facts(Codec::opus);
constexpr int channels = 1;
constexpr int complexity = 3;              // of 10: ten minutes of sound take 6 s, not 18
constexpr int loss_percent_prepared = 5;    // for which a packet repeats a little of the one before
constexpr std::size_t samples_max = 5'760;  // 120 ms

struct Free {
  void operator()(OpusEncoder* state) const { opus_encoder_destroy(state); }
  void operator()(OpusDecoder* state) const { opus_decoder_destroy(state); }
};

const unsigned char* octets(std::span<const std::byte> bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

class VoiceEncoder final : public Encoder {
 public:
  VoiceEncoder() {
    int error = OPUS_OK;
    state_.reset(
        opus_encoder_create(opus.sampling_rate, channels, OPUS_APPLICATION_VOIP, &error));
    check(state_ != nullptr && error == OPUS_OK, "libopus gives an encoder");
    opus_encoder_ctl(state_.get(), OPUS_SET_BITRATE(static_cast<opus_int32>(opus_bits_per_second)));
    opus_encoder_ctl(state_.get(), OPUS_SET_COMPLEXITY(complexity));
    // Any receiver can take packets with it (RFC 7587 §6.1, useinbandfec).
    opus_encoder_ctl(state_.get(), OPUS_SET_INBAND_FEC(1));
    opus_encoder_ctl(state_.get(), OPUS_SET_PACKET_LOSS_PERC(loss_percent_prepared));
  }
  std::span<const std::byte> encode(std::span<const std::int16_t> frame) override {
    if (frame.size() != opus.frame_samples()) return {};
    const int made = opus_encode(state_.get(), frame.data(), static_cast<int>(frame.size()),
                                 reinterpret_cast<unsigned char*>(payload_.data()),
                                 static_cast<opus_int32>(payload_.size()));
    return std::span(payload_).first(made > 0 ? static_cast<std::size_t>(made) : 0);
  }

 private:
  std::unique_ptr<OpusEncoder, Free> state_;
  std::array<std::byte, payload_bytes_max> payload_{};
};

class VoiceDecoder final : public Decoder {
 public:
  VoiceDecoder() : samples_(samples_max) {
    int error = OPUS_OK;
    state_.reset(opus_decoder_create(opus.sampling_rate, channels, &error));
    check(state_ != nullptr && error == OPUS_OK, "libopus gives a decoder");
  }
  std::span<const std::int16_t> decode(std::span<const std::byte> payload) override {
    // No payload at all would mean a lost packet to libopus.
    if (payload.empty() || payload.size() > payload_taken_bytes_max) return {};
    const int made = opus_decode(state_.get(), octets(payload),
                                 static_cast<opus_int32>(payload.size()), samples_.data(),
                                 static_cast<int>(samples_.size()), 0);
    return std::span(samples_).first(made > 0 ? static_cast<std::size_t>(made) : 0);
  }

 private:
  std::unique_ptr<OpusDecoder, Free> state_;
  std::vector<std::int16_t> samples_;
};

}  // namespace

std::unique_ptr<Encoder> make_opus_encoder() { return std::make_unique<VoiceEncoder>(); }
std::unique_ptr<Decoder> make_opus_decoder() { return std::make_unique<VoiceDecoder>(); }

bool is_prompt_packet(std::span<const std::byte> packet) {
  if (packet.empty() || packet.size() > payload_bytes_max) return false;
  const auto size = static_cast<opus_int32>(packet.size());
  return opus_packet_get_nb_channels(octets(packet)) == channels &&
         opus_packet_get_nb_frames(octets(packet), size) == 1 &&
         opus_packet_get_nb_samples(octets(packet), size, opus.sampling_rate) ==
             static_cast<int>(opus.frame_samples());
}

}  // namespace strowger::media
