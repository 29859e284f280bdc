#include "api/api.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace strowger::api {

Response problem(int status, std::string_view title, std::string_view detail) {
  boost::json::object body;
  body["type"] = "about:blank";
  body["title"] = title;
  body["status"] = status;
  body["detail"] = detail;
  return {.status = status,
          .type = "application/problem+json",
          .body = boost::json::serialize(body) + "\n"};
}

Response Api::handle(const Request& request) const {
  const auto& path = request.path;
  const bool known = path == "/healthz" || path == "/readyz" || path == "/metrics";
  if (!known) return problem(404, "Not Found", "There is nothing at this address.");
  if (request.method != "GET" && request.method != "HEAD") {
    auto refusal = problem(405, "Method Not Allowed", "This address can only be read.");
    refusal.headers.emplace_back("Allow", "GET, HEAD");
    return refusal;
  }
  if (path == "/healthz") return {.body = "ok\n"};
  if (path == "/metrics") {
    return {.type = "text/plain; version=0.0.4; charset=utf-8",
            .body = prometheus_text(metrics_())};
  }
  if (status_().ready) return {.body = "ready\n"};
  return problem(503, "Service Unavailable", "Draining: no new calls are taken.");
}

}  // namespace strowger::api
