#include "api/gate.hpp"

#include "api/page.hpp"
#include "store/media_directory.hpp"

namespace strowger::api {
namespace {

constexpr std::string_view bearer = "bearer ";
constexpr std::chrono::minutes token_use_noted_every{1};

tl::unexpected<Response> unknown(std::string_view detail) {
  auto response = refusal(401, detail);
  response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"Strowger\"");
  return refused(std::move(response));
}

Answered<Principal> by_token(std::string_view secret, store::Store& store, WallTime now) {
  auto token = store.token_by_hash(hash_of_secret(secret));
  if (!token && token.error().kind == store::ErrorKind::storage) {
    return refused(refusal(token.error()));
  }
  if (!token || token->expires <= now) return unknown("This token is not valid, or has expired.");
  auto user = store.user(token->user);
  if (!user || user->disabled) return unknown("The token's user is gone or disabled.");
  if (now - token->last_used > token_use_noted_every) {
    [[maybe_unused]] const auto noted = store.token_used(token->id, now);
  }
  const auto expires = token->expires;
  return Principal{std::move(*user), "", std::move(*token), expires};
}

Answered<Principal> by_session(const std::string& secret, store::Store& store, WallTime now) {
  const auto hash = hash_of_secret(secret);
  auto session = store.session(hash);
  if (!session && session.error().kind == store::ErrorKind::storage) {
    return refused(refusal(session.error()));
  }
  if (!session || session->expires <= now) return unknown("Log in: the session is over.");
  auto user = store.user(session->user);
  if (!user || user->disabled) return unknown("The user is gone or disabled.");
  const auto longer = std::min(now + session_life, session->created + session_life_max);
  if (longer - session->expires > std::chrono::minutes{10}) {
    if (store.extend_session(hash, longer)) session->expires = longer;
  }
  return Principal{std::move(*user), hash, std::nullopt, session->expires};
}

// Behind a proxy that speaks TLS for us, our pages are https to the browser only.
bool is_ours(std::string_view origin, const Request& request) {
  const auto end = origin.find("://");
  if (end == std::string_view::npos) return false;
  const auto scheme = origin.substr(0, end);
  if (scheme != "https" && (scheme != "http" || request.tls)) return false;
  return origin.substr(end + 3) == request.header("host");
}

}  // namespace

std::string hash_of_secret(std::string_view secret) { return store::sha256_hex(secret); }

Answered<Principal> identify(const Request& request, store::Store& store, WallTime now) {
  const auto authorization = request.header("authorization");
  if (!authorization.empty()) {
    if (lower_case(authorization.substr(0, bearer.size())) != bearer) {
      return unknown("Authorization is understood as Bearer only.");
    }
    return by_token(authorization.substr(bearer.size()), store, now);
  }
  const auto secret = cookie(request.header("cookie"), session_cookie);
  if (secret.empty()) return unknown("Log in, or send a bearer token.");
  return by_session(secret, store, now);
}

std::optional<Response> check_origin(const Request& request) {
  if (is_ours(request.header("origin"), request)) return std::nullopt;
  return refusal(403, "A write with the session's cookie has to come from this server's own pages: "
                      "Origin is missing or foreign. Scripts use a bearer token.");
}

std::optional<Response> check_content_type(const Route& route, const Request& request) {
  const auto given = request.header("content-type");
  const auto type = lower_case(given.substr(0, given.find_first_of("; ")));
  if (route.body == Body::json && !request.body.empty()) {
    if (type == "application/json") return std::nullopt;
    return refusal(415, "The body has to be application/json.");
  }
  if (route.body == Body::upload) {
    const bool taken = type.starts_with("audio/") || type == "application/octet-stream" ||
                       type == "application/ogg" || type == "video/ogg" ||
                       type == "multipart/form-data";
    if (!taken) {
      return refusal(415, "Send the sound as audio/*, application/octet-stream or "
                          "multipart/form-data.");
    }
  }
  return std::nullopt;
}

bool may(const Principal& who, std::string_view account, Need need) {
  const auto role = who.role_in(account);
  switch (need) {
    case Need::nobody: return true;
    case Need::viewer: return role >= store::Role::viewer;
    case Need::editor: return role >= store::Role::editor;
    case Need::admin: return role >= store::Role::admin;
    case Need::system: return who.system();
  }
  return false;
}

std::optional<Response> check_role(const Route& route, const Visit& visit) {
  const auto too_small = [&] {
    return refusal(403, "This needs the role " + std::string(need_name(route.need)) + ".");
  };
  const auto account = visit.path.find("account");
  if (account == visit.path.end()) {
    const bool allowed = route.need == Need::system  ? visit.who.system()
                         : route.need == Need::admin ? visit.who.admin_somewhere()
                                                     : true;
    return allowed ? std::nullopt : std::optional(too_small());
  }
  if (!may(visit.who, account->second, route.need)) return too_small();
  if (route.pattern == "/accounts/{account}" && route.method == "PUT") return std::nullopt;
  const auto there = visit.store.account(account->second);
  return there ? std::nullopt : std::optional(refusal(there.error()));
}

}  // namespace strowger::api
