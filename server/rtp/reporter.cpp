#include "rtp/reporter.hpp"

#include <utility>

namespace strowger::rtp {

namespace {

// Half to one and a half times the interval, so that reports don't fall into step (RFC 3550 §6.2).
Duration spread(Duration interval, Random& random) {
  const auto parts = static_cast<std::int64_t>(random.bits() % 1'001);
  return interval / 2 + interval / 1'000 * parts;
}

constexpr double ticks_per_second = 65'536;

}  // namespace

Reporter::Reporter(std::string cname, Instant start, Random& random)
    : cname_(std::move(cname)), due_(start + spread(report_interval / 2, random)) {}

std::vector<std::byte> Reporter::report(const Sender& sender, Receiver& receiver, Now now,
                                        Random& random) {
  due_ = now.instant + spread(report_interval, random);
  return write_rtcp(compound(sender, receiver, now));
}

std::vector<std::byte> Reporter::goodbye(const Sender& sender, Receiver& receiver, Now now) {
  auto packets = compound(sender, receiver, now);
  packets.emplace_back(Goodbye{.ssrcs = {sender.ssrc()}});
  return write_rtcp(packets);
}

std::vector<RtcpPacket> Reporter::compound(const Sender& sender, Receiver& receiver, Now now) {
  std::vector<ReportBlock> blocks;
  if (receiver.heard()) {
    blocks.push_back(receiver.report_block());
    if (last_sr_ != 0) {
      const std::chrono::duration<double> since = now.instant - last_sr_arrival_;
      blocks[0].last_sr = last_sr_;
      blocks[0].delay_since_last_sr =
          static_cast<std::uint32_t>(since.count() * ticks_per_second);
    }
  }
  std::vector<RtcpPacket> packets;
  if (sender.packets() != packets_reported_) {
    packets_reported_ = sender.packets();
    packets.emplace_back(SenderReport{.ssrc = sender.ssrc(),
                                      .ntp = ntp_time(now.wall),
                                      .rtp_timestamp = sender.timestamp(),
                                      .packets = sender.packets(),
                                      .octets = sender.payload_octets(),
                                      .blocks = std::move(blocks)});
  } else {
    packets.emplace_back(ReceiverReport{.ssrc = sender.ssrc(), .blocks = std::move(blocks)});
  }
  packets.emplace_back(SourceDescription{.ssrc = sender.ssrc(), .cname = cname_});
  return packets;
}

Reporter::Heard Reporter::receive(Bytes datagram, const Sender& sender, Now now) {
  Heard heard;
  const auto packets = parse_rtcp(datagram);
  if (!packets) {
    ++malformed_;
    return heard;
  }
  for (const RtcpPacket& packet : *packets) {
    if (const auto* report = std::get_if<SenderReport>(&packet)) {
      last_sr_ = ntp_middle(report->ntp);
      last_sr_arrival_ = now.instant;
      for (const ReportBlock& block : report->blocks) hear_block(block, sender, now, heard);
    } else if (const auto* reception = std::get_if<ReceiverReport>(&packet)) {
      for (const ReportBlock& block : reception->blocks) hear_block(block, sender, now, heard);
    } else if (std::holds_alternative<Goodbye>(packet)) {
      heard.goodbye = true;
    }
  }
  return heard;
}

void Reporter::hear_block(const ReportBlock& block, const Sender& sender, Now now,
                          Heard& heard) const {
  if (block.ssrc != sender.ssrc()) return;
  heard.lost_there = block.fraction_lost / 256.0;
  if (block.last_sr == 0) return;
  // RFC 3550 §6.4.1. A lying or skewed peer makes it negative: then nothing is told.
  const std::uint32_t ticks =
      ntp_middle(ntp_time(now.wall)) - block.last_sr - block.delay_since_last_sr;
  if (ticks > 0x7FFF'FFFFU) return;
  constexpr std::int64_t second = 1'000'000'000;
  heard.round_trip = Duration(static_cast<std::int64_t>(ticks) * second / 65'536);
}

}  // namespace strowger::rtp
