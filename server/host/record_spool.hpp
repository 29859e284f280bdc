// Call records between a shard and the journal. Normally empty: a batch goes straight to the
// journal. While the journal can't be written (disk full) records wait here, bounded, and calls
// go on.
#pragma once

#include "base/time.hpp"
#include "call/exchange.hpp"
#include "host/log.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace strowger::host {

// Where records are made to last: the journal of store/, wired by cli/.
class RecordSink {
 public:
  virtual ~RecordSink() = default;
  // All of the batch or nothing. Called by each shard's thread. Returns what went wrong.
  virtual std::optional<std::string> append(std::span<const model::CallRecord> batch) = 0;
};

class RecordSpool {
 public:
  static constexpr std::size_t records_max = 20'000;  // about 2 kB each
  static constexpr Duration retry_after = std::chrono::seconds{1};

  explicit RecordSpool(RecordSink& sink) : sink_(sink) {}

  // Written when this returns, or waiting for retry().
  void append(std::vector<model::CallRecord>&& batch, Instant now);
  void retry(Instant now);
  // When to call retry(); nothing while all is well.
  std::optional<Instant> deadline() const;

  std::size_t waiting() const { return waiting_.size(); }
  std::uint64_t lost() const { return lost_; }

 private:
  void keep(std::vector<model::CallRecord> batch, Instant now);

  RecordSink& sink_;
  std::vector<model::CallRecord> waiting_;
  Instant next_try_;
  std::uint64_t lost_ = 0;
  Seldom loss_warning_;
};

}  // namespace strowger::host
