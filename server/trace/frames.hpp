// Packets on their way from the server to `strowger trace`: a line of text and the bytes as they
// were, "packet 1764331200123456 in udp 127.0.0.1:5060 192.0.2.1:5060 431\n" + 431 bytes, and in
// between "missed 17\n", when the reader was too slow for that many.
#pragma once

#include "base/result.hpp"
#include "trace/packet.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace strowger::trace {

constexpr std::size_t frame_line_bytes_max = 256;
constexpr std::size_t frame_payload_bytes_max = 65'535;

struct Missed {
  std::uint64_t packets = 0;
  bool operator==(const Missed&) const = default;
};

std::string frame(const Packet& packet);  // of SIP
std::string frame(const Missed& missed);

class FrameReader {
 public:
  using Frame = std::variant<Packet, Missed>;

  void feed(std::string_view bytes) { waiting_ += bytes; }
  // The next whole frame; nothing when there is none yet; a complaint when it is none at all, and
  // then for good.
  Result<std::optional<Frame>, Complaint> next();

 private:
  Result<std::optional<Frame>, Complaint> read_packet(std::string_view line);

  std::string waiting_;
};

}  // namespace strowger::trace
