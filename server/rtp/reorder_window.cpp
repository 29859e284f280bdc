#include "rtp/reorder_window.hpp"

#include <algorithm>

namespace strowger::rtp {

void ReorderWindow::begin(const Header& header) {
  for (Slot& slot : slots_) slot.full = false;
  held_ = 0;
  started_ = first_ = true;
  ssrc_ = header.ssrc;
  expected_ = header.sequence;
}

void ReorderWindow::put(const Packet& packet, Instant arrival) {
  if (packet.payload.size() > reorder_payload_bytes_max) return;
  const auto& header = packet.header;
  const auto distance = static_cast<std::int16_t>(header.sequence - expected_);
  const bool jumped = distance > reorder_jump_max || distance < -reorder_jump_max;
  if (!started_ || header.ssrc != ssrc_ || jumped) begin(header);
  else if (distance < 0) return;
  Slot* room = nullptr;
  for (Slot& slot : slots_) {
    if (!slot.full) room = &slot;
    else if (slot.header.sequence == header.sequence) return;
  }
  if (room == nullptr) return;
  room->full = true;
  room->header = header;
  room->arrival = arrival;
  room->bytes = packet.payload.size();
  std::ranges::copy(packet.payload, room->payload.begin());
  ++held_;
}

std::optional<ReorderWindow::Item> ReorderWindow::next() {
  Slot* nearest = nullptr;
  for (Slot& slot : slots_) {
    if (slot.full && (nearest == nullptr || ahead(slot) < ahead(*nearest))) nearest = &slot;
  }
  if (nearest == nullptr) return std::nullopt;
  const auto lost = ahead(*nearest);
  if (lost != 0 && held_ <= reorder_held_max) return std::nullopt;
  nearest->full = false;
  --held_;
  expected_ = static_cast<std::uint16_t>(nearest->header.sequence + 1);
  const bool first = first_;
  first_ = false;
  return Item{.header = nearest->header,
              .payload = Bytes(nearest->payload).first(nearest->bytes),
              .arrival = nearest->arrival,
              .lost = lost,
              .first = first};
}

}  // namespace strowger::rtp
