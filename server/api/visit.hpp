// One request on its way through a route: who asks, for what, and what is at hand to answer it.
#pragma once

#include "api/principal.hpp"
#include "api/reply.hpp"
#include "api/services.hpp"
#include "api/url.hpp"
#include "store/store.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <string_view>

namespace strowger::api {

struct Visit {
  const Request& request;
  State& state;
  store::Store& store;
  Parameters path;   // by the names in the route's pattern
  Parameters query;
  Principal who;
  // What the audit log says of it; the route names the action.
  std::string audit_target;  // "callflow/main"
  std::string audit_note;

  const std::string& param(std::string_view name) const { return path.find(name)->second; }
  const std::string& account() const { return param("account"); }
  // "" when it was not given.
  std::string asked(std::string_view name) const {
    const auto found = query.find(name);
    return found == query.end() ? "" : found->second;
  }
  WallTime now() const { return state.services.now(); }
};

inline constexpr std::size_t body_bytes_max = 64 << 10;  // of JSON that is no document
inline constexpr std::size_t body_depth_max = 64;

struct BodyLimits {
  std::size_t bytes = body_bytes_max;
  std::size_t depth = body_depth_max;
};

// A JSON object; an empty body counts as {}. 400, 413 when it is none.
Answered<boost::json::object> json_body(const Visit& visit, BodyLimits limits = {});

// What is stored is live, and listeners know; nothing when all went well. `event` may have an empty
// type for changes that nobody listens to.
std::optional<Response> make_live(Visit& visit, Event event = {});

Answered<bool> asked_flag(const Visit& visit, std::string_view name);
// A text of the query, at most so many characters, without control characters.
Answered<std::string> asked_text(const Visit& visit, std::string_view name,
                                 std::size_t chars_max);

}  // namespace strowger::api
