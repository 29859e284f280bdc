#include "host/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace strowger::host {

namespace {

using api::Metric;
using Type = Metric::Type;
using Shards = std::vector<const Counters*>;

struct Row {
  const char* name;
  Type type;
  const char* help;
  Counter Counters::*counter;
};

// Sums over all shards.
constexpr Row sums[] = {
    {"strowger_calls_active", Type::gauge, "Calls, those included whose far end has not yet "
     "acknowledged their end", &Counters::calls_active},
    {"strowger_calls_in_progress", Type::gauge, "Calls that are not over",
     &Counters::calls_in_progress},
    {"strowger_calls_finished_total", Type::counter, "Calls that are over",
     &Counters::calls_finished},
    {"strowger_calls_transcoding", Type::gauge,
     "Calls whose two ends have no codec in common, at the moment", &Counters::calls_transcoding},
    {"strowger_calls_transcoded_total", Type::counter,
     "Such calls since the start; one that changes to and fro counts again",
     &Counters::calls_transcoded},
    {"strowger_sip_remembered", Type::gauge, "Calls, sessions and transactions not yet forgotten",
     &Counters::sip_remembered},
    {"strowger_call_records_written_total", Type::counter,
     "Records written to the journal; a call has one or more", &Counters::records_written},
    {"strowger_call_records_waiting", Type::gauge, "Records in memory because the journal failed",
     &Counters::records_waiting},
    {"strowger_sip_messages_received_total", Type::counter, "SIP messages in",
     &Counters::messages_received},
    {"strowger_sip_messages_handed_over_total", Type::counter,
     "SIP messages in that came to another shard than their call's",
     &Counters::messages_handed_over},
    {"strowger_sip_requests_refused_total", Type::counter,
     "Requests that got 503 unparsed: overload, or a source that sent more than it may",
     &Counters::requests_refused},
    {"strowger_sip_requests_waiting", Type::gauge, "New requests that wait for their turn",
     &Counters::requests_waiting},
    {"strowger_sip_messages_sent_total", Type::counter, "SIP messages out",
     &Counters::messages_sent},
    {"strowger_rtp_packets_received_total", Type::counter, "RTP and RTCP packets in",
     &Counters::media_received},
    {"strowger_rtp_packets_sent_total", Type::counter, "RTP and RTCP packets out",
     &Counters::media_sent},
    {"strowger_rtp_packets_late_total", Type::counter,
     "RTP packets out that left 20 ms or more behind their time", &Counters::media_late},
    {"strowger_hep_packets_sent_total", Type::counter, "Copies sent to the collector (HEP)",
     &Counters::hep_sent},
    {"strowger_tcp_connections", Type::gauge, "SIP connections over TCP", &Counters::connections},
    {"strowger_rtp_port_pairs", Type::gauge, "RTP port pairs in use", &Counters::rtp_pairs},
};

// What is shown for each shard, to see whether one has more than its part.
constexpr Row by_shard[] = {
    {"strowger_shard_calls_active", Type::gauge, "Calls by shard", &Counters::calls_active},
    {"strowger_shard_sip_messages_received_total", Type::counter,
     "SIP messages in by the shard whose socket they came to", &Counters::messages_received},
};

// Whatever was lost, in one metric: strowger_dropped_total{what="…",reason="…"}.
struct Drop {
  const char* what;
  const char* reason;
  Counter Counters::*counter;
};
constexpr Drop drops[] = {
    {"sip_in", "shard_busy", &Counters::messages_dropped},
    {"sip_in", "source_over_limit", &Counters::messages_over_limit},
    {"sip_out", "no_room_or_no_connection", &Counters::messages_unsent},
    {"record", "no_memory", &Counters::records_lost},
    {"hep", "no_room", &Counters::hep_dropped},
};

struct HistogramRow {
  const char* name;
  const char* help;
  Histogram Counters::*histogram;
};
constexpr HistogramRow histograms[] = {
    {"strowger_call_answer_seconds",
     "From an INVITE to its final answer, with whatever the callflow did in between",
     &Counters::answer},
    {"strowger_call_immediate_answer_seconds",
     "From an INVITE to its final answer, of callflows that waited for nothing",
     &Counters::at_once},
    {"strowger_shard_queue_seconds", "From the arrival of a SIP message to its turn in its shard",
     &Counters::queue},
    {"strowger_timer_late_seconds", "How far behind its time the shard served media and timers",
     &Counters::timer_late},
};

double seconds(Duration duration) { return std::chrono::duration<double>(duration).count(); }

double total(const Shards& shards, Counter Counters::*counter) {
  std::uint64_t sum = 0;
  for (const auto* shard : shards) sum += (shard->*counter).get();
  return static_cast<double>(sum);
}

Metric of_each(const Shards& shards, const Row& row) {
  Metric metric{row.name, row.type, row.help, {}};
  for (std::size_t i = 0; i < shards.size(); ++i) {
    metric.samples.push_back({.labels = fmt::format("shard=\"{}\"", i),
                              .value = static_cast<double>((shards[i]->*row.counter).get())});
  }
  return metric;
}

Metric histogram_of(const Shards& shards, const HistogramRow& row) {
  std::array<std::uint64_t, Histogram::buckets> counts{};
  std::uint64_t nanoseconds = 0;
  for (const auto* shard : shards) {
    const auto& histogram = shard->*row.histogram;
    for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += histogram.count(i);
    nanoseconds += histogram.nanoseconds();
  }
  std::array<double, Histogram::bounds.size()> bounds{};
  std::ranges::transform(Histogram::bounds, bounds.begin(), seconds);
  return api::histogram(row.name, row.help, bounds, counts, double(nanoseconds) / 1e9);
}

Metric drops_of(const Shards& shards) {
  Metric metric{"strowger_dropped_total", Type::counter, "What was lost, and why", {}};
  for (const auto& drop : drops) {
    metric.samples.push_back(
        {.labels = fmt::format("what=\"{}\",reason=\"{}\"", drop.what, drop.reason),
         .value = total(shards, drop.counter)});
  }
  return metric;
}

Metric codes_of(const Shards& shards) {
  Metric metric{"strowger_calls_total", Type::counter,
                "Calls that are over, by final SIP code; 0: ended without one", {}};
  std::map<std::size_t, std::uint64_t> by_code;
  for (const auto* shard : shards) {
    for (std::size_t code = 0; code < shard->calls_by_code.size(); ++code) {
      if (const auto count = shard->calls_by_code[code].get()) by_code[code] += count;
    }
  }
  for (const auto& [code, count] : by_code) {
    metric.samples.push_back(
        {.labels = fmt::format("code=\"{}\"", code), .value = static_cast<double>(count)});
  }
  return metric;
}

}  // namespace

api::Metrics metrics_of(const Shards& shards) {
  api::Metrics metrics;
  for (const auto& row : sums) {
    const auto value = total(shards, row.counter);
    metrics.push_back({row.name, row.type, row.help, {{.value = value}}});
  }
  metrics.push_back(codes_of(shards));
  metrics.push_back(drops_of(shards));
  for (const auto& row : by_shard) metrics.push_back(of_each(shards, row));
  for (const auto& row : histograms) metrics.push_back(histogram_of(shards, row));
  return metrics;
}

}  // namespace strowger::host
