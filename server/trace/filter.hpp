// Which SIP messages somebody wants to see.
#pragma once

#include "base/result.hpp"
#include "trace/packet.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::trace {

constexpr std::size_t filter_bytes_max = 2'048;

// A message passes when it passes all that is set.
struct Filter {
  std::string call_id;                 // Call-ID, exactly
  std::string number;                  // the user part of the Request-URI, From or To, unescaped
  std::optional<IpAddress> address;    // of the far end
  std::optional<std::uint16_t> port;   // of the far end; needs `address`
  std::string method;                  // of a request, or of what a response answers

  bool takes(const Packet& packet) const;

  // "call=…\nnumber=…\n": what parse() reads. Values have no line breaks.
  std::string text() const;
  static Result<Filter, Complaint> parse(std::string_view text);

  bool operator==(const Filter&) const = default;
};

// "192.0.2.1", "192.0.2.1:5060", "2001:db8::1" or "[2001:db8::1]:5060" into `filter`; false when
// it is none of these.
bool read_address(std::string_view text, Filter& filter);

}  // namespace strowger::trace
