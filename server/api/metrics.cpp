#include "api/metrics.hpp"

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace strowger::api {

namespace {

const char* type_name(Metric::Type type) {
  switch (type) {
    case Metric::Type::counter: return "counter";
    case Metric::Type::gauge: return "gauge";
    case Metric::Type::histogram: break;
  }
  return "histogram";
}

}  // namespace

Metric counter(std::string name, std::string help, double value) {
  return {std::move(name), Metric::Type::counter, std::move(help), {{.value = value}}};
}

Metric gauge(std::string name, std::string help, double value) {
  return {std::move(name), Metric::Type::gauge, std::move(help), {{.value = value}}};
}

Metric histogram(std::string name, std::string help, std::span<const double> bounds,
                 std::span<const std::uint64_t> counts, double sum_seconds) {
  Metric metric{std::move(name), Metric::Type::histogram, std::move(help), {}};
  std::uint64_t sum = 0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    sum += counts[i];
    const auto bound = i < bounds.size() ? fmt::format("{}", bounds[i]) : "+Inf";
    metric.samples.push_back({"_bucket", fmt::format("le=\"{}\"", bound), double(sum)});
  }
  metric.samples.push_back({"_sum", "", sum_seconds});
  metric.samples.push_back({"_count", "", double(sum)});
  return metric;
}

std::string prometheus_text(const Metrics& metrics) {
  std::string text;
  auto out = std::back_inserter(text);
  for (const auto& metric : metrics) {
    fmt::format_to(out, "# HELP {0} {1}\n# TYPE {0} {2}\n", metric.name, metric.help,
                   type_name(metric.type));
    for (const auto& sample : metric.samples) {
      const auto labels = sample.labels.empty() ? "" : "{" + sample.labels + "}";
      fmt::format_to(out, "{}{}{} {}\n", metric.name, sample.suffix, labels, sample.value);
    }
  }
  return text;
}

}  // namespace strowger::api
