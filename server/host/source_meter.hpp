// How much each source of messages may send: a token bucket for every remote address (IPv6: for
// every /64, which one customer has whole). Looked at before anything else is known of a message,
// by all shards at once and without a lock; two that meet may lose a token between them.
//
// The table has a fixed size. A source whose bucket is full again is as good as forgotten, so the
// fullest bucket of a set makes room for a new source: whoever sends from a million forged
// addresses makes nobody else's bucket emptier, and no memory grows.
#pragma once

#include "base/ip_network.hpp"
#include "base/random.hpp"
#include "base/time.hpp"
#include "sip/transaction_key.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace strowger::host {

struct SourceLimits {
  // Some 500 calls a second, with all that belongs to them. A carrier that sends more is trusted.
  std::uint32_t messages_per_second = 2'000;
  std::uint32_t burst_messages = 4'000;
  std::vector<IpNetwork> trusted{*IpNetwork::parse("127.0.0.0/8"), *IpNetwork::parse("::1")};

  bool trusts(const IpAddress& source) const;
  bool operator==(const SourceLimits&) const = default;
};

class SourceMeter {
 public:
  static constexpr std::size_t sources_max = 65'536;  // 1 MiB

  SourceMeter(SourceLimits limits, Random& random);

  // Takes a token. False: there is none, and none was taken. What begins something leaves the last
  // quarter of a bucket to the calls that this source has.
  bool take(const IpAddress& source, bool begins_something, Instant now);
  const SourceLimits& limits() const { return limits_; }

 private:
  static constexpr std::size_t set_size = 4;  // where one source can be
  struct Bucket {
    std::atomic<std::uint64_t> source = 0;
    std::atomic<std::int64_t> full_at = 0;  // ns of Instant: the emptier, the later
  };

  Bucket& bucket_of(const IpAddress& source);

  SourceLimits limits_;
  sip::KeyMaker keys_;
  std::int64_t token_ns_;   // until there is one more
  std::int64_t bucket_ns_;  // until an empty one is full
  std::unique_ptr<Bucket[]> buckets_;
};

}  // namespace strowger::host
