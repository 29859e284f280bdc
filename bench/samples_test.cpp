#include "samples.hpp"

#include <gtest/gtest.h>

namespace strowger::bench {
namespace {

TEST(Samples, PercentilesAreValuesThatWereMeasured) {
  Samples samples;
  for (int i = 1000; i >= 1; --i) samples.add_ns(i * 1000);
  EXPECT_EQ(samples.json(), R"({"count":1000,"p50":500.0,"p99":990.0,"p999":999.0,"max":1000.0})");
}

TEST(Samples, OneLateAnswerIsTheMaximumAndThePercentilesOfFew) {
  Samples samples;
  samples.add_ns(1'000);
  samples.add_ns(9'000'000);
  EXPECT_EQ(samples.json(), R"({"count":2,"p50":1.0,"p99":9000.0,"p999":9000.0,"max":9000.0})");
}

TEST(Samples, NoneHaveNoPercentiles) {
  EXPECT_EQ(Samples().json(), R"({"count":0,"p50":null,"p99":null,"p999":null,"max":null})");
}

}  // namespace
}  // namespace strowger::bench
