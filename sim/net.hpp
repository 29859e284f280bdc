// The virtual network between one server and its callers: datagrams that may be lost, doubled,
// delayed and overtaken, and byte streams that arrive in pieces. All of it decided by the world's
// seed.
#pragma once

#include "base/endpoint.hpp"
#include "base/time.hpp"
#include "sim/world.hpp"
#include "sip/peer.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strowger::sim {

// What happens to datagrams of one direction. Probabilities 0..1.
struct Faults {
  double loss = 0;
  double duplicate = 0;
  double reorder = 0;  // delayed by `reorder_by` on top
  Duration reorder_by = std::chrono::milliseconds{40};
  Duration delay = std::chrono::milliseconds{1};
  Duration jitter{};  // up to so much more, evenly
  double split = 0;   // stream segments cut at random places
};

// A party on the network. Everything arrives through here.
class Station {
 public:
  virtual ~Station() = default;
  virtual void datagram(const Endpoint& local, const Endpoint& from, const std::string& bytes) = 0;
  // Bytes of a stream; `connection` means the same on both of its sides.
  virtual void segment(const sip::Peer& from, std::string_view bytes) = 0;
  virtual void disconnected(std::uint64_t connection) = 0;
};

// A SIP message as it was handed to the network.
struct Captured {
  Instant at;
  sip::Transport transport = sip::Transport::udp;
  Endpoint from;
  Endpoint to;
  std::shared_ptr<const std::string> bytes;
  bool lost = false;
};

// A datagram for an address where nobody is.
struct Stray {
  Endpoint from;
  Endpoint to;
  std::string bytes;
};

class VirtualNet {
 public:
  explicit VirtualNet(World& world) : world_(world) {}

  // Which way a datagram goes is told by where it comes from: the server's stations are named here.
  void set_faults(Faults to_server, Faults to_caller);
  void attach(const Endpoint& endpoint, Station& station, bool is_server);
  void detach(const Endpoint& endpoint);
  void detach_all(const Station& station);

  // ---- SIP; each whole message is captured
  void send_sip(const sip::Peer& peer, std::shared_ptr<const std::string> bytes);
  // ---- anything else over UDP
  void send_datagram(const Endpoint& from, const Endpoint& to, std::span<const std::byte> bytes);
  // Both sides are told, and nothing more arrives.
  void cut(std::uint64_t connection);
  // Every connection that ends there.
  void cut_all(const Endpoint& end);

  const std::vector<Captured>& capture() const { return capture_; }
  const std::vector<Stray>& strays() const { return strays_; }
  // Chance 0..1 by the world's seed.
  bool chance(double probability);

 private:
  struct Place {
    Station* station;
    bool is_server;
  };
  struct Connection {
    Endpoint client;
    Endpoint server;
    Instant arrival[2] = {};  // of the last segment: to the server side, to the client side
    bool open = true;
  };

  const Faults& faults_from(const Endpoint& from) const;
  Station* station_at(const Endpoint& endpoint) const;
  bool carry(const Endpoint& from, const Endpoint& to, std::shared_ptr<const std::string> bytes);
  void arrive(const Endpoint& from, const Endpoint& to, std::shared_ptr<const std::string> bytes);
  void stream(const sip::Peer& peer, const std::string& bytes);
  std::uint64_t connect(const Endpoint& from, const Endpoint& to);
  void deliver_segment(std::uint64_t id, bool to_server_side, std::string bytes, Duration delay);

  World& world_;
  Faults to_server_;
  Faults to_caller_;
  std::map<Endpoint, Place> places_;
  std::map<std::uint64_t, Connection> connections_;
  std::map<std::pair<Endpoint, Endpoint>, std::uint64_t> by_ends_;
  std::uint64_t last_connection_ = 0;
  std::vector<Captured> capture_;
  std::vector<Stray> strays_;
};

}  // namespace strowger::sim
