#include "flow/forwarding.hpp"

#include "flow/run.hpp"
#include "model/seat_directory.hpp"

#include <algorithm>
#include <utility>

namespace strowger::flow {

Onward send_on(const std::vector<std::string>& chain, Forwarder by, std::string id) {
  if (std::ranges::find(chain, id) != chain.end()) return {{}, "the call is sent in a circle"};
  if (chain.size() >= forwards_max) return {{}, "forwarded from one to the next too often"};
  by.chain = chain;
  by.chain.push_back(std::move(id));
  return {std::move(by), {}};
}

std::string seat_link(const model::Seat& seat) { return "seat " + seat.id; }

Destination destination(const Run& run, const std::string& number) {
  using How = model::NumberMatch::How;
  const auto match = run.find_number(number, model::CallerKind::internal);
  if (match && match->how != How::no_match) return Destination::callflow;
  if (run.seats().seat_by_extension(number) != nullptr) return Destination::seat;
  return match ? Destination::no_match : Destination::outside;
}

bool is_forwarding(const model::CallForward& forward, bool by_group) {
  return forward.enabled && !(by_group && forward.direct_calls_only);
}

}  // namespace strowger::flow
