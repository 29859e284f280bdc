#include "host/http_server.hpp"

#include "api/http.hpp"
#include "host/connection_census.hpp"
#include "host/log.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <fmt/format.h>

#include <array>
#include <map>
#include <optional>
#include <thread>
#include <variant>

namespace strowger::host {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::system::error_code;
using Tcp = asio::ip::tcp;
namespace ssl = asio::ssl;

namespace {

constexpr std::chrono::milliseconds accept_pause{100};  // when descriptors have run out

using HttpRequest = http::request<http::string_body>;
using HttpResponse = http::response<http::string_body>;
using Plain = beast::tcp_stream;
using Encrypted = ssl::stream<beast::tcp_stream>;

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

api::Request plain(HttpRequest&& request) {
  const std::string_view target(request.target().data(), request.target().size());
  const auto question = target.find('?');
  api::Request plain{.method = std::string(request.method_string()),
                     .path = std::string(target.substr(0, question)),
                     .body = std::move(request.body())};
  if (question != std::string_view::npos) plain.query = target.substr(question + 1);
  for (const auto& field : request) {
    const auto name = field.name_string();
    plain.headers.emplace_back(lower_case({name.data(), name.size()}),
                               std::string(field.value()));
  }
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
  out.keep_alive(keep_alive && !response.stream);
  out.set(http::field::server, "Strowger");
  if (!response.type.empty()) out.set(http::field::content_type, response.type);
  out.set("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : response.headers) out.insert(name, value);
  out.body() = std::move(response.body);
  if (!response.stream) out.prepare_payload();  // a stream ends with its connection
  return out;
}

class Session : public std::enable_shared_from_this<Session> {
 public:
  struct House {
    const HttpLimits& limits;
    const HttpServer::Handler& handler;
    asio::thread_pool& workers;
    std::map<std::uint64_t, Session*>& sessions;
    ConnectionCensus& census;
    std::optional<ssl::context>& tls;
  };

  Session(Tcp::socket socket, House house, std::uint64_t id, const IpAddress& source)
      : stream_(std::in_place_type<Plain>, std::move(socket)),
        idle_(tcp().get_executor()),
        source_(source.text()),
        id_(id),
        house_(house) {
    house_.sessions[id_] = this;
    house_.census.add(id_, source);
    error_code error;
    tcp().socket().set_option(Tcp::no_delay(true), error);  // TLS sends head and body apart
  }
  ~Session() {
    house_.census.remove(id_);
    house_.sessions.erase(id_);
  }

  // It waited, and others want its place. What it waits for tells it so.
  void make_room() {
    house_.census.remove(id_);
    tcp().close();
  }

  void start() {
    if (!house_.tls) return read();
    tcp().expires_after(house_.limits.handshake);  // and for all that follows until read()
    beast::async_detect_ssl(tcp(), buffer_,
                            [self = shared_from_this()](error_code error, bool encrypted) {
                              if (error) return;
                              if (encrypted) return self->shake_hands();
                              self->tls_missed_ = true;
                              self->read();
                            });
  }

 private:
  // The bare connection below TLS, if there is any.
  beast::tcp_stream& tcp() {
    return std::visit([](auto& stream) -> auto& { return beast::get_lowest_layer(stream); },
                      stream_);
  }

  bool encrypted() const { return std::holds_alternative<Encrypted>(stream_); }

  void shake_hands() {
    Plain plain = std::move(std::get<Plain>(stream_));
    auto& stream = stream_.emplace<Encrypted>(std::move(plain), *house_.tls);
    stream.async_handshake(ssl::stream_base::server, buffer_.data(),
                           [self = shared_from_this()](error_code error, std::size_t used) {
                             self->buffer_.consume(used);
                             if (!error) return self->read();
                             log_debug(fmt::format("no TLS with {}: {}", self->source_,
                                                   error.message()));
                           });
  }

  void read() {
    house_.census.waits(id_);
    parser_.emplace();
    parser_->header_limit(house_.limits.head_bytes_max);
    parser_->body_limit(house_.limits.body_bytes_max);
    tcp().expires_after(house_.limits.request);
    std::visit(
        [this](auto& stream) {
          http::async_read(stream, buffer_, *parser_,
                           [self = shared_from_this()](error_code error, std::size_t) {
                             self->on_read(error);
                           });
        },
        stream_);
  }

  void on_read(error_code error) {
    house_.census.works(id_);
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
    if (tls_missed_) {
      return write(api::problem(400, "Bad Request", "This address speaks HTTPS: ask https://…"),
                   11, false);
    }
    // Where a body of unknown coding ends nobody can say: what follows may be a request that a
    // proxy before us took for the body (RFC 9112 §6.3).
    const auto& head = parser_->get();
    if (head.count(http::field::transfer_encoding) > 0 && !head.chunked()) {
      return write(api::problem(400, "Bad Request", "Transfer-Encoding has to be chunked."), 11,
                   false);
    }
    auto request = parser_->release();
    const auto version = request.version();
    const bool keep_alive = request.keep_alive();
    head_only_ = request.method() == http::verb::head;
    tcp().expires_never();  // the handler takes what it takes
    work(plain(std::move(request)), version, keep_alive);
  }

  // To a worker and back.
  void work(api::Request&& request, unsigned version, bool keep_alive) {
    request.source = source_;
    request.tls = encrypted();
    asio::post(house_.workers, [self = shared_from_this(), request = std::move(request), version,
                                keep_alive]() mutable {
      auto response = answer(self->house_.handler, request);
      const auto executor = self->idle_.get_executor();
      asio::post(executor, [self = std::move(self), response = std::move(response), version,
                            keep_alive]() mutable {
        self->write(std::move(response), version, keep_alive);
      });
    });
  }

  void write(api::Response&& response, unsigned version, bool keep_alive) {
    auto body = response.stream;
    response_ = to_beast(std::move(response), version, keep_alive);
    if (head_only_) response_.body().clear();  // Content-Length stays what GET would give
    tcp().expires_after(house_.limits.response);
    const auto written = [self = shared_from_this(), body](error_code error, std::size_t) {
      if (error) return;
      if (body && !self->head_only_) return self->stream(body);
      if (!self->response_.keep_alive()) return self->close();
      self->read();
    };
    std::visit([&](auto& stream) { http::async_write(stream, response_, written); }, stream_);
  }

  // ---- a body without an end

  void stream(std::shared_ptr<api::BodyStream> body) {
    body_ = std::move(body);
    writing_ = false;
    tcp().expires_never();
    notice_hang_up();
    body_->on_ready([weak = weak_from_this(), executor = idle_.get_executor()] {
      asio::post(executor, [weak] {
        if (const auto self = weak.lock()) self->pump();
      });
    });
    pump();
  }

  // Whoever listens has nothing more to say; reading tells when they are gone.
  void notice_hang_up() {
    const auto noticed = [self = shared_from_this()](error_code error, std::size_t) {
      if (error) self->end_stream();
      else self->notice_hang_up();
    };
    std::visit([&](auto& stream) { stream.async_read_some(asio::buffer(unwanted_), noticed); },
               stream_);
  }

  void pump() {
    if (writing_ || !body_) return;
    auto text = body_->take();
    if (!text) return end_stream();
    if (!text->empty()) return send(std::move(*text));
    tcp().expires_never();
    idle_.expires_after(house_.limits.stream_idle);
    idle_.async_wait([self = shared_from_this()](error_code error) {
      if (!error && self->body_ && !self->writing_) self->send(self->body_->idle());
    });
  }

  void send(std::string text) {
    writing_ = true;
    idle_.cancel();
    piece_ = std::move(text);
    tcp().expires_after(house_.limits.response);
    const auto sent = [self = shared_from_this()](error_code error, std::size_t) {
      self->writing_ = false;
      if (error) return self->end_stream();
      self->pump();
    };
    std::visit([&](auto& stream) { asio::async_write(stream, asio::buffer(piece_), sent); },
               stream_);
  }

  // Without the farewell of TLS, which would wait for what is still being read and written: a
  // listener knows whole events from cut ones.
  void end_stream() {
    body_.reset();
    idle_.cancel();
    hang_up();
    tcp().cancel();
  }

  void close() {
    auto* const stream = std::get_if<Encrypted>(&stream_);
    if (!stream) return hang_up();
    tcp().expires_after(house_.limits.handshake);
    stream->async_shutdown([self = shared_from_this()](error_code) { self->hang_up(); });
  }

  void hang_up() {
    error_code ignored;
    tcp().socket().shutdown(Tcp::socket::shutdown_send, ignored);
  }

  std::variant<Plain, Encrypted> stream_;
  bool tls_missed_ = false;  // plain HTTP where TLS is spoken
  asio::steady_timer idle_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  HttpResponse response_;
  bool head_only_ = false;
  std::shared_ptr<api::BodyStream> body_;
  std::string piece_;
  std::array<char, 256> unwanted_{};
  bool writing_ = false;
  std::string source_;
  std::uint64_t id_;
  House house_;
};

}  // namespace

struct HttpServer::Impl {
  Impl(HttpLimits given_limits, Handler given_handler)
      : limits(given_limits),
        handler(std::move(given_handler)),
        census({.all_max = limits.connections_max, .per_address_max = limits.per_address_max}) {}

