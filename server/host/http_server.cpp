#include "host/http_server.hpp"

#include "host/beside_calls.hpp"
#include "host/connection_census.hpp"
#include "host/http_session.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <map>
#include <optional>
#include <thread>

namespace strowger::host {

namespace asio = boost::asio;
using boost::system::error_code;
using Tcp = asio::ip::tcp;
namespace ssl = asio::ssl;

namespace {

constexpr std::chrono::milliseconds accept_pause{100};  // when descriptors have run out

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
    const HttpSession::House house{limits, handler, workers, sessions, census, tls};
    std::make_shared<HttpSession>(std::move(socket), house, ++accepted, *source)->start();
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
  std::map<std::uint64_t, HttpSession*> sessions;
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
  impl->thread = std::thread([context = &impl->context] {
    begin_beside_calls("http");
    context->run();
  });
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

}  // namespace strowger::host
