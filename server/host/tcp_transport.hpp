// SIP over TCP, plain or inside TLS: listeners, accepted and opened connections, each with its
// framer, its time limits and a bounded queue of what is still to be written.
#pragma once

#include "base/result.hpp"
#include "host/connection_census.hpp"
#include "host/file_descriptor.hpp"
#include "host/log.hpp"
#include "host/loop.hpp"
#include "host/shared_port.hpp"
#include "host/tls_layer.hpp"
#include "sip/peer.hpp"
#include "sip/stream_framer.hpp"

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace strowger::host {

struct TcpLimits {
  std::size_t connections_max = 10'000;
  std::size_t per_address_max = 2'000;
  std::size_t unsent_bytes_max = 1 << 20;  // per connection; beyond, the peer does not read: cut
  Duration first_message = std::chrono::seconds{30};   // from accept to a whole message
  Duration rest_of_message = std::chrono::seconds{30};  // from its first byte to its last
  // After its first message a connection is part of calls and registrations, so it may be quiet
  // longer; phones send a keep-alive every two minutes or so (RFC 5626 4.4.1).
  Duration quiet = std::chrono::minutes{15};
  Duration connecting = std::chrono::seconds{10};  // to a connection, then to hands shaken over it
  // What we opened by TLS stays open: the carrier calls us over it. So often something is said
  // there (RFC 5626 4.4.1), and so long the network may take nothing.
  Duration keep_alive = std::chrono::seconds{90};
  Duration network_mute = std::chrono::seconds{30};
  Duration lingering = std::chrono::seconds{2};      // for our last words on a connection we close
  // From the peer's end of a connection to the answers that another shard still gives; none when
  // this shard answers all.
  Duration last_answers{};
  Duration accept_pause = std::chrono::milliseconds{100};  // when descriptors have run out
};

class TcpTransport {
 public:
  class User {
   public:
    virtual ~User() = default;
    virtual void received(const sip::Peer& peer, std::string bytes) = 0;
    virtual void connection_lost(std::uint64_t connection) = 0;
    // None could be opened to there, or the one that was has ended. `peer.connection` is 0.
    virtual void unreachable(const sip::Peer& peer) = 0;
  };

  // Its connections are numbered from `first_id` on. `links`: to whom it opens TLS; none: nobody.
  TcpTransport(Loop& loop, User& user, TcpLimits limits, std::uint64_t first_id = 1,
               const TlsLinks* links = nullptr);
  ~TcpTransport();

  // Port 0 lets the kernel pick one; returns where it listens. `transport` is tcp or tls.
  Result<Endpoint, Complaint> listen(sip::Transport transport, const Endpoint& address,
                                     PortUse use = PortUse::alone);
  // For connections accepted from now on. Without one those over TLS are closed at once.
  void use(TlsContext tls) { tls_ = std::move(tls); }
  // To peer.connection, or when that is 0 to a connection to peer.remote, opened if there is none
  // (by TLS for a peer.link only, and each link has its own).
  // False: that connection is gone, or can't take more.
  bool send(const sip::Peer& peer, std::shared_ptr<const std::string> bytes);
  // Ends it at once. Not while User::received() is told of one of its messages.
  void cut(std::uint64_t connection) { close(connection); }

  std::size_t connections() const { return connections_.size(); }

 private:
  enum class Stage : std::uint8_t {
    connecting,
    shaking_hands,  // TLS of ours
    open,
    last_words,  // reads no more: what is queued goes out, then it ends
    lingering,   // our end is shut, until the peer's is or time is up
  };
  struct Connection {
    FileDescriptor fd;
    sip::Peer peer;
    std::unique_ptr<TlsLayer> tls;
    std::shared_ptr<const TlsLink> link;  // TLS of ours; else null
    Stage stage = Stage::open;
    bool opened = false;    // by us, and nobody was told yet that it has ended
    bool heard = false;     // at least one whole message
    bool said_all = false;  // last words: nothing will be added to what is queued
    Instant since;       // when the wait began whose length patience() says
    TimerId timer = 0;
    Instant timer_due;
    sip::StreamFramer framer;
    std::deque<std::shared_ptr<const std::string>> unsent;
    std::size_t unsent_bytes = 0;
    std::size_t first_sent = 0;  // bytes of unsent.front() that are gone already
  };
  struct Listener {
    FileDescriptor fd;
    sip::Transport transport;
  };

  void accept(const Listener& listener);
  void pause(const Listener& listener);
  void take_in(FileDescriptor fd, sip::Transport transport);
  Connection& add(FileDescriptor fd, const sip::Peer& peer, Stage stage);
  Connection* find(std::uint64_t id);
  using Place = std::tuple<sip::Transport, Endpoint, std::uint32_t>;
  static Place place_of(const sip::Peer& peer) {
    return {peer.transport, peer.remote, peer.link};
  }
  Connection* open(const sip::Peer& peer);
  Connection* connect_to(const sip::Peer& peer, std::shared_ptr<const TlsLink> link);
  void ready(std::uint64_t id, std::uint32_t events);
  void connected(Connection& connection);
  bool read(Connection& connection);
  bool feed(Connection& connection, std::string_view bytes);
  void hands_shaken(Connection& connection);
  void link_failed(const sip::Peer& peer, const TlsLink& link, const std::string& why);
  void tell_unreachable(Connection& connection);
  bool kept_alive(const Connection& connection) const;
  void take_frames(Connection& connection);
  bool write(Connection& connection);
  bool enqueue(Connection& connection, std::shared_ptr<const std::string> bytes);
  bool enqueue_encrypted(Connection& connection);
  void end_after_writing(Connection& connection);
  void linger(Connection& connection);
  void close(std::uint64_t id);
  Duration patience(const Connection& connection) const;
  void watch_time(Connection& connection);
  void time_is_up(std::uint64_t id);
  void await_events(Connection& connection);

  Loop& loop_;
  User& user_;
  TcpLimits limits_;
  std::vector<std::unique_ptr<Listener>> listeners_;
  std::unordered_map<std::uint64_t, std::unique_ptr<Connection>> connections_;
  ConnectionCensus census_;
  TlsContext tls_;
  std::map<Place, std::uint64_t> opened_;  // by whom we connected to
  // Links that failed are not tried again at once, and not told of again and again.
  struct Rest {
    int failures = 0;
    Instant until{};
    std::string why;
    Instant told{};
  };
  std::map<Place, Rest> rests_;
  std::uint64_t next_id_;
  const TlsLinks* links_;
  Seldom shortage_warning_;
};

}  // namespace strowger::host
