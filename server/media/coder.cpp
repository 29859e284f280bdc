#include "media/coder.hpp"

#include "media/g711.hpp"
#include "media/g722.hpp"
#include "media/opus.hpp"

#include <algorithm>

namespace strowger::media {

namespace {

class G711Encoder final : public Encoder {
 public:
  G711Encoder(Codec codec, int packet_ms)
      : codec_(codec), payload_(static_cast<std::size_t>(packet_ms) * sample_rate / 1'000) {}
  std::span<const std::byte> encode(std::span<const std::int16_t> frame) override {
    if (frame.size() != payload_.size()) return {};
    for (std::size_t i = 0; i < frame.size(); ++i) payload_[i] = media::encode(codec_, frame[i]);
    return payload_;
  }

 private:
  Codec codec_;
  std::vector<std::byte> payload_;
};

class G711Decoder final : public Decoder {
 public:
  explicit G711Decoder(Codec codec) : codec_(codec) {}
  std::span<const std::int16_t> decode(std::span<const std::byte> payload) override {
    if (payload.size() > payload_taken_bytes_max) return {};
    samples_.resize(payload.size());
    for (std::size_t i = 0; i < payload.size(); ++i) {
      samples_[i] = media::decode(codec_, payload[i]);
    }
    return samples_;
  }

 private:
  Codec codec_;
  std::vector<std::int16_t> samples_;
};

}  // namespace

int packet_ms_for(Codec codec, int wanted) {
  if (wanted < 20) return 10;
  if (codec != Codec::opus) return std::min(wanted, packet_ms_max) / 10 * 10;
  if (wanted < 40) return 20;
  return wanted < 60 ? 40 : 60;
}

std::unique_ptr<Encoder> make_encoder(Codec codec, const EncoderForm& form) {
  auto known = form;
  if (known.sampling_rate == 0) known.sampling_rate = facts(codec).sampling_rate;
  switch (codec) {
    case Codec::g722: return make_g722_encoder(known);
    case Codec::opus: return make_opus_encoder(known);
    default: return std::make_unique<G711Encoder>(codec, known.packet_ms);
  }
}

std::unique_ptr<Decoder> make_decoder(Codec codec, int sampling_rate) {
  const int rate = sampling_rate == 0 ? facts(codec).sampling_rate : sampling_rate;
  switch (codec) {
    case Codec::g722: return make_g722_decoder(rate);
    case Codec::opus: return make_opus_decoder(rate);
    default: return std::make_unique<G711Decoder>(codec);
  }
}

}  // namespace strowger::media
