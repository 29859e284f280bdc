// HTTP/1.1, plain or over TLS, in a thread of its own: carries requests to a handler and its
// responses back, within limits. The handler runs in a few more threads, so that a slow answer
// keeps nobody waiting.
#pragma once

#include "api/http.hpp"
#include "base/endpoint.hpp"
#include "base/result.hpp"
#include "host/tls_certificate.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>

namespace strowger::host {

struct HttpLimits {
  std::size_t connections_max = 1'024;
  std::size_t per_address_max = 256;  // streams of events and proxies included
  std::uint32_t head_bytes_max = 16 << 10;
  std::uint64_t body_bytes_max = 12 << 20;  // a media upload of 11 MiB fits
  std::chrono::seconds handshake{10};       // of TLS, and its end
  std::chrono::seconds request{30};         // to send a whole request, or to be silent between two
  std::chrono::seconds response{30};        // to read a whole response, or a piece of a stream
  std::chrono::seconds stream_idle{15};     // then a stream says that it is still there
  std::size_t workers = 4;                  // threads that run the handler
};

class HttpServer {
 public:
  // Called by several threads at once. What it throws becomes a 500.
  using Handler = std::function<api::Response(const api::Request&)>;

  // Listens and serves until destroyed. Port 0 lets the kernel pick one. With `tls` it speaks HTTPS
  // only: plain requests get 400.
  static Result<std::unique_ptr<HttpServer>, Complaint> start(const Endpoint& address,
                                                              HttpLimits limits, Handler handler,
                                                              TlsContext tls = nullptr);
  ~HttpServer();

  const Endpoint& address() const;
  // From any thread: for connections from now on.
  void use(TlsContext tls);
  // From any thread: `work` runs in the server's thread, soon. It must not take long.
  void post(std::function<void()> work);
  void after(std::chrono::milliseconds delay, std::function<void()> work);

 private:
  struct Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace strowger::host