  ~Impl() {
    context.stop();
    if (thread.joinable()) thread.join();
    workers.stop();
    workers.join();
  }

  void accept() {
    acceptor.async_accept([this](error_code error, Tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) return pause();  // out of descriptors, most likely
      take_in(std::move(socket));
      accept();
    });
  }

  void take_in(Tcp::socket socket) {
    error_code error;
    const auto remote = socket.remote_endpoint(error);
    const auto source = error ? std::nullopt : IpAddress::parse(remote.address().to_string());
    if (!source) return;  // gone already
    const auto verdict = census.judge(*source);
    if (!verdict.welcome) return;
    if (verdict.instead_of) sessions.at(*verdict.instead_of)->make_room();
    const Session::House house{limits, handler, workers, sessions, census, tls};
    std::make_shared<Session>(std::move(socket), house, ++accepted, *source)->start();
  }

  void use(const TlsContext& given) {
    SSL_CTX_up_ref(given.get());
    tls.emplace(given.get());
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
  // Both outlive the context, which destroys the sessions still open.
  std::map<std::uint64_t, Session*> sessions;
  ConnectionCensus census;
  std::uint64_t accepted = 0;
  std::optional<ssl::context> tls;
  asio::io_context context{1};
  Tcp::acceptor acceptor{context};
  asio::steady_timer timer{context};
  asio::thread_pool workers{limits.workers};
  std::thread thread;
};

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() = default;

const Endpoint& HttpServer::address() const { return impl_->address; }

void HttpServer::use(TlsContext tls) {
  post([impl = impl_.get(), tls = std::move(tls)] { impl->use(tls); });
}

void HttpServer::post(std::function<void()> work) {
  asio::post(impl_->context, std::move(work));
}

void HttpServer::after(std::chrono::milliseconds delay, std::function<void()> work) {
  auto timer = std::make_unique<asio::steady_timer>(impl_->context, delay);
  auto& waiting = *timer;
  waiting.async_wait([timer = std::move(timer), work = std::move(work)](error_code error) {
    if (!error) work();
  });
}

Result<std::unique_ptr<HttpServer>, Complaint> HttpServer::start(const Endpoint& address,
                                                                 HttpLimits limits,
                                                                 Handler handler,
                                                                 TlsContext tls) {
  auto impl = std::make_unique<Impl>(limits, std::move(handler));
  if (tls) impl->use(tls);
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
