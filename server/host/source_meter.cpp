#include "host/source_meter.hpp"

#include <algorithm>
#include <string_view>

namespace strowger::host {

namespace {

constexpr std::int64_t second_ns = 1'000'000'000;

std::string_view bytes_of(const IpAddress& address) {
  return {reinterpret_cast<const char*>(address.bytes.data()), address.bytes.size()};
}

}  // namespace

bool SourceLimits::trusts(const IpAddress& source) const {
  const auto has_it = [&](const IpNetwork& network) { return network.contains(source); };
  return std::ranges::any_of(trusted, has_it);
}

SourceMeter::SourceMeter(SourceLimits limits, Random& random)
    : limits_(std::move(limits)),
      keys_(random),
      token_ns_(second_ns / std::max(limits_.messages_per_second, 1U)),
      bucket_ns_(token_ns_ * limits_.burst_messages),
      buckets_(std::make_unique<Bucket[]>(sources_max)) {}

// This is the "virtual scheduling" form of the leaky bucket (ITU-T I.371): one number per source.
bool SourceMeter::take(const IpAddress& source, bool begins_something, Instant now) {
  if (limits_.trusts(source)) return true;
  Bucket& bucket = bucket_of(source);
  const std::int64_t at = now.time_since_epoch().count();
  const auto full_at = std::max(bucket.full_at.load(std::memory_order_relaxed), at) + token_ns_;
  const auto room = begins_something ? bucket_ns_ - bucket_ns_ / 4 : bucket_ns_;
  if (full_at - at > room) return false;
  bucket.full_at.store(full_at, std::memory_order_relaxed);
  return true;
}

SourceMeter::Bucket& SourceMeter::bucket_of(const IpAddress& source) {
  const auto key = keys_.of({bytes_of(customer(source))});
  const auto name = key.high | 1;  // 0: nobody's
  Bucket* const set = &buckets_[key.low % (sources_max / set_size) * set_size];
  Bucket* fullest = set;
  for (Bucket* bucket = set; bucket != set + set_size; ++bucket) {
    if (bucket->source.load(std::memory_order_relaxed) == name) return *bucket;
    if (bucket->full_at.load(std::memory_order_relaxed) <
        fullest->full_at.load(std::memory_order_relaxed)) {
      fullest = bucket;
    }
  }
  fullest->source.store(name, std::memory_order_relaxed);
  fullest->full_at.store(0, std::memory_order_relaxed);
  return *fullest;
}

}  // namespace strowger::host
