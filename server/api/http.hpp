// HTTP requests and responses as values: host/ carries them, api/ answers them, tests need no
// socket.
#pragma once

#include <functional>
#include <memory>
#include <optional>
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
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case, as sent
  std::string source;  // IP address of who asks
  bool tls = false;

  // The first of that name, which is given in lower case; "" when there is none.
  std::string_view header(std::string_view name) const;
  bool has_header(std::string_view name) const;
};

// A response body without an end. take() and idle() are called by the carrier's thread; `wake` may
// be called from any thread.
class BodyStream {
 public:
  virtual ~BodyStream() = default;
  // What is there to send; "" for nothing yet; nothing at all when the stream is over.
  virtual std::optional<std::string> take() = 0;
  // What to send when there was nothing for a while, so that both sides see the other is alive.
  virtual std::string idle() = 0;
  virtual void on_ready(std::function<void()> wake) = 0;
};

struct Response {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<BodyStream> stream;  // instead of `body`
};

// RFC 9457: what went wrong, for programs and people.
Response problem(int status, std::string_view title, std::string_view detail);

}  // namespace strowger::api
