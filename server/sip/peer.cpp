#include "sip/peer.hpp"

#include <array>

namespace strowger::sip {

namespace {
struct Names {
  std::string_view via;
  std::string_view uri;
};
// In the order of Transport.
constexpr std::array<Names, 5> names{{
    {"UDP", "udp"},
    {"TCP", "tcp"},
    {"TLS", "tls"},
    {"WS", "ws"},
    {"WSS", "wss"},
}};
}  // namespace

std::string_view via_name(Transport transport) {
  return names[static_cast<std::size_t>(transport)].via;
}

std::string_view uri_name(Transport transport) {
  return names[static_cast<std::size_t>(transport)].uri;
}

}  // namespace strowger::sip
