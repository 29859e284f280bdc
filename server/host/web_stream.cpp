#include "host/web_stream.hpp"

#include <boost/asio/write.hpp>
#include <boost/beast/core/detect_ssl.hpp>

#include <utility>

namespace strowger::host {

namespace asio = boost::asio;
namespace beast = boost::beast;

WebStream::WebStream(asio::ip::tcp::socket socket)
    : stream_(std::in_place_type<Plain>, std::move(socket)) {
  Error ignored;
  tcp().socket().set_option(asio::ip::tcp::no_delay(true), ignored);  // TLS sends records apart
}

WebStream::Plain& WebStream::tcp() {
  return std::visit([](auto& stream) -> auto& { return beast::get_lowest_layer(stream); },
                    stream_);
}

void WebStream::detect_tls(beast::flat_buffer& buffer, std::function<void(Error, bool)> done) {
  beast::async_detect_ssl(tcp(), buffer, std::move(done));
}

void WebStream::shake_hands(asio::ssl::context& tls, beast::flat_buffer& buffer,
                            std::function<void(Error)> done) {
  Plain plain = std::move(std::get<Plain>(stream_));
  auto& stream = stream_.emplace<Encrypted>(std::move(plain), tls);
  stream.async_handshake(asio::ssl::stream_base::server, buffer.data(),
                         [&buffer, done = std::move(done)](Error error, std::size_t used) {
                           buffer.consume(used);
                           done(error);
                         });
}

void WebStream::read_some(asio::mutable_buffer into, Done done) {
  std::visit([&](auto& stream) { stream.async_read_some(into, std::move(done)); }, stream_);
}

void WebStream::write(asio::const_buffer bytes, Done done) {
  std::visit([&](auto& stream) { asio::async_write(stream, bytes, std::move(done)); }, stream_);
}

void WebStream::close(std::chrono::milliseconds patience, std::function<void()> done) {
  auto* const stream = std::get_if<Encrypted>(&stream_);
  if (!stream) {
    hang_up();
    return done();
  }
  expires_after(patience);
  stream->async_shutdown([this, done = std::move(done)](Error) {
    hang_up();
    done();
  });
}

void WebStream::hang_up() {
  Error ignored;
  tcp().socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
}

}  // namespace strowger::host
