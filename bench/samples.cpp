#include "samples.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace strowger::bench {

std::string Samples::json() {
  if (microseconds_.empty()) {
    return R"({"count":0,"p50":null,"p99":null,"p999":null,"max":null})";
  }
  std::sort(microseconds_.begin(), microseconds_.end());
  // The smallest value that at least this share of all values do not exceed.
  const auto at = [this](double share) {
    const auto rank = std::ceil(share * static_cast<double>(microseconds_.size()));
    return microseconds_[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
  };
  return fmt::format(R"({{"count":{},"p50":{:.1f},"p99":{:.1f},"p999":{:.1f},"max":{:.1f}}})",
                     microseconds_.size(), at(0.5), at(0.99), at(0.999), microseconds_.back());
}

}  // namespace strowger::bench
