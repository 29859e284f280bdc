// Which transaction or dialog a message belongs to: the identifying parts of RFC 3261 17.1.3,
// 17.2.3 and 12 as one keyed hash (SipHash-2-4, 128 bits). Without the key nobody can make two of
// them collide, so the hash itself is the key of our tables and the parts need not be kept.
#pragma once

#include "base/random.hpp"
#include "sip/head_scan.hpp"
#include "sip/message.hpp"
#include "sip/via.hpp"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace strowger::sip {

struct Key {
  std::uint64_t high = 0;
  std::uint64_t low = 0;

  bool operator==(const Key&) const = default;
  bool empty() const { return high == 0 && low == 0; }
  std::string text() const;  // 16 characters of [0-9a-f]: the low half
};

struct KeyHash {
  std::size_t operator()(const Key& key) const { return static_cast<std::size_t>(key.low); }
};

class KeyMaker {
 public:
  explicit KeyMaker(Random& random) : k0_(random.bits()), k1_(random.bits()) {}
  KeyMaker(std::uint64_t k0, std::uint64_t k1) : k0_(k0), k1_(k1) {}

  // Each part is followed by its length, so that ("ab","c") and ("a","bc") differ.
  Key of(std::initializer_list<std::string_view> parts) const;

  // RFC 3261 17.2.3. `method` is the request's own, or INVITE to find what an ACK or a CANCEL is
  // about. Branches without the magic cookie are matched as RFC 2543 does.
  Key server_transaction(const Message& request, const Via& top, std::string_view method) const;
  Key server_transaction(const HeadScan& request, std::string_view method) const;
  // RFC 3261 17.1.3.
  Key client_transaction(std::string_view branch, std::string_view method) const;
  // RFC 3261 8.2.2.2: what is equal in two copies of one request that came by different paths.
  Key merged_request(const Message& request) const;
  // RFC 3261 12.
  Key dialog(std::string_view call_id, std::string_view local_tag,
             std::string_view remote_tag) const;
  // The same for every copy of a request: the To tag of a stateless answer (8.2.7).
  std::string stateless_tag(const Message& request) const;

 private:
  std::uint64_t k0_;
  std::uint64_t k1_;
};

}  // namespace strowger::sip
