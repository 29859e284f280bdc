// Every operation of the API in one table: address, who may, what the body is, who answers. The
// contract test holds it against openapi.json.
#pragma once

#include "api/visit.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace strowger::api {

// The smallest role that may. Below /accounts/{account} the role in that account counts, elsewhere
// `admin` is whoever is admin of any account.
enum class Need : std::uint8_t { nobody, viewer, editor, admin, system };
std::string_view need_name(Need need);

enum class Body : std::uint8_t {
  none,
  json,
  upload,  // sound: raw bytes or multipart/form-data
};

struct Route {
  std::string_view method;
  std::string_view pattern;  // below /api/v1: "/accounts/{account}"
  Need need;
  Body body;
  std::string_view audit;  // what the audit log calls it; "" for what changes nothing
  Response (*answer)(Visit&);
};

// Literal addresses stand before patterns that match them too.
std::span<const Route> routes();

struct Match {
  const Route* route = nullptr;  // nullptr: see `allowed`
  Parameters path;
  std::string allowed;  // methods that the address knows; "" when there is no such address
};
// `path` is below /api/v1.
Match find_route(std::string_view method, std::string_view path);

}  // namespace strowger::api
