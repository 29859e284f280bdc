#include "host/port_range.hpp"

#include <charconv>

namespace strowger::host {

namespace {

constexpr std::size_t even(std::uint16_t port) { return port + port % 2; }

std::optional<std::uint16_t> port_number(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

}  // namespace

std::size_t PortRange::pairs() const {
  if (ephemeral() || last < even(first) + 1) return 0;
  return (last + 1 - even(first)) / 2;
}

std::uint16_t PortRange::even_port(std::size_t pair) const {
  return static_cast<std::uint16_t>(even(first) + 2 * pair);
}

Result<PortRange, Complaint> PortRange::parse(std::string_view text) {
  if (text == "any") return PortRange{0, 0};
  const auto dash = text.find('-');
  if (dash != std::string_view::npos) {
    const auto first = port_number(text.substr(0, dash));
    const auto last = port_number(text.substr(dash + 1));
    if (first && last && *first >= 1'024 && PortRange{*first, *last}.pairs() > 0) {
      return PortRange{*first, *last};
    }
  }
  return complain("\"" + std::string(text) +
                  "\" is no range of RTP ports: write FIRST-LAST with FIRST from 1024 and room for "
                  "an even port and the next one, for example 10000-20000, or any");
}

FreePairs::FreePairs(PortRange range, Random& random) : range_(range), taken_(range.pairs()) {
  // Not always the first port of the range: after a restart, packets of old calls still come to it.
  if (!taken_.empty()) next_ = random.bits() % taken_.size();
}

std::optional<std::size_t> FreePairs::take() {
  for (std::size_t tried = 0; tried < taken_.size(); ++tried) {
    const auto pair = next_.fetch_add(1, std::memory_order_relaxed) % taken_.size();
    if (!taken_[pair].exchange(true, std::memory_order_acquire)) return pair;
  }
  return std::nullopt;
}

}  // namespace strowger::host
