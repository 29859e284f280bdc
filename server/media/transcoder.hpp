// One direction of a call whose two ends have no codec in common: packets of the one end go in,
// packets for the other come out, in its codec, of its length, with its numbers for events. It has
// no clock and no thread: what goes out follows what comes in, and nothing is allocated for a
// packet (docs/decisions/0035-transcoding.md).
#pragma once

#include "base/time.hpp"
#include "media/coder.hpp"
#include "rtp/packet.hpp"
#include "rtp/reorder_window.hpp"
#include "rtp/sender.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace strowger::media {

// What the packets of an end may be, by payload type.
struct HeardForms {
  struct Sound {
    std::uint8_t payload_type = 0;
    Codec codec = Codec::pcmu;

    bool operator==(const Sound&) const = default;
  };
  struct Events {  // telephone-event (RFC 4733)
    std::uint8_t payload_type = 0;
    std::uint32_t clock_rate = 8'000;  // Hz

    bool operator==(const Events&) const = default;
  };
  std::vector<Sound> sounds;
  std::vector<Events> events;

  bool operator==(const HeardForms&) const = default;
};

// What the packets for an end have to be.
struct SentForm {
  Codec codec = Codec::pcmu;
  std::uint8_t payload_type = 0;
  int packet_ms = frame_ms;       // see packet_ms_for()
  std::uint32_t bitrate_max = 0;  // see EncoderForm
  std::optional<HeardForms::Events> events;  // none: the end takes no telephone-events

  bool operator==(const SentForm&) const = default;
};

class Transcoder {
 public:
  // `now`: what is sent goes on from there, after whatever the sender has sent before.
  Transcoder(HeardForms heard, SentForm sent, Instant now);

  // One packet of the one end. Take every next() before the next one.
  void take(const rtp::Packet& packet, Instant arrival) { window_.put(packet, arrival); }
  // A packet for the other end, under the name of `sender`; empty when there is none. Valid until
  // the next call.
  rtp::Bytes next(rtp::Sender& sender);

  // Another stream is sent from now on, or the same one otherwise.
  bool fits(const HeardForms& heard, const SentForm& sent) const {
    return heard_ == heard && sent_ == sent;
  }

 private:
  using Item = rtp::ReorderWindow::Item;
  struct Event {  // the newest one
    std::uint32_t came_at = 0;  // its time stamps
    std::uint32_t leaves_at = 0;
    std::uint32_t clock_rate = 8'000;
  };

  rtp::Bytes digest(const Item& item, rtp::Sender& sender);
  void sound(const Item& item, Codec codec, rtp::Sender& sender);
  rtp::Bytes event(const Item& item, const HeardForms::Events& form, rtp::Sender& sender);
  void use(Codec codec);
  void go_on_after(const Item& item, std::uint32_t clock_rate, rtp::Sender& sender);
  void pause(Duration length, rtp::Sender& sender);
  void conceal(std::size_t samples, rtp::Bytes next);
  void add(std::span<const std::int16_t> samples);
  rtp::Bytes packet(rtp::Sender& sender);

  HeardForms heard_;
  SentForm sent_;
  rtp::ReorderWindow window_;
  std::optional<Codec> codec_;  // that the newest sound came in
  int rate_ = 0;                // Hz, of the samples between the two codecs
  std::unique_ptr<Decoder> decoder_;
  std::unique_ptr<Encoder> encoder_;
  std::size_t frame_ = 0;  // samples of one packet that leaves

  static constexpr std::size_t samples_max = 5'120;  // 200 ms at 16 kHz and what is left over
  static constexpr std::size_t remembered = 320;
  std::array<std::int16_t, samples_max> samples_{};
  std::size_t waiting_ = 0;  // of them: not sent yet
  std::array<std::int16_t, remembered> newest_{};  // to be repeated when some are lost

  bool timed_ = false;           // the next time stamp is known
  std::uint32_t clock_rate_ = 8'000;
  std::uint32_t expected_ = 0;   // time stamp of the next packet, if nothing is missing
  Instant heard_until_;          // by the clock, when that is the only way to tell
  std::optional<Event> event_;
  std::array<std::byte, 1'300> out_{};
};

}  // namespace strowger::media
