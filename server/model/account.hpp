// A tenant: its own callflows, numbers, media and records, and the SIP domain that leads to it.
#pragma once

#include <string>

namespace strowger::model {

struct Account {
  std::string id;     // identifier.hpp
  std::string name;   // for people
  std::string realm;  // SIP domain, lower case; "" only for an account that is the fall-back

  bool operator==(const Account&) const = default;
};

inline constexpr const char* default_account_id = "default";

}  // namespace strowger::model
