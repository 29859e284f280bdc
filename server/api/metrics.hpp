// What /metrics says, in the text format of Prometheus (version 0.0.4). Which numbers there are is
// listed where they are counted: host/metrics.cpp and cli/server_metrics.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace strowger::api {

struct Metric {
  enum class Type : std::uint8_t { counter, gauge, histogram };
  struct Sample {
    std::string suffix;  // "_bucket"; mostly ""
    std::string labels;  // "code=\"486\""; "": none
    double value = 0;
  };

  std::string name;  // "strowger_calls_active"; counters end in "_total", units are base units
  Type type;
  std::string help;  // one line
  std::vector<Sample> samples;
};

// In the order in which they are to be shown; metrics of one name stand together.
using Metrics = std::vector<Metric>;

Metric counter(std::string name, std::string help, double value);
Metric gauge(std::string name, std::string help, double value);
// `counts` has one more than `bounds` (seconds): what was above all of them.
Metric histogram(std::string name, std::string help, std::span<const double> bounds,
                 std::span<const std::uint64_t> counts, double sum_seconds);

std::string prometheus_text(const Metrics& metrics);

}  // namespace strowger::api
