#include "flow/carriers.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace strowger::flow {

bool Carrier::is_at(const IpAddress& address) const {
  const auto places = state->places();
  return std::ranges::any_of(*places, [&](const call::CarrierPlace& place) {
    return place.peer.remote.address == address;
  });
}

Carriers::Carriers(std::vector<Carrier> carriers, const model::AccountSettings& settings,
                   BudgetOf budget_of, std::shared_ptr<Counts> counts)
    : carriers_(std::move(carriers)),
      plan_(settings.dialling),
      budget_of_(std::move(budget_of)),
      counts_(std::move(counts)) {
  std::ranges::sort(carriers_, {}, [](const Carrier& carrier) {
    return std::tie(carrier.trunk.outbound.priority, carrier.trunk.id);
  });
}

bool Carrier::is_linked(std::uint32_t link) const {
  if (link == 0) return false;
  const auto places = state->places();
  return std::ranges::any_of(
      *places, [&](const call::CarrierPlace& place) { return place.peer.link == link; });
}

const Carrier* Carriers::find(std::string_view trunk) const {
  const auto found = std::ranges::find_if(
      carriers_, [&](const Carrier& carrier) { return carrier.trunk.id == trunk; });
  return found == carriers_.end() ? nullptr : &*found;
}

std::shared_ptr<call::CallBudget> Carriers::budget(std::string_view seat) const {
  return budget_of_ ? budget_of_(seat) : std::make_shared<call::CallBudget>();
}

std::vector<call::CarrierAccount> Carriers::accounts(std::string_view account) const {
  std::vector<call::CarrierAccount> all;
  for (const auto& carrier : carriers_) {
    const auto& trunk = carrier.trunk;
    if (!trunk.enabled || !trunk.registration.enabled) continue;
    all.push_back({.key = std::string(account) + "/" + trunk.id,
                   .domain = trunk.domain(),
                   .login = carrier.login(),
                   .expires = trunk.registration.expires,
                   .state = carrier.state});
  }
  return all;
}

}  // namespace strowger::flow
