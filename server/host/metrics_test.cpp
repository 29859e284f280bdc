#include "host/metrics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <set>

namespace strowger::host {
namespace {

using std::chrono::microseconds;
using testing::HasSubstr;

TEST(Histogram, PutsEachIntoTheSmallestBucketThatHoldsIt) {
  Histogram histogram;
  for (const auto us : {-5, 0, 100, 101, 20'000, 70'000'000}) histogram.observe(microseconds(us));
  EXPECT_EQ(histogram.count(0), 3U);  // up to 0.1 ms
  EXPECT_EQ(histogram.count(1), 1U);
  EXPECT_EQ(histogram.count(7), 1U);  // 20 ms
  EXPECT_EQ(histogram.count(Histogram::buckets - 1), 1U);
  EXPECT_EQ(histogram.nanoseconds(), 70'020'201'000U);
}

TEST(HostMetrics, AreSumsOverTheShards) {
  Counters a, b;
  a.messages_received.add(2);
  b.messages_received.add(40);
  a.calls_by_code[486].add();
  b.calls_by_code[486].add(2);
  b.calls_by_code[0].add();
  a.hep_dropped.add(7);
  a.at_once.observe(microseconds(300));
  b.at_once.observe(microseconds(400));
  const auto text = api::prometheus_text(metrics_of({&a, &b}));
  for (const char* line :
       {"strowger_sip_messages_received_total 42\n",
        "strowger_shard_sip_messages_received_total{shard=\"0\"} 2\n",
        "strowger_shard_sip_messages_received_total{shard=\"1\"} 40\n",
        "strowger_calls_total{code=\"0\"} 1\nstrowger_calls_total{code=\"486\"} 3\n",
        "strowger_dropped_total{what=\"hep\",reason=\"no_room\"} 7\n",
        "strowger_call_immediate_answer_seconds_bucket{le=\"0.0005\"} 2\n",
        "strowger_call_immediate_answer_seconds_sum 0.0007\n",
        "strowger_call_immediate_answer_seconds_count 2\n"}) {
    EXPECT_THAT(text, HasSubstr(line));
  }
}

TEST(HostMetrics, NamesFollowTheRules) {
  const Counters counters;
  std::set<std::string> names;
  for (const auto& metric : metrics_of({&counters})) {
    SCOPED_TRACE(metric.name);
    EXPECT_TRUE(std::regex_match(metric.name, std::regex("strowger_[a-z0-9_]+")));
    EXPECT_TRUE(names.insert(metric.name).second) << "twice";
    EXPECT_EQ(metric.type == api::Metric::Type::counter, metric.name.ends_with("_total"));
    EXPECT_EQ(metric.type == api::Metric::Type::histogram, metric.name.ends_with("_seconds"));
    EXPECT_FALSE(metric.help.empty());
    EXPECT_EQ(metric.help.find_first_of("\n\\"), std::string::npos);
  }
}

}  // namespace
}  // namespace strowger::host
