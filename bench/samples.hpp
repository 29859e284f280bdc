// Every measured time, kept: percentiles are exact, and a late one is never lost in a bucket.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace strowger::bench {

class Samples {
 public:
  void reserve(std::size_t count) { microseconds_.reserve(count); }
  void add_ns(std::int64_t nanoseconds) {
    microseconds_.push_back(static_cast<float>(nanoseconds) / 1e3F);
  }
  std::size_t count() const { return microseconds_.size(); }

  // {"count":…,"p50":…,"p99":…,"p999":…,"max":…} in microseconds; nulls when there are none.
  std::string json();

 private:
  std::vector<float> microseconds_;
};

}  // namespace strowger::bench
