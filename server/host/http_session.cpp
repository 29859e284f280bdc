#include "host/http_session.hpp"

#include "host/log.hpp"

#include <boost/asio/post.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

#include <string_view>
#include <utility>

namespace strowger::host {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

constexpr std::size_t read_bytes = 16 << 10;  // at once

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

api::Request plain(http::request<http::string_body>&& request) {
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

// The head of a response, and its body unless only the head was asked for.
std::string text_of(const api::Response& response, unsigned version, bool keep_alive,
                    bool head_only) {
  const auto phrase = http::obsolete_reason(http::int_to_status(
      static_cast<unsigned>(response.status)));
  auto text = fmt::format("HTTP/{}.{} {} {}\r\nServer: Strowger\r\n", version / 10, version % 10,
                          response.status, std::string_view(phrase.data(), phrase.size()));
  const auto field = [&text](std::string_view name, std::string_view value) {
    text.append(name).append(": ").append(value).append("\r\n");
  };
  if (!response.type.empty()) field("Content-Type", response.type);
  field("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : response.headers) field(name, value);
  if (version < 11 && keep_alive) field("Connection", "keep-alive");
  if (version >= 11 && !keep_alive) field("Connection", "close");
  const bool bodiless = response.status == 204 || response.status == 304;
  // A stream ends with its connection.
  if (!response.stream && !bodiless) field("Content-Length", std::to_string(response.body.size()));
  text += "\r\n";
  if (!head_only) text += response.body;
  return text;
}

}  // namespace

HttpSession::HttpSession(asio::ip::tcp::socket socket, House house, std::uint64_t id,
                         const IpAddress& source)
    : stream_(std::move(socket)),
      idle_(stream_.executor()),
      source_(source.text()),
      id_(id),
      house_(house) {
  house_.sessions[id_] = this;
  house_.census.add(id_, source);
}

HttpSession::~HttpSession() {
  house_.census.remove(id_);
  house_.sessions.erase(id_);
}

void HttpSession::make_room() {
  house_.census.remove(id_);
  stream_.drop();
}

void HttpSession::start() {
  if (!house_.tls) return read();
  stream_.expires_after(house_.limits.handshake);  // and for all that follows until read()
  stream_.detect_tls(buffer_, [self = shared_from_this()](Error error, bool encrypted) {
    if (error) return;
    if (encrypted) return self->shake_hands();
    self->tls_missed_ = true;
    self->read();
  });
}

void HttpSession::shake_hands() {
  stream_.shake_hands(*house_.tls, buffer_, [self = shared_from_this()](Error error) {
    if (!error) return self->read();
    log_debug(fmt::format("no TLS with {}: {}", self->source_, error.message()));
  });
}

void HttpSession::read() {
  house_.census.waits(id_);
  parser_.emplace();
  parser_->header_limit(house_.limits.head_bytes_max);
  parser_->body_limit(house_.limits.body_bytes_max);
  parser_->eager(true);
  head_bytes_ = 0;
  stream_.expires_after(house_.limits.request);
  parse();
}

// What is in the buffer. The parser's own limit holds for a line, not for many short ones: so it
// never gets more than a head may have.
HttpSession::Error HttpSession::take_in() {
  Error error;
  while (!error && buffer_.size() > 0 && !parser_->is_done()) {
    const bool head = !parser_->is_header_done();
    const std::size_t room = house_.limits.head_bytes_max - head_bytes_;
    const auto given = asio::buffer(buffer_.data(), head ? room : buffer_.size());
    const auto used = parser_->put(given, error);
    buffer_.consume(used);
    if (head) head_bytes_ += used;
    if (error == http::error::need_more) {
      if (!parser_->is_header_done() && given.size() == room) return http::error::header_limit;
      return {};
    }
  }
  return error;
}

// Reads until a request is whole.
void HttpSession::parse() {
  const auto error = take_in();
  if (error || parser_->is_done()) return on_read(error);
  stream_.read_some(buffer_.prepare(read_bytes),
                    [self = shared_from_this()](Error error, std::size_t bytes) {
                      if (error) return self->on_read(error);
                      self->buffer_.commit(bytes);
                      self->parse();
                    });
}

void HttpSession::refuse(int status, const char* title, const char* detail) {
  version_ = 11;
  head_only_ = false;
  write(api::problem(status, title, detail), false);
}

void HttpSession::on_read(Error error) {
  house_.census.works(id_);
  const bool silent = !parser_->got_some() && buffer_.size() == 0;
  if ((error == asio::error::eof && silent) || error == beast::error::timeout) return close();
  if (error == http::error::body_limit) {
    return refuse(413, "Content Too Large", "The body is too large.");
  }
  if (error == http::error::header_limit) {
    return refuse(431, "Request Header Fields Too Large", "The head is too large.");
  }
  if (error && error.category() == make_error_code(http::error::bad_method).category()) {
    return refuse(400, "Bad Request", "This is not HTTP/1.1.");
  }
  if (error) return;
  if (tls_missed_) {
    return refuse(400, "Bad Request", "This address speaks HTTPS: ask https://…");
  }
  // Where a body of unknown coding ends nobody can say: what follows may be a request that a
  // proxy before us took for the body (RFC 9112 §6.3).
  const auto& head = parser_->get();
  if (head.count(http::field::transfer_encoding) > 0 && !head.chunked()) {
    return refuse(400, "Bad Request", "Transfer-Encoding has to be chunked.");
  }
  auto request = parser_->release();
  version_ = request.version();
  head_only_ = request.method() == http::verb::head;
  const bool keep_alive = request.keep_alive();
  stream_.expires_never();  // the handler takes what it takes
  work(plain(std::move(request)), keep_alive);
}

// To a worker and back.
void HttpSession::work(api::Request&& request, bool keep_alive) {
  request.source = source_;
  request.tls = stream_.encrypted();
  asio::post(house_.workers,
             [self = shared_from_this(), request = std::move(request), keep_alive]() mutable {
               auto response = answer(self->house_.handler, request);
               const auto executor = self->idle_.get_executor();
               asio::post(executor, [self = std::move(self), response = std::move(response),
                                     keep_alive]() mutable {
                 self->write(std::move(response), keep_alive);
               });
             });
}

void HttpSession::write(api::Response&& response, bool keep_alive) {
  const bool stay = keep_alive && !response.stream;
  piece_ = text_of(response, version_, stay, head_only_);
  stream_.expires_after(house_.limits.response);
  stream_.write(asio::buffer(piece_), [self = shared_from_this(), stay,
                                       body = response.stream](Error error, std::size_t) {
    if (error) return;
    if (body && !self->head_only_) return self->stream(body);
    if (!stay) return self->close();
    self->read();
  });
}

// ---- a body without an end

void HttpSession::stream(std::shared_ptr<api::BodyStream> body) {
  body_ = std::move(body);
  writing_ = false;
  stream_.expires_never();
  notice_hang_up();
  body_->on_ready([weak = weak_from_this(), executor = idle_.get_executor()] {
    asio::post(executor, [weak] {
      if (const auto self = weak.lock()) self->pump();
    });
  });
  pump();
}

// Whoever listens has nothing more to say; reading tells when they are gone.
void HttpSession::notice_hang_up() {
  stream_.read_some(asio::buffer(unwanted_), [self = shared_from_this()](Error error, std::size_t) {
    if (error) self->end_stream();
    else self->notice_hang_up();
  });
}

void HttpSession::pump() {
  if (writing_ || !body_) return;
  auto text = body_->take();
  if (!text) return end_stream();
  if (!text->empty()) return send(std::move(*text));
  stream_.expires_never();
  idle_.expires_after(house_.limits.stream_idle);
  idle_.async_wait([self = shared_from_this()](Error error) {
    if (!error && self->body_ && !self->writing_) self->send(self->body_->idle());
  });
}

void HttpSession::send(std::string text) {
  writing_ = true;
  idle_.cancel();
  piece_ = std::move(text);
  stream_.expires_after(house_.limits.response);
  stream_.write(asio::buffer(piece_), [self = shared_from_this()](Error error, std::size_t) {
    self->writing_ = false;
    if (error) return self->end_stream();
    self->pump();
  });
}

// Without the farewell of TLS, which would wait for what is still being read and written: a
// listener knows whole events from cut ones.
void HttpSession::end_stream() {
  body_.reset();
  idle_.cancel();
  stream_.hang_up();
  stream_.cancel();
}

void HttpSession::close() {
  stream_.close(house_.limits.handshake, [self = shared_from_this()] {});
}

}  // namespace strowger::host
