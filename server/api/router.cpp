#include "api/router.hpp"

namespace strowger::api {
namespace {

std::string_view next_segment(std::string_view& rest) {
  const auto end = rest.find('/');
  const auto segment = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  return segment;
}

std::optional<Parameters> matched(std::string_view pattern,
                                  const std::vector<std::string>& segments) {
  Parameters found;
  pattern.remove_prefix(1);
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (pattern.empty()) return std::nullopt;
    const auto wanted = next_segment(pattern);
    if (wanted.starts_with('{')) {
      if (segments[i].empty()) return std::nullopt;
      found.emplace(wanted.substr(1, wanted.size() - 2), segments[i]);
    } else if (wanted != segments[i]) {
      return std::nullopt;
    }
  }
  return pattern.empty() ? std::optional(std::move(found)) : std::nullopt;
}

}  // namespace

std::string_view need_name(Need need) {
  switch (need) {
    case Need::nobody: return "";
    case Need::viewer: return "viewer";
    case Need::editor: return "editor";
    case Need::admin: return "admin";
    case Need::system: return "system";
  }
  return "";
}

Match find_route(std::string_view method, std::string_view path) {
  Match match;
  const auto segments = path_segments(path);
  if (!segments) return match;
  const auto wanted = method == "HEAD" ? "GET" : method;
  for (const auto& route : routes()) {
    auto found = matched(route.pattern, *segments);
    if (!found) continue;
    if (route.method == wanted) {
      match.route = &route;
      match.path = std::move(*found);
      return match;
    }
    if (match.allowed.find(route.method) == std::string::npos) {
      match.allowed += (match.allowed.empty() ? "" : ", ") + std::string(route.method);
    }
  }
  return match;
}

}  // namespace strowger::api
