#include "model/trunk_logins.hpp"

namespace strowger::model {

// Names are unique (the store sees to it); the first one counts.
TrunkLogins::TrunkLogins(const std::vector<Trunk>& trunks) {
  for (const Trunk& trunk : trunks) {
    if (trunk.login.empty()) continue;
    const TrunkLogin login{.trunk = trunk.id,
                           .username = trunk.login,
                           .secret = trunk.secret,
                           .enabled = trunk.enabled,
                           .calls = trunk.inbound.enabled};
    if (by_username_.emplace(trunk.login, login).second) usernames_[trunk.id] = trunk.login;
  }
}

const TrunkLogin* TrunkLogins::by_username(std::string_view username) const {
  const auto found = by_username_.find(username);
  return found == by_username_.end() ? nullptr : &found->second;
}

const TrunkLogin* TrunkLogins::by_trunk(std::string_view id) const {
  const auto found = usernames_.find(id);
  return found == usernames_.end() ? nullptr : by_username(found->second);
}

}  // namespace strowger::model
