// Packets of one stream in the order in which they were sent, for whoever decodes them: one that is
// missing is waited for until a few later ones have come. No clock: time passes by packets.
#pragma once

#include "base/time.hpp"
#include "rtp/packet.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

namespace strowger::rtp {

constexpr std::size_t reorder_held_max = 2;            // packets, behind one that is missing
constexpr std::size_t reorder_payload_bytes_max = 1'600;
constexpr std::uint16_t reorder_jump_max = 100;        // packets; beyond it the sender began anew

class ReorderWindow {
 public:
  struct Item {
    Header header;
    Bytes payload;  // valid until the next put()
    Instant arrival{};
    std::uint16_t lost = 0;  // packets that are missing before it, and will not come
    bool first = false;      // of a stream, or of one that began anew
  };

  // Take every next() before the next put(). Copies, and what comes too late, are dropped.
  void put(const Packet& packet, Instant arrival);
  std::optional<Item> next();

 private:
  struct Slot {
    bool full = false;
    Header header;
    Instant arrival{};
    std::size_t bytes = 0;
    std::array<std::byte, reorder_payload_bytes_max> payload;
  };
  void begin(const Header& header);
  std::uint16_t ahead(const Slot& slot) const {
    return static_cast<std::uint16_t>(slot.header.sequence - expected_);
  }

  std::array<Slot, reorder_held_max + 1> slots_;
  std::size_t held_ = 0;
  bool started_ = false;
  bool first_ = false;
  std::uint32_t ssrc_ = 0;
  std::uint16_t expected_ = 0;
};

}  // namespace strowger::rtp
