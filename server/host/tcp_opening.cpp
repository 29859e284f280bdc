// TcpTransport: connections that we open: plain, or by TLS to somebody whom we know by name.
#include "host/clock.hpp"
#include "host/log.hpp"
#include "host/socket_address.hpp"
#include "host/tcp_transport.hpp"

#include <fmt/format.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

namespace strowger::host {

namespace {

// After a failure a link rests: from a second on, doubled up to half a minute. Calls go to the next
// address meanwhile.
constexpr Duration first_rest = std::chrono::seconds{1};
constexpr int doublings_max = 5;
constexpr Duration same_again = std::chrono::minutes{1};  // between two lines about one trouble
constexpr std::size_t rests_max = 10'000;

}  // namespace

TcpTransport::Connection* TcpTransport::open(const sip::Peer& peer) {
  const auto place = place_of(peer);
  if (const auto known = opened_.find(place); known != opened_.end()) {
    auto* const connection = find(known->second);
    if (connection->stage != Stage::last_words && connection->stage != Stage::lingering) {
      return connection;
    }
  }
  if (peer.transport != sip::Transport::tls) return connect_to(peer, nullptr);
  auto link = links_ != nullptr ? links_->find(peer.link) : nullptr;
  if (!link) return nullptr;
  const auto rest = rests_.find(place);
  if (rest != rests_.end() && monotonic_now() < rest->second.until) return nullptr;
  auto* const connection = connect_to(peer, link);
  if (connection == nullptr) link_failed(peer, *link, "no connection can be made to there");
  return connection;
}

TcpTransport::Connection* TcpTransport::connect_to(const sip::Peer& peer,
                                                   std::shared_ptr<const TlsLink> link) {
  if (connections_.size() >= limits_.connections_max) return nullptr;
  const int family = peer.remote.address.is_v6() ? AF_INET6 : AF_INET;
  FileDescriptor fd(socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!fd) return nullptr;
  const SocketAddress name(peer.remote);
  if (connect(fd.get(), name.get(), name.length) != 0 && errno != EINPROGRESS) return nullptr;
  auto& connection = add(std::move(fd), peer, Stage::connecting);
  connection.opened = true;
  if (link) {
    connection.tls = std::make_unique<TlsLayer>(links_->client(), link->far());
    connection.link = std::move(link);
    const auto mute = std::chrono::duration_cast<std::chrono::milliseconds>(limits_.network_mute);
    const int milliseconds = static_cast<int>(mute.count());
    setsockopt(connection.fd.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds,
               sizeof milliseconds);
  }
  opened_[place_of(peer)] = connection.peer.connection;
  return &connection;
}

void TcpTransport::connected(Connection& connection) {
  int error = 0;
  socklen_t length = sizeof error;
  getsockopt(connection.fd.get(), SOL_SOCKET, SO_ERROR, &error, &length);
  if (error != 0 || connected_to_itself(connection.fd.get())) {
    return close(connection.peer.connection);
  }
  connection.stage = Stage::open;
  connection.heard = true;  // we spoke first: the time limit of strangers is not for this one
  connection.since = monotonic_now();
  if (connection.link) {
    connection.stage = Stage::shaking_hands;
    connection.tls->greet();
    enqueue_encrypted(connection);
  }
  watch_time(connection);
  if (write(connection)) await_events(connection);
}

void TcpTransport::hands_shaken(Connection& connection) {
  connection.stage = Stage::open;
  connection.since = monotonic_now();
  rests_.erase(place_of(connection.peer));
  connection.link->report("");
  log_info(fmt::format("{}: TLS to {} ({}) is up", connection.link->who(),
                       connection.link->far().name, connection.peer.remote.text()));
  watch_time(connection);
}

void TcpTransport::link_failed(const sip::Peer& peer, const TlsLink& link, const std::string& why) {
  const auto now = monotonic_now();
  if (rests_.size() >= rests_max) rests_.clear();
  auto& rest = rests_[place_of(peer)];
  rest.until = now + first_rest * (1 << std::min(rest.failures++, doublings_max));
  const auto trouble = fmt::format("TLS to {} ({}) failed: {}", link.far().name,
                                   peer.remote.text(), why);
  link.report(trouble);
  if (rest.why == why && now - rest.told < same_again) return;
  rest.why = why;
  rest.told = now;
  log_warning(fmt::format("{}: {}", link.who(), trouble));
}

// What waits for an answer of it waits in vain; said once.
void TcpTransport::tell_unreachable(Connection& connection) {
  if (!std::exchange(connection.opened, false)) return;
  auto peer = connection.peer;
  peer.connection = 0;
  user_.unreachable(peer);
}

bool TcpTransport::kept_alive(const Connection& connection) const {
  return connection.link && connection.stage == Stage::open && connection.link->wanted();
}

}  // namespace strowger::host
