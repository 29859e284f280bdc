#include "sip/method.hpp"

#include <array>

namespace strowger::sip {
namespace {

constexpr std::array<std::string_view, 15> names = {
    "INVITE", "ACK",       "BYE",    "CANCEL", "OPTIONS", "REGISTER", "INFO",   "UPDATE",
    "PRACK",  "SUBSCRIBE", "NOTIFY", "REFER",  "MESSAGE", "PUBLISH",  "UNKNOWN"};
static_assert(names.size() == static_cast<std::size_t>(Method::unknown) + 1);

}  // namespace

Method method_from(std::string_view text) {
  for (std::size_t i = 0; i + 1 < names.size(); ++i) {
    if (text == names[i]) return static_cast<Method>(i);
  }
  return Method::unknown;
}

std::string_view name(Method method) { return names[static_cast<std::size_t>(method)]; }

}  // namespace strowger::sip
