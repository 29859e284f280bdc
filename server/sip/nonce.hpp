// The nonces that a server challenges with (RFC 7616 3.3, 5.4): a time, a number and a keyed hash
// of both, so that nothing is kept for those who never answer. What is kept is which counts (`nc`)
// of a nonce were used: a copy of a request proves nothing. The key is this shard's own, hence the
// other shards find such a nonce stale, and no copy can be used there either.
#pragma once

#include "base/random.hpp"
#include "base/time.hpp"
#include "sip/transaction_key.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::sip {

constexpr std::chrono::seconds nonce_lifetime{300};
constexpr std::size_t nonces_in_use_max = 20'000;
constexpr std::uint32_t nonce_counts_remembered = 64;  // below the highest one seen

class Nonces {
 public:
  explicit Nonces(Random& random) : keys_(random) {}

  std::string make(Instant now);
  // Made here, and not too old.
  bool valid(std::string_view nonce, Instant now) const;
  // Marks the count of a valid nonce as used. False when it was used before, or may have been.
  // 0: the client counts not (RFC 2617 without qop), and may use the nonce once.
  bool use(std::string_view nonce, std::uint32_t count, Instant now);

  std::size_t in_use() const { return used_.size(); }

 private:
  struct Counts {
    std::uint32_t highest = 0;
    std::uint64_t seen = 0;  // bit n: highest - n
    std::uint32_t made = 0;  // second
  };
  struct Parts {
    std::uint64_t serial = 0;
    std::uint32_t made = 0;
  };

  std::optional<Parts> parse(std::string_view nonce) const;
  std::string sign(std::string_view stem) const;
  void forget_old(Instant now);
  static bool mark(Counts& counts, std::uint32_t count);

  KeyMaker keys_;
  std::uint64_t last_ = 0;
  std::uint64_t forgotten_ = 0;  // serials up to here may have been used
  std::map<std::uint64_t, Counts> used_;  // by serial
};

}  // namespace strowger::sip
