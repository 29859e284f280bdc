#include "host/junctions.hpp"

#include "sip/peek_call_id.hpp"

namespace strowger::host {

std::size_t Junctions::owner(std::string_view message, std::size_t here) const {
  if (shards() == 1) return here;
  const auto call_id = sip::peek_call_id(message);
  return call_id.empty() ? here : keys_.of({call_id}).low % shards();
}

}  // namespace strowger::host
