#include "flow/snapshot.hpp"

#include <algorithm>

namespace strowger::flow {

namespace {

bool is_whole(const IpNetwork& network) {
  return network.prefix == (network.address.is_v6() ? 128 : 32);
}

}  // namespace

bool AccountSnapshot::is_realm(std::string_view host) const {
  return !realm.empty() && std::ranges::equal(realm, host, [](char a, char b) {
    return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
  });
}

std::shared_ptr<const AccountSnapshot> Snapshot::account_for(std::string_view host) const {
  auto found =
      std::ranges::find_if(accounts, [&](const auto& account) { return account->is_realm(host); });
  if (found == accounts.end()) found = std::ranges::find(accounts, "default", &AccountSnapshot::id);
  return found == accounts.end() ? nullptr : *found;
}

void Snapshot::index_entrances() {
  for (std::size_t i = 0; i < accounts.size(); ++i) {
    for (const Carrier& carrier : accounts[i]->carriers->all()) {
      const Gate gate{i, &carrier};
      const auto& inbound = carrier.trunk.inbound;
      if (!carrier.trunk.enabled || !inbound.enabled) continue;
      for (const IpNetwork& network : inbound.sources) {
        if (is_whole(network)) gates_at[network.address].push_back(gate);
        else gates_of_networks.emplace_back(network, gate);
      }
      index_addresses(gate);
    }
  }
}

void Snapshot::index_addresses(const Gate& gate) {
  const auto& trunk = gate.carrier->trunk;
  for (const auto& address : trunk.addresses) {
    Gate one = gate;
    one.tls = address.transport == model::TrunkTransport::tls;
    if (one.tls) linked_gates.push_back(one);
    if (!trunk.inbound.from_addresses) continue;
    if (const auto literal = IpAddress::parse(address.host)) {
      gates_at[unmapped(*literal)].push_back(one);
    } else {
      named_gates.push_back(one);
    }
  }
}

// The address of somebody who is reached by TLS can be forged where no TLS is asked for.
std::vector<Snapshot::Gate> Snapshot::gates_for(const sip::Peer& source) const {
  const auto from = unmapped(source.remote.address);
  std::vector<Gate> gates;
  for (const Gate& gate : linked_gates) {
    if (gate.carrier->is_linked(source.link)) gates.push_back(gate);
  }
  if (!gates.empty()) return gates;
  if (const auto found = gates_at.find(from); found != gates_at.end()) gates = found->second;
  for (const auto& [network, gate] : gates_of_networks) {
    if (network.contains(from)) gates.push_back(gate);
  }
  for (const Gate& gate : named_gates) {
    if (gate.carrier->is_at(from)) gates.push_back(gate);
  }
  const bool by_tls = source.transport == sip::Transport::tls;
  std::erase_if(gates, [&](const Gate& gate) { return gate.tls && !by_tls; });
  std::ranges::stable_sort(gates, {}, &Gate::account);
  return gates;
}

std::optional<Snapshot::Entrance> Snapshot::entrance(const sip::Peer& source,
                                                     std::string_view host,
                                                     std::string_view number) const {
  const auto gates = gates_for(source);
  const Gate* with_number = nullptr;
  for (const Gate& gate : gates) {
    const auto& account = *accounts[gate.account];
    if (account.is_realm(host)) {
      return Entrance{account.id, gate.carrier->trunk.id};
    }
    if (with_number == nullptr && account.find_number(number, model::CallerKind::external)) {
      with_number = &gate;
    }
  }
  if (gates.empty()) return std::nullopt;
  const Gate& chosen = with_number != nullptr ? *with_number : gates.front();
  return Entrance{accounts[chosen.account]->id, chosen.carrier->trunk.id};
}

std::optional<model::NumberMatch> AccountSnapshot::find_number(std::string_view dialled,
                                                               model::CallerKind caller) const {
  std::optional<model::NumberMatch> by_pattern;
  for (const auto& name : carriers->plan().names_of(dialled)) {
    auto match = numbers.find(name, model::CallerKind::external);
    if (match && match->how == model::NumberMatch::How::number) return match;
    if (!by_pattern) by_pattern = std::move(match);
  }
  return by_pattern ? by_pattern : numbers.find(dialled, caller);
}

std::shared_ptr<const AccountSnapshot> Snapshot::account(std::string_view id) const {
  const auto found = std::ranges::find(accounts, id, &AccountSnapshot::id);
  return found == accounts.end() ? nullptr : *found;
}

}  // namespace strowger::flow
