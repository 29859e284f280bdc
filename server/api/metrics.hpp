// What /metrics says, in the text format of Prometheus.
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace strowger::api {

// The sums over all shards at one moment.
struct Metrics {
  std::uint64_t shards = 0;
  std::uint64_t calls_active = 0;
  std::uint64_t calls_finished = 0;
  std::map<int, std::uint64_t> calls_by_code;  // final SIP code; 0: ended without one
  std::uint64_t sip_remembered = 0;
  std::uint64_t records_written = 0;
  std::uint64_t records_waiting = 0;
  std::uint64_t records_lost = 0;
  std::uint64_t messages_received = 0;
  std::uint64_t messages_handed_over = 0;
  std::uint64_t messages_dropped = 0;
  std::uint64_t messages_over_limit = 0;
  std::uint64_t requests_refused = 0;
  std::uint64_t requests_waiting = 0;
  std::uint64_t messages_sent = 0;
  std::uint64_t messages_unsent = 0;
  std::uint64_t media_received = 0;
  std::uint64_t media_sent = 0;
  std::uint64_t connections = 0;
  std::uint64_t rtp_pairs = 0;
  std::uint64_t snapshot_generation = 0;
};

std::string prometheus_text(const Metrics& metrics);

}  // namespace strowger::api
