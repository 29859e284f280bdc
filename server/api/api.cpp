#include "api/api.hpp"

#include "api/gate.hpp"
#include "api/router.hpp"

#include <algorithm>

namespace strowger::api {
namespace {

constexpr std::string_view prefix = "/api/v1";

constexpr std::string_view probes[] = {"/healthz", "/readyz", "/metrics"};

bool reads(const Request& request) { return request.method == "GET" || request.method == "HEAD"; }

Response not_allowed(std::string allowed) {
  auto response = refusal(405, "This address understands " + allowed + ".");
  response.headers.emplace_back("Allow", std::move(allowed));
  return response;
}

void set_if_missing(Response& response, std::string_view name, std::string_view value) {
  const bool there = std::ranges::any_of(
      response.headers, [&](const auto& header) { return header.first == name; });
  if (!there) response.headers.emplace_back(name, value);
}

void log_write(Visit& visit, const Route& route) {
  const auto account = visit.path.find("account");
  store::AuditEntry entry;
  if (account != visit.path.end()) entry.account = account->second;
  entry.at = visit.now();
  entry.who = visit.who.user.id;
  entry.address = visit.request.source;
  entry.action = route.audit;
  entry.target = visit.audit_target;
  entry.note = visit.audit_note;
  // The write itself is done; a full disk is told by the next one.
  [[maybe_unused]] const auto logged = visit.store.add_audit(entry);
}

Response run(const Route& route, Visit& visit) {
  if (auto refusal = check_content_type(route, visit.request)) return std::move(*refusal);
  auto response = route.answer(visit);
  if (response.status < 300 && !route.audit.empty()) log_write(visit, route);
  return response;
}

}  // namespace

Api::Api(Services services) : state_(std::move(services)), web_(state_.services.web) {}

store::Outcome<std::string> Api::make_first_user(const std::string& chosen) {
  auto leased = state_.stores.lease();
  if (!leased) return tl::unexpected<store::Error>(std::move(leased.error()));
  store::Store& store = **leased;
  const auto users = store.users();
  if (!users) return tl::unexpected<store::Error>(users.error());
  if (!users->empty()) return std::string();
  const auto password = chosen.empty() ? random_password() : chosen;
  const auto hash = state_.passwords.hash(password);
  if (!hash) return store::fail(store::ErrorKind::storage, "no memory for a password's hash");
  store::User admin;
  admin.id = "admin";
  admin.name = "Administrator";
  admin.system = true;
  admin.must_change_password = chosen.empty();
  admin.password_hash = *hash;
  if (auto saved = store.save_user(admin); !saved) {
    return tl::unexpected<store::Error>(std::move(saved.error()));
  }
  return password;
}

Response Api::handle(const Request& request) {
  auto response = answer(request);
  set_if_missing(response, "Cache-Control", "no-store");
  set_if_missing(response, "Content-Security-Policy",
                 "default-src 'none'; frame-ancestors 'none'; sandbox");
  set_if_missing(response, "Referrer-Policy", "no-referrer");
  set_if_missing(response, "X-Frame-Options", "DENY");
  set_if_missing(response, "Cross-Origin-Resource-Policy", "same-origin");
  if (request.tls) set_if_missing(response, "Strict-Transport-Security", "max-age=31536000");
  return response;
}

Response Api::answer(const Request& request) {
  const std::string_view path = request.path;
  if (std::ranges::find(probes, path) != std::end(probes)) return answer_probe(request);
  if (path == prefix || (path.starts_with(prefix) && path[prefix.size()] == '/')) {
    return answer_api(request, path.substr(prefix.size()));
  }
  if (!reads(request)) return not_allowed("GET, HEAD");
  return web_.answer(request);
}

Response Api::answer_probe(const Request& request) const {
  if (!reads(request)) return not_allowed("GET, HEAD");
  if (request.path == "/healthz") return {.body = "ok\n"};
  if (request.path == "/metrics") {
    return {.type = "text/plain; version=0.0.4; charset=utf-8",
            .body = prometheus_text(state_.services.metrics())};
  }
  if (state_.services.ready()) return {.body = "ready\n"};
  return refusal(503, "Draining: no new calls are taken.");
}

Response Api::answer_api(const Request& request, std::string_view path) {
  auto match = find_route(request.method, path);
  if (!match.route) {
    if (match.allowed.empty()) return refusal(404, "There is nothing at this address.");
    return not_allowed(match.allowed);
  }
  const Route& route = *match.route;
  auto query = parse_query(request.query);
  if (!query) return refusal(400, "The query can't be read.");
  auto leased = state_.stores.lease();
  if (!leased) return refusal(leased.error());
  Visit visit{.request = request,
              .state = state_,
              .store = **leased,
              .path = std::move(match.path),
              .query = std::move(*query)};
  if (route.need == Need::nobody) {
    // Logging in from a foreign page would put its visitor into somebody else's account.
    if (route.method != "GET") {
      if (auto refusal = check_origin(request)) return std::move(*refusal);
    }
    return run(route, visit);
  }
  auto who = identify(request, visit.store, visit.now());
  if (!who) return std::move(who.error());
  visit.who = std::move(*who);
  if (route.method != "GET" && !visit.who.token) {
    if (auto refusal = check_origin(request)) return std::move(*refusal);
  }
  if (auto refusal = check_role(route, visit)) return std::move(*refusal);
  return run(route, visit);
}

}  // namespace strowger::api
