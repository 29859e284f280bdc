// URIs and addresses; two of them, split at the first line feed, are compared with each other.
// Rooms: sip
// Longest: 512
#include "sip/name_addr.hpp"
#include "sip/uri.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace strowger::sip;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = text.find('\n');
  const std::string_view first = text.substr(0, cut);
  const std::string_view second = cut == std::string_view::npos ? first : text.substr(cut + 1);
  const auto a = SipUri::parse(first);
  const auto b = SipUri::parse(second);
  if (a) {
    require(*a == *a);
    require(scheme_of(first) == a->scheme);
    require(first.substr(0, a->base().size()) == a->base());
    require(a->user_text().size() <= a->user.size());
  }
  if (a && b) require((*a == *b) == (*b == *a));
  require(unescape(escape_user(text)) == text);
  if (const auto address = NameAddr::parse(text)) {
    require(address->star || !address->uri.empty());
    (void)address->display_text();
    (void)address->tag();
  }
  return 0;
}
