#include "api/metrics.hpp"

#include <gtest/gtest.h>

namespace strowger::api {
namespace {

TEST(Metrics, AreShownAsPrometheusWants) {
  Metrics metrics{counter("a_total", "What a is", 12'345'678'901), gauge("b_bytes", "B", 0.25)};
  metrics.push_back({"c_total", Metric::Type::counter, "By code",
                     {{.labels = "code=\"200\"", .value = 1},
                      {.labels = "code=\"486\"", .value = 2}}});
  EXPECT_EQ(prometheus_text(metrics),
            "# HELP a_total What a is\n# TYPE a_total counter\na_total 12345678901\n"
            "# HELP b_bytes B\n# TYPE b_bytes gauge\nb_bytes 0.25\n"
            "# HELP c_total By code\n# TYPE c_total counter\n"
            "c_total{code=\"200\"} 1\nc_total{code=\"486\"} 2\n");
}

TEST(Metrics, AHistogramCountsWhatIsAtMostEachBound) {
  constexpr double bounds[] = {0.001, 1};
  constexpr std::uint64_t counts[] = {3, 0, 2};  // the last are above all bounds
  EXPECT_EQ(prometheus_text({histogram("d_seconds", "D", bounds, counts, 7.5)}),
            "# HELP d_seconds D\n# TYPE d_seconds histogram\n"
            "d_seconds_bucket{le=\"0.001\"} 3\nd_seconds_bucket{le=\"1\"} 3\n"
            "d_seconds_bucket{le=\"+Inf\"} 5\nd_seconds_sum 7.5\nd_seconds_count 5\n");
}

}  // namespace
}  // namespace strowger::api
