// Which UDP ports media may use, and which of them are in use.
#pragma once

#include "base/random.hpp"
#include "base/result.hpp"

#include <atomic>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace strowger::host {

// Both ends included. {0, 0}: any ephemeral pair.
struct PortRange {
  std::uint16_t first = 10'000;
  std::uint16_t last = 20'000;

  bool ephemeral() const { return last == 0; }
  // Whole even/odd pairs.
  std::size_t pairs() const;
  // The even port of one of them.
  std::uint16_t even_port(std::size_t pair) const;
  // "10000-20000", or "any".
  static Result<PortRange, Complaint> parse(std::string_view text);

  bool operator==(const PortRange&) const = default;
};

// The pairs of a range that no call of any shard uses. From any thread; never waits.
class FreePairs {
 public:
  FreePairs(PortRange range, Random& random);

  const PortRange& range() const { return range_; }
  // Each in its turn, so that one just given back rests longest.
  std::optional<std::size_t> take();
  void give_back(std::size_t pair) { taken_[pair].store(false, std::memory_order_release); }

 private:
  PortRange range_;
  std::vector<std::atomic<bool>> taken_;
  std::atomic<std::size_t> next_ = 0;
};

}  // namespace strowger::host
