// An IP address with a port, as a value: no sockets here.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger {

// IPv4 is kept in the first four bytes; bytes beyond the family's length are zero.
struct IpAddress {
  enum class Family : std::uint8_t { v4, v6 };

  Family family = Family::v4;
  std::array<std::uint8_t, 16> bytes{};

  // "192.0.2.1", "2001:db8::1" or "[2001:db8::1]"; no zone ids, no host names.
  static std::optional<IpAddress> parse(std::string_view text);
  static IpAddress loopback_v4() { return {Family::v4, {127, 0, 0, 1}}; }

  std::string text() const;      // without brackets
  std::string uri_text() const;  // IPv6 in brackets, as URIs and Via want it
  bool is_v6() const { return family == Family::v6; }
  bool is_loopback() const;      // 127.0.0.0/8, ::1, ::ffff:127.0.0.0/104
  bool is_unspecified() const;   // 0.0.0.0, ::

  auto operator<=>(const IpAddress&) const = default;
};

struct Endpoint {
  IpAddress address;
  std::uint16_t port = 0;

  // "192.0.2.1:5060", "[::1]:5060"
  static std::optional<Endpoint> parse(std::string_view text);
  std::string text() const;

  auto operator<=>(const Endpoint&) const = default;
};

}  // namespace strowger
