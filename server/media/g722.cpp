#include "media/g722.hpp"

#include "base/check.hpp"

// spandsp's headers count on these.
#include <cstdint>
#include <spandsp/telephony.h>

#include <spandsp/g722.h>

namespace strowger::media {

namespace {

constexpr int bits_per_second = 64'000;
constexpr std::size_t bytes_per_ms = 8;

int options(int sampling_rate) { return sampling_rate == 8'000 ? G722_SAMPLE_RATE_8000 : 0; }

struct Free {
  void operator()(g722_encode_state_t* state) const { g722_encode_free(state); }
  void operator()(g722_decode_state_t* state) const { g722_decode_free(state); }
};

class G722Encoder final : public Encoder {
 public:
  explicit G722Encoder(const EncoderForm& form)
      : frame_(static_cast<std::size_t>(form.sampling_rate / 1'000 * form.packet_ms)),
        state_(g722_encode_init(nullptr, bits_per_second, options(form.sampling_rate))),
        payload_(static_cast<std::size_t>(form.packet_ms) * bytes_per_ms) {
    check(state_ != nullptr, "spandsp gives a G.722 encoder");
  }
  std::span<const std::byte> encode(std::span<const std::int16_t> frame) override {
    if (frame.size() != frame_) return {};
    g722_encode(state_.get(), reinterpret_cast<std::uint8_t*>(payload_.data()), frame.data(),
                static_cast<int>(frame.size()));
    return payload_;
  }

 private:
  std::size_t frame_;  // samples
  std::unique_ptr<g722_encode_state_t, Free> state_;
  std::vector<std::byte> payload_;
};

class G722Decoder final : public Decoder {
 public:
  explicit G722Decoder(int sampling_rate)
      : state_(g722_decode_init(nullptr, bits_per_second, options(sampling_rate))) {
    check(state_ != nullptr, "spandsp gives a G.722 decoder");
  }
  std::span<const std::int16_t> decode(std::span<const std::byte> payload) override {
    if (payload.size() > payload_taken_bytes_max) return {};
    samples_.resize(payload.size() * 2);  // two for each byte at most
    const int made =
        g722_decode(state_.get(), samples_.data(),
                    reinterpret_cast<const std::uint8_t*>(payload.data()),
                    static_cast<int>(payload.size()));
    return std::span(samples_).first(static_cast<std::size_t>(made));
  }

 private:
  std::unique_ptr<g722_decode_state_t, Free> state_;
  std::vector<std::int16_t> samples_;
};

}  // namespace

std::unique_ptr<Encoder> make_g722_encoder(const EncoderForm& form) {
  return std::make_unique<G722Encoder>(form);
}
std::unique_ptr<Decoder> make_g722_decoder(int sampling_rate) {
  return std::make_unique<G722Decoder>(sampling_rate);
}

}  // namespace strowger::media
