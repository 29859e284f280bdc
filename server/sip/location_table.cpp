#include "sip/location_table.hpp"

#include "base/ip_network.hpp"
#include "sip/uri.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace strowger::sip {

namespace {

bool before(const Binding& a, const Binding& b) {
  return std::tie(b.q, b.refreshed) < std::tie(a.q, a.refreshed);
}

constexpr std::uint16_t default_port(Transport transport) {
  return transport == Transport::tls || transport == Transport::wss ? 5061 : 5060;
}

}  // namespace

std::optional<Peer> next_hop(const Binding& binding) {
  Peer hop = binding.flow;
  if (!is_reliable(hop.transport) || hop.connection != 0) return hop;
  // Only to the address that the REGISTER came from: whoever registers must not make us connect to
  // others. Flows of RFC 5626 are never opened from here (§5.3).
  const auto uri = SipUri::parse(binding.contact);
  const auto address = uri ? IpAddress::parse(uri->host) : std::nullopt;
  if (!address || *address != hop.remote.address || binding.reg_id != 0) return std::nullopt;
  hop.remote.port = uri->port.value_or(default_port(hop.transport));
  return hop;
}

std::string address_of_record(std::string_view account, std::string_view device) {
  return std::string(account).append("/").append(device);
}

std::string address_of_trunk(std::string_view account, std::string_view trunk) {
  return std::string(account).append("/").append(trunk_in_record).append(trunk);
}

std::span<const Binding> LocationTable::bindings(std::string_view aor) const {
  const auto found = entries_.find(std::string(aor));
  if (found == entries_.end()) return {};
  return found->second.bindings;
}

void LocationTable::apply(const LocationChange& change, bool ours) {
  const auto at = entries_.try_emplace(change.aor).first;
  for (const auto& removed : change.removed) unbind(at->first, at->second, removed);
  for (Binding binding : change.bound) {
    // What was found out of a binding that is no more brings it not back.
    const bool known = std::ranges::any_of(at->second.bindings, named(binding));
    if (change.why == LocationChange::Why::probed && !known) continue;
    binding.ours = ours;
    bind(at->first, at->second, std::move(binding));
  }
  settle(at);
}

void LocationTable::bind(const std::string& aor, Entry& entry, Binding binding) {
  auto& bindings = entry.bindings;
  const auto known = std::ranges::find_if(bindings, named(binding));
  if (known != bindings.end() && known->refreshed > binding.refreshed) return;
  if (binding.flow.connection != 0) {
    auto& users = by_connection_[binding.flow.connection];
    if (std::ranges::find(users, aor) == users.end()) users.push_back(aor);
  }
  if (known != bindings.end()) {
    count_trunk(aor, *known, -1);
    *known = std::move(binding);
    count_trunk(aor, *known, 1);
    return;
  }
  // Several shards may each have found room for one more.
  if (bindings.size() >= bindings_per_aor_max) return;
  bindings.push_back(std::move(binding));
  ++size_;
  count_trunk(aor, bindings.back(), 1);
}

void LocationTable::unbind(const std::string& aor, Entry& entry,
                           const LocationChange::Removed& removed) {
  const auto known = std::ranges::find_if(entry.bindings, named(removed));
  if (known == entry.bindings.end() || known->refreshed > removed.at) return;
  count_trunk(aor, *known, -1);
  entry.bindings.erase(known);
  --size_;
}

void LocationTable::count_trunk(const std::string& aor, const Binding& binding, int difference) {
  const auto slash = aor.find('/');
  if (slash == std::string::npos || !binding.path.empty()) return;
  if (!std::string_view(aor).substr(slash + 1).starts_with(trunk_in_record)) return;
  const auto at = trunks_at_.try_emplace({unmapped(binding.flow.remote.address),
                                          aor.substr(0, slash)}).first;
  at->second += difference;
  if (at->second <= 0) trunks_at_.erase(at);
}

bool LocationTable::trunk_at(std::string_view account, const IpAddress& source) const {
  return !trunks_at_.empty() &&
         trunks_at_.contains({unmapped(source), std::string(account)});
}

void LocationTable::settle(Entries::iterator at) {
  Entry& entry = at->second;
  timers_.disarm(std::exchange(entry.timer, 0));
  if (entry.bindings.empty()) {
    entries_.erase(at);
    return;
  }
  std::ranges::stable_sort(entry.bindings, before);
  const auto first = std::ranges::min_element(entry.bindings, {}, &Binding::due);
  entry.timer = timers_.arm(first->due, &at->first);
}

// What is ours of what lapsed.
template <class Lapsed>
LocationChange LocationTable::lapse(Entries::iterator at, LocationChange::Why why, Lapsed lapsed) {
  LocationChange told{.aor = at->first, .why = why, .bound = {}, .removed = {}};
  auto& bindings = at->second.bindings;
  size_ -= std::erase_if(bindings, [&](Binding& binding) {
    if (!lapsed(binding)) return false;
    count_trunk(at->first, binding, -1);
    if (binding.ours) {
      told.removed.push_back(
          {binding.contact, binding.instance, binding.reg_id, binding.refreshed});
    }
    return true;
  });
  return told;
}

std::vector<LocationChange> LocationTable::expire(Instant now) {
  std::vector<LocationChange> told;
  while (const auto aor = timers_.take_due(now)) {
    const auto at = entries_.find(**aor);
    at->second.timer = 0;
    auto change = lapse(at, LocationChange::Why::expired,
                        [now](const Binding& binding) { return binding.due <= now; });
    settle(at);
    if (!change.empty()) told.push_back(std::move(change));
  }
  return told;
}

std::vector<LocationChange> LocationTable::connection_lost(std::uint64_t connection) {
  std::vector<LocationChange> told;
  const auto users = by_connection_.extract(connection);
  if (users.empty()) return told;
  for (const auto& aor : users.mapped()) {
    const auto at = entries_.find(aor);
    if (at == entries_.end()) continue;
    auto change = lapse(at, LocationChange::Why::disconnected, [connection](Binding& binding) {
      if (binding.flow.connection != connection) return false;
      binding.flow.connection = 0;
      return !next_hop(binding);
    });
    settle(at);
    if (!change.empty()) told.push_back(std::move(change));
  }
  return told;
}

void LocationTable::each(
    const std::function<void(const std::string& aor, const Binding&)>& take) const {
  for (const auto& [aor, entry] : entries_) {
    for (const auto& binding : entry.bindings) take(aor, binding);
  }
}

}  // namespace strowger::sip
