// HTTP requests and responses as values: host/ carries them, api/ answers them, tests need no
// socket.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strowger::api {

struct Request {
  std::string method;  // "GET"; as sent, case matters (RFC 9110 §9.1)
  std::string path;    // without query, still percent-encoded
  std::string query;   // without "?"; "" for none
  std::string body;
};

struct Response {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

// RFC 9457: what went wrong, for programs and people.
Response problem(int status, std::string_view title, std::string_view detail);

}  // namespace strowger::api
