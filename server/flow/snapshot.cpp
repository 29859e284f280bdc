#include "flow/snapshot.hpp"

#include <algorithm>

namespace strowger::flow {

namespace {

// Realms are lower case.
bool is_realm(const AccountSnapshot& account, std::string_view host) {
  return std::ranges::equal(account.realm, host, [](char a, char b) {
    return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
  });
}

const Carrier* sender(const AccountSnapshot& account, const IpAddress& source) {
  const auto carriers = account.carriers->all();
  const auto found = std::ranges::find_if(
      carriers, [&](const Carrier& carrier) { return carrier.sends_from(source); });
  return found == carriers.end() ? nullptr : &*found;
}

}  // namespace

std::shared_ptr<const AccountSnapshot> Snapshot::account_for(std::string_view host) const {
  auto found =
      std::ranges::find_if(accounts, [&](const auto& account) { return is_realm(*account, host); });
  if (found == accounts.end()) found = std::ranges::find(accounts, "default", &AccountSnapshot::id);
  return found == accounts.end() ? nullptr : *found;
}

std::optional<Snapshot::Entrance> Snapshot::entrance(const IpAddress& source,
                                                     std::string_view host,
                                                     std::string_view number) const {
  std::optional<Entrance> first;
  std::optional<Entrance> with_number;
  for (const auto& account : accounts) {
    const Carrier* const carrier = sender(*account, source);
    if (carrier == nullptr) continue;
    const Entrance here{account->id, carrier->trunk.id};
    if (!account->realm.empty() && is_realm(*account, host)) return here;
    if (!first) first = here;
    if (!with_number && account->find_number(number, model::CallerKind::external)) {
      with_number = here;
    }
  }
  return with_number ? with_number : first;
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
