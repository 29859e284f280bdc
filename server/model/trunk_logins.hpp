// The trunks of an account whose other side logs in here, as the registrar and calls look them up.
// Immutable once built; safe to share between shards.
#pragma once

#include "model/device.hpp"
#include "model/trunk.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {

struct TrunkLogin {
  std::string trunk;  // its id
  std::string username;
  DigestSecret secret;
  bool enabled = true;  // may register
  bool calls = true;    // may call, too
};

class TrunkLogins {
 public:
  TrunkLogins() = default;
  explicit TrunkLogins(const std::vector<Trunk>& trunks);

  // Null when there is no such.
  const TrunkLogin* by_username(std::string_view username) const;  // case-sensitive
  const TrunkLogin* by_trunk(std::string_view id) const;

 private:
  using Logins = std::map<std::string, TrunkLogin, std::less<>>;
  Logins by_username_;
  std::map<std::string, std::string, std::less<>> usernames_;  // by trunk
};

}  // namespace strowger::model
