// The real call engine in virtual time: one Exchange with the real interpreter, on virtual sockets.
// Keeps what came out of it, and counts what must never happen.
#pragma once

#include "base/random.hpp"
#include "call/exchange.hpp"
#include "call/seat_subscribers.hpp"
#include "flow/interpreter.hpp"
#include "flow/snapshot.hpp"
#include "model/call_record.hpp"
#include "sim/net.hpp"
#include "sim/streams.hpp"
#include "sim/virtual_ports.hpp"
#include "sim/world.hpp"
#include "sip/subscribers.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace strowger::sim {

// A packet of sound that left the server, and a message that ended a call: which came first is told
// by `order`.
struct SentSound {
  std::size_t order = 0;  // of the last packet
  Instant at;
  std::size_t packets = 0;
};
struct SentEnd {
  std::size_t order = 0;
  Instant at;
};

class Server final : public Node, public Station {
 public:
  struct Config {
    call::Exchange::Config exchange;
    flow::FlowLimits limits;
    flow::SnapshotPtr snapshot;
    // Carriers are known by their addresses; whoever else calls is that device, if there is one.
    bool knows_sources = false;
    std::string caller_device;
    bool logs_in = false;  // devices may: with sources known
  };

  Server(World& world, VirtualNet& net, Config config);
  ~Server() override;

  static Endpoint sip_endpoint(bool v6);

  // ---- what there is to see
  call::Exchange& exchange() { return exchange_; }
  const std::vector<call::Logged>& log() const { return log_; }
  // The newest version of each record, in the order in which they first came.
  std::vector<model::CallRecord> records() const;
  // Call-IDs whose script was started, as often as it was.
  const std::multiset<std::string>& walked() const { return walked_; }
  const VirtualPorts& ports() const { return ports_; }
  const std::map<Endpoint, SentSound>& sound() const { return sound_; }
  const std::map<std::string, SentEnd>& ends() const { return ends_; }  // by Call-ID
  // "Call-ID CSeq" of the INVITEs that came, and the final answers that each got, without
  // repetitions.
  const std::map<std::string, std::set<std::string>>& answers() const { return answers_; }
  // Broken promises that only an observer of the outputs' order can see; "" when there are none.
  const std::string& breach() const { return breach_; }
  // Nothing left of any call: no call, transaction, port or timer.
  std::string left_over();

  // Of that device; "" when there is none.
  std::string username_of(std::string_view device) const;

  void use(flow::SnapshotPtr snapshot) { snapshot_ = std::move(snapshot); }
  // Runs `work` with the exchange, then hands over what came of it.
  template <class Work>
  void with_exchange(Work&& work) {
    work(exchange_, world_.now());
    drain();
  }

  void tick(Now now) override;
  std::optional<Instant> deadline() const override { return exchange_.deadline(); }
  void datagram(const Endpoint& local, const Endpoint& from, const std::string& bytes) override;
  void segment(const sip::Peer& from, std::string_view bytes) override;
  void disconnected(std::uint64_t connection) override;

 private:
  void drain();
  void handle(call::StoreRecord& output);
  void handle(call::SendSip& output);
  void handle(call::SendMedia& output);
  void handle(call::LocationChanged&) {}
  void handle(call::Guessed&) {}
  void handle(call::LampTold&) {}
  void handle(call::ChangeWanted&) {}  // the record has a note of it
  void handle(call::Logged& output) { log_.push_back(std::move(output)); }
  void note_arrival(std::string_view bytes);
  void note_departure(const sip::Message& message);

  // The devices of the account may prove who they are, and never have to: whoever calls is whom the
  // scenario says.
  class Sources final : public sip::Subscribers {
   public:
    Sources(const Server& server, const Config& config);
    std::optional<sip::Domain> domain(std::string_view host) const override {
      return logs_in_ ? seats_.domain(host) : std::nullopt;
    }
    std::optional<sip::Subscriber> find(const sip::Domain& domain,
                                        std::string_view username) const override {
      return seats_.find(domain, username);
    }
    std::optional<std::string> watchable(const sip::Domain& domain,
                                         std::string_view user) const override {
      return seats_.watchable(domain, user);
    }
    std::optional<std::vector<std::string>> phones_of(const sip::Domain& domain,
                                                      std::string_view user) const override {
      return seats_.phones_of(domain, user);
    }
    bool owns(std::string_view, std::string_view) const override { return false; }
    std::optional<sip::Identity> known_by_source(const sip::Peer& source, std::string_view host,
                                                  std::string_view user) const override;

   private:
    const Server& server_;
    std::string device_;
    bool logs_in_;
    call::SeatSubscribers seats_;
  };
  call::Exchange::Config with_sources(Config& config);

  World& world_;
  VirtualNet& net_;
  std::optional<Sources> sources_;
  SeededRandom random_;
  VirtualPorts ports_;
  flow::SnapshotPtr snapshot_;
  std::multiset<std::string> walked_;
  flow::Interpreter interpreter_;
  call::Exchange exchange_;
  Streams streams_;
  std::vector<call::Logged> log_;
  std::vector<std::string> record_order_;
  std::map<std::string, model::CallRecord> records_;  // by id
  std::set<std::string> recorded_calls_;              // Call-IDs
  std::set<std::string> accepted_;                    // Call-IDs
  std::map<Endpoint, SentSound> sound_;
  std::map<std::string, SentEnd> ends_;
  std::map<std::string, std::set<std::string>> answers_;
  std::size_t order_ = 0;
  std::string breach_;
};

}  // namespace strowger::sim
