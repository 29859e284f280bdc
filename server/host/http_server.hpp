// HTTP/1.1 in a thread of its own: carries requests to a handler and its responses back, within
// limits.
#pragma once

#include "api/http.hpp"
#include "base/endpoint.hpp"
#include "base/result.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace strowger::host {

struct HttpLimits {
  std::size_t connections_max = 1'024;
  std::uint32_t head_bytes_max = 16 << 10;
  std::uint64_t body_bytes_max = 12 << 20;  // a media upload of 11 MiB fits
  std::chrono::seconds request{30};         // to send a whole request, or to be silent between two
  std::chrono::seconds response{30};        // to read a whole response
};

class HttpServer {
 public:
  // Called in the server's thread, one request at a time. What it throws becomes a 500.
  using Handler = std::function<api::Response(const api::Request&)>;

  // Listens and serves until destroyed. Port 0 lets the kernel pick one.
  static Result<std::unique_ptr<HttpServer>, Complaint> start(const Endpoint& address,
                                                              HttpLimits limits, Handler handler);
  ~HttpServer();

  const Endpoint& address() const;

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace strowger::host
