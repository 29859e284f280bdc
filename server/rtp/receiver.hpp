// The receiving half of one RTP stream: what came, what was lost, how unsteadily
// (RFC 3550 A.1, A.3, A.8).
#pragma once

#include "base/time.hpp"
#include "rtp/packet.hpp"
#include "rtp/rtcp.hpp"

#include <cstdint>

namespace strowger::rtp {

class Receiver {
 public:
  explicit Receiver(std::uint32_t clock_rate = 8000);  // Hz

  enum class Verdict : std::uint8_t {
    fresh,      // newest so far, use it
    late,       // within the reorder window behind the newest (or a duplicate)
    discarded,  // far from the sequence; a second one in a row restarts the count
  };
  // A packet that SourceGuard let through. A new SSRC starts over.
  Verdict receive(const Header& header, std::size_t payload_octets, Instant arrival);

  struct Statistics {
    std::uint64_t packets = 0;
    std::uint64_t payload_octets = 0;
    std::uint64_t expected = 0;
    std::int64_t lost = 0;     // < 0 when duplicates came
    std::uint32_t jitter = 0;  // in samples
    std::uint64_t discarded = 0;
  };
  Statistics statistics() const;
  bool heard() const { return started_; }
  std::uint32_t ssrc() const { return ssrc_; }

  // The block for our next report; the fraction lost counts from the last call of this.
  ReportBlock report_block();

 private:
  void start(const Header& header);
  void note_jitter(std::uint32_t timestamp, Instant arrival);
  Verdict place(std::uint16_t sequence);
  std::uint64_t expected() const;

  std::uint32_t clock_rate_;
  bool started_ = false;
  std::uint32_t ssrc_ = 0;
  std::uint16_t base_ = 0;
  std::uint16_t highest_ = 0;
  std::uint64_t cycles_ = 0;  // in packets: a multiple of 65,536
  std::uint32_t bad_next_ = 0;
  std::uint64_t packets_ = 0;
  std::uint64_t octets_ = 0;
  std::uint64_t discarded_ = 0;
  std::uint64_t expected_prior_ = 0;
  std::uint64_t packets_prior_ = 0;
  std::uint32_t transit_ = 0;
  std::uint32_t timestamp_ = 0;
  bool transit_known_ = false;
  std::uint32_t jitter_ = 0;  // times 16
};

}  // namespace strowger::rtp
