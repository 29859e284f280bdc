#include "host/tcp_transport.hpp"

#include "host/clock.hpp"
#include "host/log.hpp"
#include "host/socket_address.hpp"

#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace strowger::host {

namespace {

// Per turn and connection, so that no peer starves the others.
constexpr std::size_t read_bytes = 16'384;
constexpr int accepts_per_turn = 64;

void set_option(int fd, int level, int option, int value) {
  setsockopt(fd, level, option, &value, sizeof value);
}

}  // namespace

TcpTransport::TcpTransport(Loop& loop, User& user, TcpLimits limits, std::uint64_t first_id,
                           const TlsLinks* links)
    : loop_(loop),
      user_(user),
      limits_(limits),
      census_({.all_max = limits.connections_max, .per_address_max = limits.per_address_max}),
      next_id_(first_id),
      links_(links) {}

TcpTransport::~TcpTransport() {
  for (auto& [id, connection] : connections_) {
    loop_.disarm(connection->timer);
    loop_.forget(connection->fd.get());
  }
  for (auto& listener : listeners_) loop_.forget(listener->fd.get());
}

// ---- accepting

Result<Endpoint, Complaint> TcpTransport::listen(sip::Transport transport,
                                                 const Endpoint& address, PortUse use) {
  const auto refuse = [&](int error) {
    return complain("can't listen on " + std::string(sip::uri_name(transport)) + ":" +
                    address.text() + ": " + std::strerror(error));
  };
  const int family = address.address.is_v6() ? AF_INET6 : AF_INET;
  FileDescriptor fd(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return refuse(errno);
  set_option(fd.get(), SOL_SOCKET, SO_REUSEADDR, 1);
  if (family == AF_INET6) set_option(fd.get(), IPPROTO_IPV6, IPV6_V6ONLY, 1);
  if (bind_port(fd.get(), SocketAddress(address), use) != 0) return refuse(errno);
  if (::listen(fd.get(), SOMAXCONN) != 0) return refuse(errno);
  const auto bound = bound_endpoint(fd.get());
  auto& listener = *listeners_.emplace_back(
      std::make_unique<Listener>(Listener{std::move(fd), transport}));
  loop_.watch(listener.fd.get(), EPOLLIN, [this, &listener](std::uint32_t) { accept(listener); });
  return bound;
}

void TcpTransport::accept(const Listener& listener) {
  for (int i = 0; i < accepts_per_turn; ++i) {
    FileDescriptor fd(accept4(listener.fd.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (fd) {
      take_in(std::move(fd), listener.transport);
      continue;
    }
    if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) pause(listener);
    if (errno != ECONNABORTED && errno != EINTR) return;
  }
}

// Out of descriptors: the waiting connection would wake the loop for ever. Calls over UDP go on
// meanwhile.
void TcpTransport::pause(const Listener& listener) {
  if (shortage_warning_.now(monotonic_now())) {
    log_warning("out of file descriptors: new TCP connections wait; raise the limit (ulimit -n)");
  }
  loop_.change(listener.fd.get(), 0);
  loop_.at(monotonic_now() + limits_.accept_pause,
           [this, &listener] { loop_.change(listener.fd.get(), EPOLLIN); });
}

void TcpTransport::take_in(FileDescriptor fd, sip::Transport transport) {
  SocketAddress remote;
  if (transport == sip::Transport::tls && !tls_) return;
  if (getpeername(fd.get(), remote.get(), &remote.length) != 0) return;
  const auto verdict = census_.judge(remote.endpoint().address);
  if (!verdict.welcome) return;  // closed by going out of scope
  if (verdict.instead_of) close(*verdict.instead_of);
  const sip::Peer peer{.transport = transport,
                       .local = bound_endpoint(fd.get()),
                       .remote = remote.endpoint()};
  auto& connection = add(std::move(fd), peer, Stage::open);
  if (transport == sip::Transport::tls) connection.tls = std::make_unique<TlsLayer>(tls_);
}

TcpTransport::Connection& TcpTransport::add(FileDescriptor fd, const sip::Peer& peer, Stage stage) {
  const auto id = next_id_++;
  set_option(fd.get(), IPPROTO_TCP, TCP_NODELAY, 1);
  auto& connection = *connections_.emplace(id, std::make_unique<Connection>()).first->second;
  connection.fd = std::move(fd);
  connection.peer = peer;
  connection.peer.connection = id;
  connection.stage = stage;
  connection.since = monotonic_now();
  census_.add(id, peer.remote.address);
  if (stage == Stage::connecting) census_.works(id);  // we are the one who wants something
  loop_.watch(connection.fd.get(), stage == Stage::connecting ? EPOLLOUT : EPOLLIN,
              [this, id](std::uint32_t events) { ready(id, events); });
  watch_time(connection);
  return connection;
}

TcpTransport::Connection* TcpTransport::find(std::uint64_t id) {
  const auto found = connections_.find(id);
  return found == connections_.end() ? nullptr : found->second.get();
}

// ---- reading

void TcpTransport::ready(std::uint64_t id, std::uint32_t events) {
  auto* const connection = find(id);
  if (!connection) return;
  if (connection->stage == Stage::connecting) return connected(*connection);
  if ((events & EPOLLOUT) != 0 && !write(*connection)) return;
  if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0 && !read(*connection)) return;
  await_events(*connection);
}

// False: the connection is closed, or about to be.
bool TcpTransport::read(Connection& connection) {
  std::array<char, read_bytes> bytes;
  const auto count = recv(connection.fd.get(), bytes.data(), bytes.size(), 0);
  if (count < 0 && (errno == EAGAIN || errno == EINTR)) return true;
  const bool over = connection.stage != Stage::open && connection.stage != Stage::shaking_hands;
  if (count < 0 || (count == 0 && over)) {
    close(connection.peer.connection);
    return false;
  }
  if (over) return true;  // what comes after the end is not read by anybody
  if (count == 0) {
    // Whoever we call over it is called over a new one from now on.
    if (connection.link) close(connection.peer.connection);
    else end_after_writing(connection);
    return false;
  }
  const bool was_waiting = connection.framer.waiting() > 0;
  if (!feed(connection, {bytes.data(), static_cast<std::size_t>(count)})) return false;
  // A stranger's time runs from the accept; the others' from the first byte of a message.
  if (!was_waiting && connection.heard) connection.since = monotonic_now();
  take_frames(connection);
  return true;
}

// False: what came can't be decrypted; the connection is about to be closed.
bool TcpTransport::feed(Connection& connection, std::string_view bytes) {
  if (!connection.tls) {
    connection.framer.feed(bytes);
    return true;
  }
  std::string plain;
  const bool good = connection.tls->receive(bytes, plain);
  const bool room = enqueue_encrypted(connection);  // its side of the handshake, or an alert
  if (good && connection.stage == Stage::shaking_hands && connection.tls->ready()) {
    hands_shaken(connection);
  }
  if (good) {
    connection.framer.feed(plain);
    if (room) return write(connection);
    close(connection.peer.connection);
    return false;
  }
  if (connection.link) {
    link_failed(connection.peer, *connection.link, connection.tls->why());
  } else {
    log_info(fmt::format("tls:{}: {}; connection closed", connection.peer.remote.text(),
                         connection.tls->why()));
  }
  end_after_writing(connection);
  return false;
}

void TcpTransport::take_frames(Connection& connection) {
  while (auto frame = connection.framer.next()) {
    if (!connection.heard && frame->kind == sip::Frame::Kind::message) {
      connection.heard = true;
      census_.works(connection.peer.connection);
    }
    if (connection.heard) connection.since = monotonic_now();
    switch (frame->kind) {
      case sip::Frame::Kind::ping:
        enqueue(connection, std::make_shared<const std::string>(sip::stream_pong));
        break;
      case sip::Frame::Kind::message:
        user_.received(connection.peer, std::move(frame->bytes));
        break;
      case sip::Frame::Kind::broken:
        log_info(fmt::format("{}:{}: {}; connection closed",
                             sip::uri_name(connection.peer.transport),
                             connection.peer.remote.text(), frame->why));
        if (!frame->bytes.empty()) user_.received(connection.peer, std::move(frame->bytes));
        end_after_writing(connection);
        return;
    }
  }
  watch_time(connection);
}

// ---- writing

bool TcpTransport::send(const sip::Peer& peer, std::shared_ptr<const std::string> bytes) {
  auto* const connection = peer.connection != 0 ? find(peer.connection) : open(peer);
  if (!connection || connection->stage == Stage::lingering) return false;
  if (!enqueue(*connection, std::move(bytes))) {
    close(connection->peer.connection);
    return false;
  }
  if (connection->stage == Stage::connecting) return true;
  if (!write(*connection)) return false;
  await_events(*connection);
  return true;
}

bool TcpTransport::enqueue_encrypted(Connection& connection) {
  auto bytes = connection.tls->take();
  if (bytes.empty()) return true;
  connection.unsent_bytes += bytes.size();
  connection.unsent.push_back(std::make_shared<const std::string>(std::move(bytes)));
  return connection.unsent_bytes <= limits_.unsent_bytes_max;
}

bool TcpTransport::enqueue(Connection& connection, std::shared_ptr<const std::string> bytes) {
  if (connection.tls) {
    connection.tls->send(*bytes);
    return connection.tls->waiting() <= limits_.unsent_bytes_max && enqueue_encrypted(connection);
  }
  if (connection.unsent_bytes + bytes->size() > limits_.unsent_bytes_max) return false;
  connection.unsent_bytes += bytes->size();
  connection.unsent.push_back(std::move(bytes));
  return true;
}

// False: the connection failed and is closed.
bool TcpTransport::write(Connection& connection) {
  while (!connection.unsent.empty()) {
    const auto& front = *connection.unsent.front();
    const auto count = ::send(connection.fd.get(), front.data() + connection.first_sent,
                              front.size() - connection.first_sent, MSG_NOSIGNAL);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return true;
    if (count < 0) {
      close(connection.peer.connection);
      return false;
    }
    connection.first_sent += count;
    connection.unsent_bytes -= count;
    if (connection.first_sent == front.size()) {
      connection.unsent.pop_front();
      connection.first_sent = 0;
    }
  }
  if (connection.said_all) linger(connection);
  return true;
}

void TcpTransport::await_events(Connection& connection) {
  if (connection.stage == Stage::connecting) return;
  const std::uint32_t in = connection.stage == Stage::last_words ? 0U : EPOLLIN;
  const std::uint32_t out = connection.unsent.empty() ? 0U : EPOLLOUT;
  loop_.change(connection.fd.get(), in | out);
}

// ---- ending

// What its last messages are answered with still goes out. Our own answer is sent at the end of
// this turn.
void TcpTransport::end_after_writing(Connection& connection) {
  connection.stage = Stage::last_words;
  tell_unreachable(connection);
  connection.since = monotonic_now();
  watch_time(connection);
  await_events(connection);
  const auto say_all = [this, id = connection.peer.connection] {
    auto* const ending = find(id);
    if (!ending) return;
    ending->said_all = true;
    if (ending->tls) {
      ending->tls->close();
      enqueue_encrypted(*ending);
    }
    if (write(*ending)) await_events(*ending);
  };
  if (limits_.last_answers == Duration::zero()) return loop_.post(say_all);
  loop_.at(connection.since + limits_.last_answers, say_all);
}

// Closing with unread input would reset the connection and may destroy our last words on their way.
void TcpTransport::linger(Connection& connection) {
  connection.stage = Stage::lingering;
  connection.said_all = false;  // said
  connection.since = monotonic_now();
  shutdown(connection.fd.get(), SHUT_WR);
  watch_time(connection);
}

void TcpTransport::close(std::uint64_t id) {
  auto node = connections_.extract(id);
  if (node.empty()) return;
  auto& connection = *node.mapped();
  census_.remove(id);
  loop_.disarm(connection.timer);
  loop_.forget(connection.fd.get());
  const auto opened = opened_.find(place_of(connection.peer));
  if (opened != opened_.end() && opened->second == id) opened_.erase(opened);
  if (connection.link && connection.stage == Stage::connecting) {
    link_failed(connection.peer, *connection.link, "no connection: it is refused, or nobody "
                                                   "answers; is the port that of TLS?");
  } else if (connection.link && connection.stage == Stage::shaking_hands) {
    link_failed(connection.peer, *connection.link, "the far end took the connection, but does not "
                                                   "speak TLS there");
  }
  user_.connection_lost(id);
  tell_unreachable(connection);
}

Duration TcpTransport::patience(const Connection& connection) const {
  switch (connection.stage) {
    case Stage::connecting:
    case Stage::shaking_hands: return limits_.connecting;
    case Stage::last_words:
    case Stage::lingering: return limits_.lingering;
    case Stage::open: break;
  }
  if (connection.framer.waiting() > 0) return limits_.rest_of_message;
  if (kept_alive(connection)) return limits_.keep_alive;
  return connection.heard ? limits_.quiet : limits_.first_message;
}

// A timer that is too early is left to ring and looks again: messages are many, time-outs are few.
void TcpTransport::watch_time(Connection& connection) {
  const auto due = connection.since + patience(connection);
  if (connection.timer != 0 && connection.timer_due <= due) return;
  loop_.disarm(connection.timer);
  const auto id = connection.peer.connection;
  connection.timer = loop_.at(due, [this, id] { time_is_up(id); });
  connection.timer_due = due;
}

void TcpTransport::time_is_up(std::uint64_t id) {
  auto& connection = *find(id);
  connection.timer = 0;
  if (connection.since + patience(connection) > monotonic_now()) return watch_time(connection);
  const bool greets = kept_alive(connection) && connection.framer.waiting() == 0;
  if (!greets || !enqueue(connection, std::make_shared<const std::string>(sip::stream_ping))) {
    return close(id);
  }
  connection.since = monotonic_now();
  watch_time(connection);
  if (write(connection)) await_events(connection);
}

}  // namespace strowger::host
