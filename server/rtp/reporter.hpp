// Decides when the next RTCP report is due, and makes it (RFC 3550 §6.2-6.3 for a session of two).
#pragma once

#include "base/random.hpp"
#include "base/time.hpp"
#include "rtp/receiver.hpp"
#include "rtp/rtcp.hpp"
#include "rtp/sender.hpp"

#include <optional>
#include <string>
#include <vector>

namespace strowger::rtp {

constexpr Duration report_interval = std::chrono::seconds(5);  // half of it before the first one

class Reporter {
 public:
  // `cname` names our end for the whole call, and nobody: use random characters (RFC 7022).
  Reporter(std::string cname, Instant start, Random& random);

  Instant deadline() const { return due_; }

  // SR when we have sent sound since the last report, else RR; with SDES. Sets the next deadline.
  std::vector<std::byte> report(const Sender& sender, Receiver& receiver, Now now, Random& random);

  // The last words of a stream: RR or SR, SDES and BYE.
  std::vector<std::byte> goodbye(const Sender& sender, Receiver& receiver, Now now);

  struct Heard {
    bool goodbye = false;                      // the far end left
    std::optional<Duration> round_trip;        // from the block about our stream
    std::optional<double> lost_there;          // fraction 0..1 of ours that did not arrive
  };
  // RTCP from the far end. Garbage is counted, never an end of the call.
  Heard receive(Bytes datagram, const Sender& sender, Now now);
  std::uint64_t malformed() const { return malformed_; }

 private:
  std::vector<RtcpPacket> compound(const Sender& sender, Receiver& receiver, Now now);
  void hear_block(const ReportBlock& block, const Sender& sender, Now now, Heard& heard) const;

  std::string cname_;
  Instant due_;
  std::uint32_t packets_reported_ = 0;
  std::uint32_t last_sr_ = 0;  // middle bits of the far end's last SR
  Instant last_sr_arrival_{};
  std::uint64_t malformed_ = 0;
};

}  // namespace strowger::rtp
