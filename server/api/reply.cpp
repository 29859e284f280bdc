#include "api/reply.hpp"

#include "store/media_directory.hpp"

#include <boost/json/serialize.hpp>

namespace strowger::api {

namespace json = boost::json;

namespace {

std::string_view title_of(int status) {
  switch (status) {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 412: return "Precondition Failed";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 416: return "Range Not Satisfiable";
    case 422: return "Unprocessable Content";
    case 428: return "Precondition Required";
    case 429: return "Too Many Requests";
    case 503: return "Service Unavailable";
    default: return "Internal Server Error";
  }
}

int status_of(store::ErrorKind kind) {
  switch (kind) {
    case store::ErrorKind::not_found: return 404;
    case store::ErrorKind::conflict: return 409;
    case store::ErrorKind::stale: return 412;
    case store::ErrorKind::invalid: return 422;
    case store::ErrorKind::storage: return 503;
  }
  return 500;
}

// From the words that stand behind a colon elsewhere.
std::string sentence(std::string words) {
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z') words.front() -= 'a' - 'A';
  return words + '.';
}

}  // namespace

Response problem(int status, std::string_view title, std::string_view detail) {
  json::object body;
  body["type"] = "about:blank";
  body["title"] = title;
  body["status"] = status;
  body["detail"] = detail;
  return {.status = status,
          .type = "application/problem+json",
          .body = json::serialize(body) + "\n"};
}

Response json_response(int status, const json::value& value) {
  return {.status = status, .type = "application/json", .body = json::serialize(value) + "\n"};
}

Response no_content() { return {.status = 204, .type = ""}; }

Response refusal(int status, std::string_view detail, json::object more) {
  json::object body;
  body["type"] = "about:blank";
  body["title"] = title_of(status);
  body["status"] = status;
  body["detail"] = detail;
  for (auto& [name, value] : more) body[name] = std::move(value);
  return {.status = status,
          .type = "application/problem+json",
          .body = json::serialize(body) + "\n"};
}

Response refusal(const model::Findings& findings, int status) {
  const std::string detail = findings.empty() ? "This is not accepted." : findings.front().text;
  return refusal(status, detail, {{"findings", model::findings_json(findings)}});
}

Response refusal(const store::Error& error, json::object more) {
  if (!error.pointer.empty()) {
    more["findings"] = model::findings_json(
        {{model::Severity::error, "taken", error.pointer, "", sentence(error.text), ""}});
  }
  return refusal(status_of(error.kind), error.text, std::move(more));
}

std::string etag_of(std::string_view text) {
  constexpr std::size_t digits = 20;
  return '"' + store::sha256_hex(text).substr(0, digits) + '"';
}

Response with_etag(Response response, const std::string& etag) {
  response.headers.emplace_back("ETag", etag);
  return response;
}

}  // namespace strowger::api
