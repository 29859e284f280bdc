// Everything a simulated call needs, set up from a scenario: world, network, server and callers.
#pragma once

#include "base/result.hpp"
#include "sim/caller.hpp"
#include "sim/net.hpp"
#include "sim/scenario.hpp"
#include "sim/server.hpp"
#include "sim/world.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace strowger::sim {

// The scenario's callflows and prompts, ready to run. Prompts are made once per process.
Result<flow::SnapshotPtr, Complaint> make_snapshot(const Scenario& scenario);

class Stage {
 public:
  // Who calls.
  struct Cast {
    PhoneOptions phone;
    sip::Transport transport = sip::Transport::udp;
    bool v6 = false;
    std::optional<IpAddress> address;
  };

  // The scenario's callers.
  Stage(const Scenario& scenario, flow::SnapshotPtr snapshot, std::uint64_t seed);
  // Others instead.
  Stage(const Scenario& scenario, flow::SnapshotPtr snapshot, std::uint64_t seed,
        const std::vector<Cast>& cast);

  World& world() { return world_; }
  VirtualNet& net() { return net_; }
  Server& server() { return *server_; }
  std::vector<std::unique_ptr<Caller>>& callers() { return callers_; }
  // Those that can be called, as in the scenario.
  std::vector<std::unique_ptr<Caller>>& phones() { return phones_; }

  // What must hold of every run when all timers have run out; "" when it does. Names the first
  // breach.
  std::string broken_invariant() const;
  // Whether some block was entered twice by one call; "" when none was. For callflows whose blocks
  // all have ids of their own and that have no circles.
  std::string repeated_block() const;

 private:
  std::string lost_or_doubled_calls() const;
  std::string answers_per_invite() const;
  bool was_cut_off(const std::string& invite) const;
  std::string sound_after_end() const;
  std::string unknown_destinations() const;
  bool may_be_reached(const Endpoint& endpoint) const;
  void place_phones(const std::vector<PhoneSpec>& phones);

  World world_;
  VirtualNet net_;
  std::unique_ptr<Server> server_;
  std::vector<std::unique_ptr<Caller>> callers_;
  std::vector<std::unique_ptr<Caller>> phones_;
};

}  // namespace strowger::sim
