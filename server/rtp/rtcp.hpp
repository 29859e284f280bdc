// RTCP packets (RFC 3550 §6.4-6.6): compound datagrams read with length checks, and written.
#pragma once

#include "base/result.hpp"
#include "base/time.hpp"
#include "rtp/packet.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace strowger::rtp {

constexpr std::size_t rtcp_datagram_bytes_max = 1'500;  // longer ones are not looked at
constexpr std::size_t report_blocks_max = 31;           // the count field has 5 bits
constexpr std::size_t cname_bytes_max = 255;            // the length field has 8

struct ReportBlock {
  std::uint32_t ssrc = 0;
  std::uint8_t fraction_lost = 0;  // 256ths
  std::int32_t cumulative_lost = 0;  // 24 bits, signed
  std::uint32_t highest_sequence = 0;
  std::uint32_t jitter = 0;  // in samples
  std::uint32_t last_sr = 0;
  std::uint32_t delay_since_last_sr = 0;  // in 65,536ths of a second

  bool operator==(const ReportBlock&) const = default;
};

struct SenderReport {
  std::uint32_t ssrc = 0;
  std::uint64_t ntp = 0;  // seconds since 1900 in the upper half
  std::uint32_t rtp_timestamp = 0;
  std::uint32_t packets = 0;
  std::uint32_t octets = 0;
  std::vector<ReportBlock> blocks;

  bool operator==(const SenderReport&) const = default;
};

struct ReceiverReport {
  std::uint32_t ssrc = 0;
  std::vector<ReportBlock> blocks;

  bool operator==(const ReceiverReport&) const = default;
};

struct SourceDescription {
  std::uint32_t ssrc = 0;
  std::string cname;

  bool operator==(const SourceDescription&) const = default;
};

struct Goodbye {
  std::vector<std::uint32_t> ssrcs;
  std::string reason;

  bool operator==(const Goodbye&) const = default;
};

using RtcpPacket = std::variant<SenderReport, ReceiverReport, SourceDescription, Goodbye>;

enum class RtcpError : std::uint8_t {
  too_short,
  too_long,
  wrong_version,
  length_beyond_datagram,
  count_beyond_length,
  bad_padding,
  bad_item,
};

// All SR, RR, SDES and BYE of a compound datagram, in order; other types are stepped over. An SDES
// with several chunks yields several values.
Result<std::vector<RtcpPacket>, RtcpError> parse_rtcp(Bytes datagram);

// Blocks beyond report_blocks_max and CNAME bytes beyond cname_bytes_max are left out.
std::vector<std::byte> write_rtcp(const std::vector<RtcpPacket>& packets);

// Wall time as RFC 3550 §4 wants it, and the middle 32 bits that a report block quotes.
std::uint64_t ntp_time(WallTime wall);
constexpr std::uint32_t ntp_middle(std::uint64_t ntp) {
  return static_cast<std::uint32_t>(ntp >> 16);
}

}  // namespace strowger::rtp
