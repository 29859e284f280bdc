#include "media/opus.hpp"

#include "base/check.hpp"

#include <opus/opus.h>

#include <algorithm>

namespace strowger::media {

namespace {

constexpr CodecFacts opus = facts(Codec::opus);
constexpr int channels = 1;
constexpr int complexity = 3;              // of 10: ten minutes of sound take 6 s, not 18
constexpr int loss_percent_prepared = 5;    // for which a packet repeats a little of the one before
constexpr int longest_ms = 120;
// Of 60 ms of a stream, and more than that: its rate varies.
constexpr std::size_t stream_payload_bytes_max = 1'200;
// Below telephone band there is little that more bits would be good for.
constexpr std::uint32_t narrow_bits_per_second = 20'000;

struct Free {
  void operator()(OpusEncoder* state) const { opus_encoder_destroy(state); }
  void operator()(OpusDecoder* state) const { opus_decoder_destroy(state); }
};

const unsigned char* octets(std::span<const std::byte> bytes) {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

std::uint32_t bitrate(const EncoderForm& form) {
  const auto ours = form.sampling_rate == 8'000 ? narrow_bits_per_second : opus_bits_per_second;
  // RFC 7587 §6.1: 6 kbit/s at least.
  return form.bitrate_max == 0 ? ours : std::clamp(form.bitrate_max, 6'000U, ours);
}

class VoiceEncoder final : public Encoder {
 public:
  explicit VoiceEncoder(const EncoderForm& form)
      : frame_(static_cast<std::size_t>(form.sampling_rate / 1'000 * form.packet_ms)),
        payload_(form.packet_ms == frame_ms ? payload_bytes_max : stream_payload_bytes_max) {
    int error = OPUS_OK;
    state_.reset(
        opus_encoder_create(form.sampling_rate, channels, OPUS_APPLICATION_VOIP, &error));
    check(state_ != nullptr && error == OPUS_OK, "libopus gives an encoder");
    opus_encoder_ctl(state_.get(), OPUS_SET_BITRATE(static_cast<opus_int32>(bitrate(form))));
    opus_encoder_ctl(state_.get(), OPUS_SET_COMPLEXITY(complexity));
    // Any receiver can take packets with it (RFC 7587 §6.1, useinbandfec).
    opus_encoder_ctl(state_.get(), OPUS_SET_INBAND_FEC(1));
    opus_encoder_ctl(state_.get(), OPUS_SET_PACKET_LOSS_PERC(loss_percent_prepared));
  }
  std::span<const std::byte> encode(std::span<const std::int16_t> frame) override {
    if (frame.size() != frame_) return {};
    const int made = opus_encode(state_.get(), frame.data(), static_cast<int>(frame.size()),
                                 reinterpret_cast<unsigned char*>(payload_.data()),
                                 static_cast<opus_int32>(payload_.size()));
    return std::span(payload_).first(made > 0 ? static_cast<std::size_t>(made) : 0);
  }

 private:
  std::size_t frame_;  // samples
  std::unique_ptr<OpusEncoder, Free> state_;
  std::vector<std::byte> payload_;
};

class VoiceDecoder final : public Decoder {
 public:
  explicit VoiceDecoder(int sampling_rate)
      : samples_(static_cast<std::size_t>(sampling_rate / 1'000 * longest_ms)) {
    int error = OPUS_OK;
    state_.reset(opus_decoder_create(sampling_rate, channels, &error));
    check(state_ != nullptr && error == OPUS_OK, "libopus gives a decoder");
  }
  std::span<const std::int16_t> decode(std::span<const std::byte> payload) override {
    // No payload at all would mean a lost packet to libopus.
    if (payload.empty() || payload.size() > payload_taken_bytes_max) return {};
    return decode(payload, samples_.size(), 0);
  }
  // The packet after it may repeat a little of what was lost; libopus guesses the rest.
  std::span<const std::int16_t> conceal(std::size_t samples,
                                        std::span<const std::byte> next) override {
    if (samples > samples_.size() || next.size() > payload_taken_bytes_max) return {};
    return decode(next, samples, next.empty() ? 0 : 1);
  }

 private:
  std::span<const std::int16_t> decode(std::span<const std::byte> payload, std::size_t room,
                                       int repeated) {
    const int made = opus_decode(state_.get(), payload.empty() ? nullptr : octets(payload),
                                 static_cast<opus_int32>(payload.size()), samples_.data(),
                                 static_cast<int>(room), repeated);
    return std::span(samples_).first(made > 0 ? static_cast<std::size_t>(made) : 0);
  }

  std::unique_ptr<OpusDecoder, Free> state_;
  std::vector<std::int16_t> samples_;
};

}  // namespace

std::unique_ptr<Encoder> make_opus_encoder(const EncoderForm& form) {
  return std::make_unique<VoiceEncoder>(form);
}
std::unique_ptr<Decoder> make_opus_decoder(int sampling_rate) {
  return std::make_unique<VoiceDecoder>(sampling_rate);
}

bool is_prompt_packet(std::span<const std::byte> packet) {
  if (packet.empty() || packet.size() > payload_bytes_max) return false;
  const auto size = static_cast<opus_int32>(packet.size());
  return opus_packet_get_nb_channels(octets(packet)) == channels &&
         opus_packet_get_nb_frames(octets(packet), size) == 1 &&
         opus_packet_get_nb_samples(octets(packet), size, opus.sampling_rate) ==
             static_cast<int>(opus.frame_samples());
}

}  // namespace strowger::media
