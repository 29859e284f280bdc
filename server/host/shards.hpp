// The calls of a server: one shard or several, each in a thread of its own, all listening on the
// same addresses. What is said to the shards is said to all of them here.
#pragma once

#include "host/shard.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace strowger::host {

struct ShardsConfig {
  ShardConfig shard;  // its limits are the server's: each shard gets its part
  PortRange rtp_ports;
  SourceLimits sources;
};

// One shard per core that this process may use.
std::size_t shards_by_default();

class Shards {
 public:
  // As many as there are sinks: each shard writes to its own. `script` runs in all their threads.
  // Binds everything or nothing. The sinks outlive this.
  static Result<std::unique_ptr<Shards>, Complaint> open(const ShardsConfig& config,
                                                         const std::vector<RecordSink*>& sinks,
                                                         const call::Exchange::Script& script);
  ~Shards();
  Shards(const Shards&) = delete;
  Shards& operator=(const Shards&) = delete;

  // Where they listen, in the order of the configuration, with the ports that were picked.
  const std::vector<SipAddress>& addresses() const { return shards_.front()->addresses(); }
  std::size_t count() const { return shards_.size(); }
  const Counters& counters(std::size_t shard) const { return shards_[shard]->counters(); }
  std::uint64_t total(Counter Counters::*counter) const;
  TraceHub& trace() { return trace_; }

  // Takes calls from now on, until stop().
  void start();
  void stop();

  // From any thread.
  void configure(const call::Exchange::Config& config);
  void use(const TlsContext& tls);  // for SIP connections from now on
  void drain();
  // Waits for the shards. False when no call in progress has that id.
  bool end(const std::string& call, const std::string& by);
  // In the threads of the shards; done when this returns, but for a shard that stops meanwhile.
  void each_in_progress(const Shard::Look& look);
  // The records of all calls that are over are with the sinks then.
  void flush();
  void end_all();
  void change_locations(sip::LocationChange change);
  // The first shard registers for all.
  void use_carriers(std::vector<call::CarrierAccount> carriers) {
    shards_.front()->use_carriers(std::move(carriers));
  }

  // Before start(): what was registered in an earlier run.
  void restore(const sip::LocationChange& change);

 private:
  Shards(const ShardsConfig& config, std::size_t count);
  call::Exchange::Config part_of(call::Exchange::Config config) const;

  SystemRandom random_;
  Junctions junctions_;
  FreePairs rtp_pairs_;
  Entrance entrance_;
  TraceHub trace_;
  std::vector<std::unique_ptr<Shard>> shards_;
  std::vector<std::thread> threads_;
};

}  // namespace strowger::host
