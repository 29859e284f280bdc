#include "host/junctions.hpp"

#include "sip/peek_call_id.hpp"

namespace strowger::host {

std::size_t Junctions::owner(std::string_view message, std::size_t here) const {
  return shards() == 1 ? here : owner_of_call(sip::peek_call_id(message), here);
}

std::size_t Junctions::owner_of_call(std::string_view call_id, std::size_t here) const {
  if (shards() == 1) return here;
  return call_id.empty() ? here : keys_.of({call_id}).low % shards();
}

}  // namespace strowger::host
