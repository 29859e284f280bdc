// What one shard counts, for /metrics and `status`: written by its thread only, read by any.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace strowger::host {

class Counter {
 public:
  // One writer: no locked instruction is needed.
  void add(std::uint64_t n = 1) { value_.store(get() + n, std::memory_order_relaxed); }
  void set(std::uint64_t value) { value_.store(value, std::memory_order_relaxed); }
  std::uint64_t get() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_ = 0;
};

struct Counters {
  Counter calls_active;
  Counter calls_in_progress;  // of these: not over; the others wait to be acknowledged
  Counter calls_finished;
  std::array<Counter, 700> calls_by_code;  // final SIP code; 0: ended without one
  Counter sip_remembered;                  // calls, sessions and transactions not yet forgotten
  Counter records_written;                 // to the journal; a call has one or more
  Counter records_waiting;
  Counter records_lost;
  Counter messages_received;
  Counter messages_handed_over;  // to the shards of their calls
  Counter messages_dropped;      // there was too much to do
  Counter messages_over_limit;   // their source sent more than it may: dropped
  Counter requests_refused;      // with 503, before they were parsed
  Counter requests_waiting;      // that begin something
  Counter messages_sent;
  Counter messages_unsent;  // no room in the socket, or the connection was gone
  Counter media_received;   // packets
  Counter media_sent;
  Counter hep_sent;       // copies for the collector
  Counter hep_dropped;    // no room in their socket
  Counter connections;    // TCP
  Counter rtp_pairs;
};

}  // namespace strowger::host
