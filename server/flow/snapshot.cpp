#include "flow/snapshot.hpp"

#include <algorithm>

namespace strowger::flow {

std::shared_ptr<const AccountSnapshot> Snapshot::account_for(std::string_view host) const {
  const auto same_host = [&](const auto& account) {
    return std::ranges::equal(account->realm, host, [](char a, char b) {
      return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
    });
  };
  auto found = std::ranges::find_if(accounts, same_host);
  if (found == accounts.end()) found = std::ranges::find(accounts, "default", &AccountSnapshot::id);
  return found == accounts.end() ? nullptr : *found;
}

std::shared_ptr<const AccountSnapshot> Snapshot::account(std::string_view id) const {
  const auto found = std::ranges::find(accounts, id, &AccountSnapshot::id);
  return found == accounts.end() ? nullptr : *found;
}

}  // namespace strowger::flow
