// What one shard counts, for /metrics and `status`: written by its thread only, read by any. A new
// one needs a row in metrics.cpp, and that is all.
#pragma once

#include "host/counter.hpp"
#include "host/histogram.hpp"

#include <array>

namespace strowger::host {

struct Counters {
  Counter calls_active;
  Counter calls_in_progress;  // of these: not over; the others wait to be acknowledged
  Counter calls_finished;
  Counter calls_transcoding;  // at the moment
  Counter calls_transcoded;   // since the start
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
  Counter media_late;     // of these: a packet's time or more behind
  Counter hep_sent;       // copies for the collector
  Counter hep_dropped;    // no room in their socket
  Counter connections;    // TCP
  Counter rtp_pairs;
  Histogram answer;      // from INVITE to final answer, whatever the callflow did in between
  Histogram at_once;     // of these: callflows that waited for nothing
  Histogram queue;       // from a message's arrival to its turn
  Histogram timer_late;  // media and timers, behind their time
};

}  // namespace strowger::host
