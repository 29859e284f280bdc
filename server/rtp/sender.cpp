#include "rtp/sender.hpp"

namespace strowger::rtp {

Sender::Sender(Random& random)
    : ssrc_(static_cast<std::uint32_t>(random.bits())),
      timestamp_(static_cast<std::uint32_t>(random.bits())),
      sequence_(static_cast<std::uint16_t>(random.bits())) {}

Bytes Sender::sound(std::uint8_t payload_type, Bytes payload, std::uint32_t samples, Buffer out) {
  const Bytes written = write({.marker = !talking_,
                               .payload_type = payload_type,
                               .sequence = sequence_,
                               .timestamp = timestamp_,
                               .ssrc = ssrc_},
                              payload, out);
  if (written.empty()) return written;
  talking_ = true;
  timestamp_ += samples;
  return written;
}

void Sender::silence(std::uint32_t samples) {
  talking_ = false;
  timestamp_ += samples;
}

Bytes Sender::event(std::uint8_t payload_type, Bytes payload, std::uint32_t event_timestamp,
                    bool marker, Buffer out) {
  return write({.marker = marker,
                .payload_type = payload_type,
                .sequence = sequence_,
                .timestamp = event_timestamp,
                .ssrc = ssrc_},
               payload, out);
}

Bytes Sender::write(const Header& header, Bytes payload, Buffer out) {
  const Bytes written = write_packet(header, payload, out);
  if (written.empty()) return written;
  ++sequence_;
  ++packets_;
  octets_ += static_cast<std::uint32_t>(payload.size());
  return written;
}

}  // namespace strowger::rtp
