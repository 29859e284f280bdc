// One connection to the HTTP server: its requests, one after the other, and their responses.
#pragma once

#include "api/http.hpp"
#include "host/connection_census.hpp"
#include "host/http_server.hpp"
#include "host/web_stream.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace strowger::host {

// Owns itself: it lives as long as something is under way.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  // What all connections share; outlives them.
  struct House {
    const HttpLimits& limits;
    const HttpServer::Handler& handler;
    boost::asio::thread_pool& workers;
    std::map<std::uint64_t, HttpSession*>& sessions;
    ConnectionCensus& census;
    std::optional<boost::asio::ssl::context>& tls;
  };

  HttpSession(boost::asio::ip::tcp::socket socket, House house, std::uint64_t id,
              const IpAddress& source);
  ~HttpSession();

  void start();
  // It waited, and others want its place. What it waits for tells it so.
  void make_room();

 private:
  using Error = WebStream::Error;

  void shake_hands();
  void read();
  void parse();
  Error take_in();
  void on_read(Error error);
  void refuse(int status, const char* title, const char* detail);
  void work(api::Request&& request, bool keep_alive);
  void write(api::Response&& response, bool keep_alive);
  void stream(std::shared_ptr<api::BodyStream> body);
  void notice_hang_up();
  void pump();
  void send(std::string text);
  void end_stream();
  void close();

  WebStream stream_;
  bool tls_missed_ = false;  // plain HTTP where TLS is spoken
  boost::asio::steady_timer idle_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<boost::beast::http::string_body>> parser_;
  std::size_t head_bytes_ = 0;  // of this request that the parser has taken
  unsigned version_ = 11;  // of the request, as Beast counts: 1.1
  bool head_only_ = false;
  std::shared_ptr<api::BodyStream> body_;
  std::string piece_;  // that is being written
  std::array<char, 256> unwanted_{};
  bool writing_ = false;
  std::string source_;
  std::uint64_t id_;
  House house_;
};

}  // namespace strowger::host
