#include "base/ip_network.hpp"

#include <algorithm>
#include <charconv>

namespace strowger {
namespace {

unsigned bits_of(const IpAddress& address) { return address.is_v6() ? 128 : 32; }

std::optional<std::uint8_t> parse_prefix(std::string_view text, unsigned max) {
  std::uint8_t prefix = 0;
  const auto* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, prefix);
  if (error != std::errc() || stopped != end || prefix > max) return std::nullopt;
  return prefix;
}

}  // namespace

IpAddress masked(const IpAddress& address, unsigned prefix) {
  IpAddress kept = address;
  for (std::size_t i = 0; i < kept.bytes.size(); ++i) {
    const auto begin = static_cast<unsigned>(8 * i);
    if (prefix >= begin + 8) continue;
    const unsigned whole = prefix > begin ? prefix - begin : 0;
    kept.bytes[i] &= static_cast<std::uint8_t>(0xff00U >> whole);
  }
  return kept;
}

IpAddress unmapped(const IpAddress& address) {
  constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (!address.is_v6()) return address;
  if (!std::equal(mapped.begin(), mapped.end(), address.bytes.begin())) return address;
  IpAddress v4;
  std::copy(address.bytes.begin() + mapped.size(), address.bytes.end(), v4.bytes.begin());
  return v4;
}

IpAddress customer(const IpAddress& source) {
  constexpr unsigned prefix = 64;
  const auto plain = unmapped(source);
  return plain.is_v6() ? masked(plain, prefix) : plain;
}

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto address = IpAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  const auto all = bits_of(*address);
  if (slash == std::string_view::npos) return IpNetwork{*address, static_cast<std::uint8_t>(all)};
  const auto prefix = parse_prefix(text.substr(slash + 1), all);
  if (!prefix || masked(*address, *prefix) != *address) return std::nullopt;
  return IpNetwork{*address, *prefix};
}

bool IpNetwork::contains(const IpAddress& other) const {
  const auto plain = address.is_v6() ? other : unmapped(other);
  return plain.family == address.family && masked(plain, prefix) == address;
}

}  // namespace strowger
