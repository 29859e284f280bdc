#include "api/principal.hpp"

#include <algorithm>

namespace strowger::api {

using store::Role;

bool Principal::system() const {
  if (!user.system) return false;
  return !token || (token->account.empty() && token->role == Role::admin);
}

std::optional<Role> Principal::role_in(std::string_view account) const {
  if (token && !token->account.empty() && token->account != account) return std::nullopt;
  auto role = Role::admin;
  if (!user.system) {
    const auto found = user.roles.find(account);
    if (found == user.roles.end()) return std::nullopt;
    role = found->second;
  }
  return token ? std::min(role, token->role) : role;
}

bool Principal::admin_somewhere() const {
  if (system()) return true;
  return std::ranges::any_of(user.roles, [&](const auto& entry) {
    return role_in(entry.first) == Role::admin;
  });
}

}  // namespace strowger::api
