#include "host/excess_report.hpp"

#include <gtest/gtest.h>

namespace strowger::host {
namespace {

using namespace std::chrono_literals;

constexpr Instant start{std::chrono::hours{1}};

IpAddress numbered(std::size_t number) {
  return {IpAddress::Family::v4, {10, 0, static_cast<std::uint8_t>(number >> 8),
                                  static_cast<std::uint8_t>(number)}};
}

TEST(ExcessReport, HasALinePerSourceAndMinute) {
  ExcessReport report;
  EXPECT_EQ(report.add(numbered(1), start), 1U);
  EXPECT_EQ(report.add(numbered(2), start), 1U);
  for (int i = 0; i < 59; ++i) EXPECT_FALSE(report.add(numbered(1), start + i * 1s));
  EXPECT_EQ(report.add(numbered(1), start + 60s), 60U);
  EXPECT_FALSE(report.add(numbered(1), start + 61s));
}

TEST(ExcessReport, RemembersABoundedNumber) {
  ExcessReport report;
  for (std::size_t i = 0; i < ExcessReport::sources_max; ++i) {
    EXPECT_TRUE(report.add(numbered(i), start));
  }
  EXPECT_FALSE(report.add(numbered(ExcessReport::sources_max), start));
  EXPECT_TRUE(report.add(numbered(ExcessReport::sources_max), start + 2 * ExcessReport::pause))
      << "the others are forgotten by then";
}

}  // namespace
}  // namespace strowger::host
