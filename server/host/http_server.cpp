#include "host/http_server.hpp"

#include "api/http.hpp"
#include "host/log.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>

#include <optional>
#include <thread>

namespace strowger::host {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using Tcp = asio::ip::tcp;

namespace {

constexpr std::chrono::milliseconds accept_pause{100};  // when descriptors have run out

using HttpRequest = http::request<http::string_body>;
using HttpResponse = http::response<http::string_body>;

api::Request plain(HttpRequest&& request) {
  const std::string_view target(request.target().data(), request.target().size());
  const auto question = target.find('?');
  api::Request plain{.method = std::string(request.method_string()),
                     .path = std::string(target.substr(0, question)),
                     .body = std::move(request.body())};
  if (question != std::string_view::npos) plain.query = target.substr(question + 1);
  return plain;
}

api::Response answer(const HttpServer::Handler& handler, const api::Request& request) {
  try {
    return handler(request);
  } catch (const std::exception& e) {
    log_error(fmt::format("HTTP {} {}: {}", request.method, request.path, e.what()));
    return api::problem(500, "Internal Server Error", "This is a bug; the log says more.");
  }
}

HttpResponse to_beast(api::Response&& response, unsigned version, bool keep_alive) {
  HttpResponse out;
  out.result(static_cast<unsigned>(response.status));
  out.version(version);
  out.keep_alive(keep_alive);
  out.set(http::field::server, "Strowger");
  out.set(http::field::content_type, response.type);
  out.set("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : response.headers) out.set(name, value);
  out.body() = std::move(response.body);
  out.prepare_payload();
  return out;
}

class Session : public std::enable_shared_from_this<Session> {
 public:
  Session(Tcp::socket socket, const HttpLimits& limits, const HttpServer::Handler& handler,
          std::size_t& count)
      : stream_(std::move(socket)), limits_(limits), handler_(handler), count_(count) {
    ++count_;
  }
  ~Session() { --count_; }

  void read() {
    parser_.emplace();
    parser_->header_limit(limits_.head_bytes_max);
    parser_->body_limit(limits_.body_bytes_max);
    stream_.expires_after(limits_.request);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](error_code error, std::size_t) {
                       self->on_read(error);
                     });
  }

 private:
  void on_read(error_code error) {
    if (error == http::error::end_of_stream || error == beast::error::timeout) return close();
    if (error == http::error::body_limit) {
      return write(api::problem(413, "Content Too Large", "The body is too large."), 11, false);
    }
    if (error == http::error::header_limit) {
      return write(api::problem(431, "Request Header Fields Too Large", "The head is too large."),
                   11, false);
    }
    if (error && error.category() == make_error_code(http::error::bad_method).category()) {
      return write(api::problem(400, "Bad Request", "This is not HTTP/1.1."), 11, false);
    }
    if (error) return;
    auto request = parser_->release();
    const auto version = request.version();
    const bool keep_alive = request.keep_alive();
    head_only_ = request.method() == http::verb::head;
    write(answer(handler_, plain(std::move(request))), version, keep_alive);
  }

  void write(api::Response&& response, unsigned version, bool keep_alive) {
    response_ = to_beast(std::move(response), version, keep_alive);
    if (head_only_) response_.body().clear();  // Content-Length stays what GET would give
    stream_.expires_after(limits_.response);
    http::async_write(stream_, response_,
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (error) return;
                        if (!self->response_.keep_alive()) return self->close();
                        self->read();
                      });
  }

  void close() {
    error_code ignored;
    stream_.socket().shutdown(Tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  HttpResponse response_;
  bool head_only_ = false;
  const HttpLimits& limits_;
  const HttpServer::Handler& handler_;
  std::size_t& count_;
};

}  // namespace

struct HttpServer::Impl {
  Impl(HttpLimits given_limits, Handler given_handler)
      : limits(given_limits), handler(std::move(given_handler)) {}

  ~Impl() {
    context.stop();
    if (thread.joinable()) thread.join();
  }

  void accept() {
    acceptor.async_accept([this](error_code error, Tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) return pause();  // out of descriptors, most likely
      if (sessions < limits.connections_max) {
        std::make_shared<Session>(std::move(socket), limits, handler, sessions)->read();
      }
      accept();
    });
  }

  void pause() {
    timer.expires_after(accept_pause);
    timer.async_wait([this](error_code error) {
      if (!error) accept();
    });
  }

  HttpLimits limits;
  Handler handler;
  Endpoint address;
  std::size_t sessions = 0;  // outlives the context, which destroys those still open
  asio::io_context context{1};
  Tcp::acceptor acceptor{context};
  asio::steady_timer timer{context};
  std::thread thread;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

const Endpoint& HttpServer::address() const { return impl_->address; }

Result<std::unique_ptr<HttpServer>, Complaint> HttpServer::start(const Endpoint& address,
                                                                 HttpLimits limits,
                                                                 Handler handler) {
  auto impl = std::make_unique<Impl>(limits, std::move(handler));
  try {
    const Tcp::endpoint where(asio::ip::make_address(address.address.text()), address.port);
    impl->acceptor.open(where.protocol());
    impl->acceptor.set_option(Tcp::acceptor::reuse_address(true));
    if (address.address.is_v6()) impl->acceptor.set_option(asio::ip::v6_only(true));
    impl->acceptor.bind(where);
    impl->acceptor.listen();
    impl->address = {address.address, impl->acceptor.local_endpoint().port()};
  } catch (const boost::system::system_error& e) {
    return complain("can't listen on http " + address.text() + ": " + e.code().message());
  }
  impl->accept();
  impl->thread = std::thread([context = &impl->context] { context->run(); });
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

}  // namespace strowger::host
