#include "rtp/receiver.hpp"

#include <algorithm>

namespace strowger::rtp {

namespace {

// RFC 3550 A.1. A gap beyond these is a new start of the sender, when two packets agree on it.
constexpr std::uint32_t dropout_max = 3'000;   // packets ahead
constexpr std::uint32_t misorder_max = 100;    // packets behind
constexpr std::uint32_t sequence_mod = 65'536;
constexpr std::uint32_t no_sequence = sequence_mod + 1;

std::uint32_t in_samples(Instant at, std::uint32_t clock_rate) {
  constexpr std::uint64_t second = 1'000'000'000;
  const auto ns = static_cast<std::uint64_t>(at.time_since_epoch().count());
  return static_cast<std::uint32_t>(ns / second * clock_rate + ns % second * clock_rate / second);
}

}  // namespace

Receiver::Receiver(std::uint32_t clock_rate) : clock_rate_(clock_rate), bad_next_(no_sequence) {}

Receiver::Verdict Receiver::receive(const Header& header, std::size_t payload_octets,
                                    Instant arrival) {
  if (!started_ || header.ssrc != ssrc_) start(header);
  const Verdict verdict = place(header.sequence);
  if (verdict == Verdict::discarded) {
    ++discarded_;
    return verdict;
  }
  ++packets_;
  octets_ += payload_octets;
  if (verdict == Verdict::fresh) note_jitter(header.timestamp, arrival);
  return verdict;
}

void Receiver::start(const Header& header) {
  const std::uint64_t discarded = discarded_;
  *this = Receiver(clock_rate_);
  discarded_ = discarded;
  started_ = true;
  ssrc_ = header.ssrc;
  base_ = header.sequence;
  highest_ = static_cast<std::uint16_t>(header.sequence - 1);  // so that the first one is fresh
}

Receiver::Verdict Receiver::place(std::uint16_t sequence) {
  const auto ahead = static_cast<std::uint16_t>(sequence - highest_);
  if (ahead != 0 && ahead < dropout_max) {
    // The packet before the very first is not a cycle that was seen.
    if (sequence < highest_ && packets_ > 0) cycles_ += sequence_mod;
    highest_ = sequence;
    bad_next_ = no_sequence;
    return Verdict::fresh;
  }
  if (ahead == 0 || ahead > sequence_mod - misorder_max) return Verdict::late;
  if (sequence == bad_next_) {
    const std::uint32_t ssrc = ssrc_;
    start({.sequence = sequence, .ssrc = ssrc});
    highest_ = sequence;
    return Verdict::fresh;
  }
  bad_next_ = static_cast<std::uint16_t>(sequence + 1);
  return Verdict::discarded;
}

void Receiver::note_jitter(std::uint32_t timestamp, Instant arrival) {
  const std::uint32_t transit = in_samples(arrival, clock_rate_) - timestamp;
  // Packets of one telephone-event share a time stamp; they would look like delay.
  const bool same_time = transit_known_ && timestamp == timestamp_;
  timestamp_ = timestamp;
  if (same_time) return;
  if (transit_known_) {
    const auto change = static_cast<std::int32_t>(transit - transit_);
    const std::uint32_t distance =
        change < 0 ? 0U - static_cast<std::uint32_t>(change) : static_cast<std::uint32_t>(change);
    jitter_ += distance - ((jitter_ + 8) >> 4);  // RFC 3550 A.8
  }
  transit_ = transit;
  transit_known_ = true;
}

std::uint64_t Receiver::expected() const {
  return started_ ? cycles_ + highest_ - base_ + 1 : 0;
}

Receiver::Statistics Receiver::statistics() const {
  return {.packets = packets_,
          .payload_octets = octets_,
          .expected = expected(),
          .lost = static_cast<std::int64_t>(expected()) - static_cast<std::int64_t>(packets_),
          .jitter = jitter_ >> 4,
          .discarded = discarded_};
}

ReportBlock Receiver::report_block() {
  constexpr std::int64_t lost_max = 0x7F'FFFF;  // 24 bits with a sign
  ReportBlock block;
  block.ssrc = ssrc_;
  const std::int64_t lost = statistics().lost;
  block.cumulative_lost = static_cast<std::int32_t>(std::clamp(lost, -lost_max - 1, lost_max));
  block.highest_sequence = static_cast<std::uint32_t>(cycles_ + highest_);
  block.jitter = jitter_ >> 4;

  const std::uint64_t expected_since = expected() - expected_prior_;
  const std::uint64_t received_since = packets_ - packets_prior_;
  if (expected_since > received_since) {
    const std::uint64_t lost_since = expected_since - received_since;
    block.fraction_lost = static_cast<std::uint8_t>(
        std::min<std::uint64_t>(lost_since * 256 / expected_since, 255));
  }
  expected_prior_ = expected();
  packets_prior_ = packets_;
  return block;
}

}  // namespace strowger::rtp
