// A phone plugged into the virtual network, with somebody who decides what it does.
#pragma once

#include "base/random.hpp"
#include "sim/net.hpp"
#include "sim/phone.hpp"
#include "sim/streams.hpp"
#include "sim/world.hpp"

#include <memory>
#include <optional>
#include <string>

namespace strowger::sim {

// Whoever uses the phone: looks at it after everything that happens, and at deadline().
class Director {
 public:
  virtual ~Director() = default;
  virtual void advance(Phone& phone, Now now) = 0;
  virtual std::optional<Instant> deadline(const Phone& phone) const = 0;
};

class Caller final : public Node, public Station {
 public:
  struct Place {
    sip::Peer line;
    Endpoint media;
  };

  Caller(World& world, VirtualNet& net, PhoneOptions options, Place place);
  ~Caller() override;

  // Where the caller of that number lives, unless `address` says otherwise.
  static Place place(int number, sip::Transport transport, bool v6,
                     std::optional<IpAddress> address);

  Phone& phone() { return phone_; }
  Now now() const { return world_.now(); }
  const Place& where() const { return place_; }
  // From now on; the director must outlive the caller's use.
  void begin(Director& director);
  // From now on nothing passes, either way.
  void unplug();
  // Breaks its TCP connections, if it has any.
  void cut_connections();
  bool was_cut() const { return cut_; }

  void tick(Now now) override;
  std::optional<Instant> deadline() const override;
  void datagram(const Endpoint& local, const Endpoint& from, const std::string& bytes) override;
  void segment(const sip::Peer& from, std::string_view bytes) override;
  void disconnected(std::uint64_t connection) override;

 private:
  void settle();

  World& world_;
  VirtualNet& net_;
  Place place_;
  SeededRandom random_;
  Phone phone_;
  Streams streams_;
  Director* director_ = nullptr;
  bool plugged_ = true;
  bool cut_ = false;
};

}  // namespace strowger::sim
