#include "api/metrics.hpp"

#include <fmt/format.h>

#include <iterator>

namespace strowger::api {

namespace {

struct Row {
  const char* name;
  const char* type;
  const char* help;
  std::uint64_t Metrics::*value;
};

constexpr Row rows[] = {
    {"strowger_shards", "gauge", "Threads that calls are spread over", &Metrics::shards},
    {"strowger_calls_active", "gauge", "Calls in progress", &Metrics::calls_active},
    {"strowger_calls_finished_total", "counter", "Calls that are over", &Metrics::calls_finished},
    {"strowger_sip_remembered", "gauge", "Calls, sessions and transactions not yet forgotten",
     &Metrics::sip_remembered},
    {"strowger_call_records_written_total", "counter", "Records written to the journal",
     &Metrics::records_written},
    {"strowger_call_records_waiting", "gauge", "Records in memory because the journal failed",
     &Metrics::records_waiting},
    {"strowger_call_records_lost_total", "counter", "Records given up for want of memory",
     &Metrics::records_lost},
    {"strowger_sip_messages_received_total", "counter", "SIP messages in",
     &Metrics::messages_received},
    {"strowger_sip_messages_handed_over_total", "counter",
     "SIP messages in that came to another shard than their call's",
     &Metrics::messages_handed_over},
    {"strowger_sip_messages_dropped_total", "counter",
     "SIP messages in that were lost because there was too much to do", &Metrics::messages_dropped},
    {"strowger_sip_messages_over_limit_total", "counter",
     "SIP messages dropped because their source sent more than it may",
     &Metrics::messages_over_limit},
    {"strowger_sip_requests_refused_total", "counter",
     "Requests that got 503 unparsed: overload, or a source that sent more than it may",
     &Metrics::requests_refused},
    {"strowger_sip_requests_waiting", "gauge", "New requests that wait for their turn",
     &Metrics::requests_waiting},
    {"strowger_sip_messages_sent_total", "counter", "SIP messages out", &Metrics::messages_sent},
    {"strowger_sip_messages_unsent_total", "counter",
     "SIP messages that found no room or no connection", &Metrics::messages_unsent},
    {"strowger_rtp_packets_received_total", "counter", "RTP and RTCP packets in",
     &Metrics::media_received},
    {"strowger_rtp_packets_sent_total", "counter", "RTP and RTCP packets out",
     &Metrics::media_sent},
    {"strowger_tcp_connections", "gauge", "SIP connections over TCP", &Metrics::connections},
    {"strowger_rtp_port_pairs", "gauge", "RTP port pairs in use", &Metrics::rtp_pairs},
    {"strowger_snapshot_generation", "gauge", "Grows with each configuration made live",
     &Metrics::snapshot_generation},
};

}  // namespace

std::string prometheus_text(const Metrics& metrics) {
  std::string text;
  auto out = std::back_inserter(text);
  for (const auto& row : rows) {
    fmt::format_to(out, "# HELP {0} {1}\n# TYPE {0} {2}\n{0} {3}\n", row.name, row.help, row.type,
                   metrics.*row.value);
  }
  fmt::format_to(out,
                 "# HELP strowger_calls_total Calls that are over, by final SIP code\n"
                 "# TYPE strowger_calls_total counter\n");
  for (const auto& [code, count] : metrics.calls_by_code) {
    fmt::format_to(out, "strowger_calls_total{{code=\"{}\"}} {}\n", code, count);
  }
  return text;
}

}  // namespace strowger::api
