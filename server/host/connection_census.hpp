// Who holds how many connections, and which of them keep us waiting. When there are too many, of
// one customer or of all, the one that has kept us waiting for the longest makes room for the
// newcomer: a thousand connections that say nothing lock nobody out.
#pragma once

#include "base/ip_network.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

namespace strowger::host {

class ConnectionCensus {
 public:
  using Id = std::uint64_t;
  struct Limits {
    std::size_t all_max = 0;
    std::size_t per_address_max = 0;  // IPv6: per /64
  };
  struct Verdict {
    bool welcome = false;
    std::optional<Id> instead_of = {};  // to be closed first
  };

  explicit ConnectionCensus(Limits limits) : limits_(limits) {}

  Verdict judge(const IpAddress& newcomer) const;
  // Of a connection that waits: until what it says is whole, it may have to make room.
  void add(Id id, const IpAddress& address);
  // Of one that was removed they say nothing.
  void waits(Id id);  // again, from now on
  void works(Id id);
  void remove(Id id);
  std::size_t size() const { return connections_.size(); }

 private:
  struct Connection {
    IpAddress customer;
    std::uint64_t waits_since = 0;  // a number that grows; 0: does not wait
  };

  std::optional<Id> longest_waiting() const;
  std::optional<Id> longest_waiting(const IpAddress& customer) const;

  Limits limits_;
  std::map<Id, Connection> connections_;
  std::map<IpAddress, std::size_t> counts_;    // by customer
  std::map<std::uint64_t, Id> waiting_;        // the longest first
  std::uint64_t waits_ = 0;
};

}  // namespace strowger::host
