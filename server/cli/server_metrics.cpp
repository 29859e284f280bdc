// What /metrics says about the server as a whole, beside what its shards count.
#include "cli/server.hpp"
#include "host/log.hpp"
#include "host/metrics.hpp"

#include <sys/resource.h>

namespace strowger::cli {

namespace {

double cpu_seconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

}  // namespace

api::Metrics Server::metrics() const {
  using api::counter;
  using api::gauge;
  const auto number = [](auto value) { return static_cast<double>(value); };
  const auto carriers = builder_.carriers()->totals();
  api::Metrics all{
      gauge("strowger_shards", "Threads that calls are spread over", number(shards_->count())),
      gauge("strowger_snapshot_generation", "Grows with each configuration made live",
            number(snapshot_.load()->generation)),
      counter("strowger_call_records_ingested_total", "Records moved from the journal to the store",
              number(ingest_->moved_records())),
      gauge("strowger_journal_waiting_bytes", "Of the journal, not yet in the store",
            number(journal_->appended_bytes() - ingest_->moved_bytes())),
      counter("strowger_log_lines_lost_total", "Lines that were made faster than they were written",
              number(host::log_lines_lost())),
      gauge("strowger_trunk_calls", "Calls that carriers have at this moment",
            number(carriers.calls)),
      counter("strowger_trunk_calls_worked_total",
              "Calls that a carrier took, whatever became of them", number(carriers.worked)),
      counter("strowger_trunk_calls_failed_total", "Calls that a carrier did not take",
              number(carriers.failed)),
      gauge("strowger_trunks_registered", "Registrations at carriers", number(carriers.registered)),
      gauge("strowger_trunks_unregistered", "Trunks that should be registered and are not",
            number(carriers.unregistered)),
      counter("strowger_outbound_refused_total", "Calls to the outside that were not allowed",
              number(carriers.refused)),
      counter("strowger_outbound_beyond_limits_total",
              "Of these: by the limits of an hour, against toll fraud",
              number(carriers.beyond_limits)),
      counter("process_cpu_seconds_total", "User and system time of the server", cpu_seconds()),
  };
  std::vector<const host::Counters*> counters;
  for (std::size_t i = 0; i < shards_->count(); ++i) counters.push_back(&shards_->counters(i));
  for (auto& metric : host::metrics_of(counters)) all.push_back(std::move(metric));
  return all;
}

}  // namespace strowger::cli
