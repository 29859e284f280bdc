#include "base/endpoint.hpp"

#include <arpa/inet.h>  // inet_pton, inet_ntop: text only, no socket

#include <algorithm>
#include <charconv>

namespace strowger {

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  const bool bracketed = text.size() >= 2 && text.front() == '[' && text.back() == ']';
  if (bracketed) text = text.substr(1, text.size() - 2);
  if (text.empty() || text.size() >= INET6_ADDRSTRLEN) return std::nullopt;

  char zero_terminated[INET6_ADDRSTRLEN] = {};
  std::ranges::copy(text, zero_terminated);
  if (text.find('\0') != std::string_view::npos) return std::nullopt;

  IpAddress address;
  if (!bracketed && inet_pton(AF_INET, zero_terminated, address.bytes.data()) == 1) return address;
  address.family = Family::v6;
  if (inet_pton(AF_INET6, zero_terminated, address.bytes.data()) == 1) return address;
  return std::nullopt;
}

// IPv4 by hand: inet_ntop() prints by sprintf(), and an address stands in every Via we complete.
std::string IpAddress::text() const {
  char buffer[INET6_ADDRSTRLEN] = {};
  if (!is_v6()) {
    char* at = buffer;
    for (std::size_t i = 0; i < 4; ++i) {
      if (i > 0) *at++ = '.';
      at = std::to_chars(at, std::end(buffer), bytes[i]).ptr;
    }
    return {buffer, at};
  }
  inet_ntop(AF_INET6, bytes.data(), buffer, sizeof buffer);
  return buffer;
}

std::string IpAddress::uri_text() const { return is_v6() ? "[" + text() + "]" : text(); }

bool IpAddress::is_loopback() const {
  if (family == Family::v4) return bytes[0] == 127;
  constexpr std::array<std::uint8_t, 16> one{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  if (bytes == one) return true;
  constexpr std::array<std::uint8_t, 13> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 127};
  return std::equal(mapped.begin(), mapped.end(), bytes.begin());
}

bool IpAddress::is_unspecified() const {
  return std::ranges::all_of(bytes, [](std::uint8_t b) { return b == 0; });
}

std::optional<Endpoint> Endpoint::parse(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const auto host = text.substr(0, colon);
  const auto digits = text.substr(colon + 1);
  if (host.find(':') != std::string_view::npos && host.front() != '[') return std::nullopt;
  const auto address = IpAddress::parse(host);
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (!address || error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return Endpoint{*address, port};
}

std::string Endpoint::text() const { return address.uri_text() + ":" + std::to_string(port); }

}  // namespace strowger
