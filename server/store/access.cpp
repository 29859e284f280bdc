#include "store/access.hpp"

namespace strowger::store {

std::string_view role_name(Role role) {
  switch (role) {
    case Role::viewer: return "viewer";
    case Role::editor: return "editor";
    case Role::admin: return "admin";
  }
  return "";
}

std::optional<Role> role_named(std::string_view name) {
  for (const Role role : {Role::viewer, Role::editor, Role::admin}) {
    if (role_name(role) == name) return role;
  }
  return std::nullopt;
}

}  // namespace strowger::store
