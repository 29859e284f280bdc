// A range of IP addresses, "192.0.2.0/24", as a value.
#pragma once

#include "base/endpoint.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace strowger {

struct IpNetwork {
  IpAddress address;       // bits beyond the prefix are zero
  std::uint8_t prefix = 0;  // bits

  // "192.0.2.0/24", "2001:db8::/32"; a single address is its own network. Nothing when there are
  // bits beyond the prefix: "192.0.2.1/24" is a mistake for one or the other.
  static std::optional<IpNetwork> parse(std::string_view text);
  // An IPv4 address in its IPv6 form (::ffff:192.0.2.1) counts as what it stands for.
  bool contains(const IpAddress& other) const;

  bool operator==(const IpNetwork&) const = default;
};

// The first `prefix` bits, the rest zero.
IpAddress masked(const IpAddress& address, unsigned prefix);
// ::ffff:192.0.2.1 → 192.0.2.1; others as they are.
IpAddress unmapped(const IpAddress& address);

// Whose connections and messages are counted together: an IPv4 address, or the /64 that a customer
// with IPv6 has whole.
IpAddress customer(const IpAddress& source);

}  // namespace strowger
