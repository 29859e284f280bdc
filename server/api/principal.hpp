// Who asks: a user by session cookie, or by bearer token with what the token may of it.
#pragma once

#include "store/access.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace strowger::api {

struct Principal {
  store::User user;
  std::string session;                // hash; "" when a token was sent
  std::optional<store::Token> token;  // nothing with a session
  WallTime expires{};

  bool system() const;
  // Nothing: the account is not visible.
  std::optional<store::Role> role_in(std::string_view account) const;
  bool admin_somewhere() const;
};

}  // namespace strowger::api
