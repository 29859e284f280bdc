#include "media/coder.hpp"

#include "media/g711.hpp"
#include "media/g722.hpp"
#include "media/opus.hpp"

namespace strowger::media {

namespace {

class G711Encoder final : public Encoder {
 public:
  explicit G711Encoder(Codec codec) : codec_(codec) {}
  std::span<const std::byte> encode(std::span<const std::int16_t> frame) override {
    if (frame.size() != frame_samples) return {};
    for (std::size_t i = 0; i < frame.size(); ++i) payload_[i] = media::encode(codec_, frame[i]);
    return payload_;
  }

 private:
  Codec codec_;
  std::array<std::byte, frame_samples> payload_{};
};

class G711Decoder final : public Decoder {
 public:
  explicit G711Decoder(Codec codec) : codec_(codec) {}
  std::span<const std::int16_t> decode(std::span<const std::byte> payload) override {
    if (payload.size() > payload_taken_bytes_max) return {};
    samples_ = media::decode(codec_, payload);
    return samples_;
  }

 private:
  Codec codec_;
  std::vector<std::int16_t> samples_;
};

}  // namespace

std::unique_ptr<Encoder> make_encoder(Codec codec) {
  switch (codec) {
    case Codec::g722: return make_g722_encoder();
    case Codec::opus: return make_opus_encoder();
    default: return std::make_unique<G711Encoder>(codec);
  }
}

std::unique_ptr<Decoder> make_decoder(Codec codec) {
  switch (codec) {
    case Codec::g722: return make_g722_decoder();
    case Codec::opus: return make_opus_decoder();
    default: return std::make_unique<G711Decoder>(codec);
  }
}

}  // namespace strowger::media
