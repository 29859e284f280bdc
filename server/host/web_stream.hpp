// A connection of the web side, plain or inside TLS, for one request after the other. Whoever uses
// it need not know which of the two it is; and Asio's templates are compiled once, for plain
// std::functions, instead of once for each use and kind of stream.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <variant>

namespace strowger::host {

class WebStream {
 public:
  using Error = boost::system::error_code;
  using Done = std::function<void(Error, std::size_t bytes)>;
  using Executor = boost::asio::any_io_executor;

  explicit WebStream(boost::asio::ip::tcp::socket socket);

  // Reads into `buffer` until it is clear whether the peer speaks TLS.
  void detect_tls(boost::beast::flat_buffer& buffer, std::function<void(Error, bool)> done);
  // What `buffer` holds came before; what is left in it afterwards, too.
  void shake_hands(boost::asio::ssl::context& tls, boost::beast::flat_buffer& buffer,
                   std::function<void(Error)> done);
  bool encrypted() const { return std::holds_alternative<Encrypted>(stream_); }

  // Some bytes, at least one. The end of the stream is asio::error::eof.
  void read_some(boost::asio::mutable_buffer into, Done done);
  // All of them, or an error.
  void write(boost::asio::const_buffer bytes, Done done);

  // For what was begun and not yet done: later it fails with beast::error::timeout.
  void expires_after(std::chrono::milliseconds time) { tcp().expires_after(time); }
  void expires_never() { tcp().expires_never(); }

  // The farewell of TLS, if any, and hang_up(). It waits for what is being read or written.
  void close(std::chrono::milliseconds patience, std::function<void()> done);
  void hang_up();                    // nothing more will be sent
  void cancel() { tcp().cancel(); }  // what was begun fails
  void drop() { tcp().close(); }
  Executor executor() { return tcp().get_executor(); }

 private:
  using Plain = boost::beast::tcp_stream;
  using Encrypted = boost::asio::ssl::stream<Plain>;

  Plain& tcp();  // below TLS, if there is any

  std::variant<Plain, Encrypted> stream_;
};

}  // namespace strowger::host
