// One shard: a thread's loop, its sockets and its Exchange. What the sockets bring is fed to the
// Exchange; what the Exchange puts out is done in order at the end of each turn: first the
// records, in one write, then everything that leaves the machine (DESIGN law 5). So no final
// answer is ahead of its record. What its sockets bring for calls of other shards is posted to
// those.
#pragma once

#include "call/exchange.hpp"
#include "host/answer_times.hpp"
#include "host/clock.hpp"
#include "host/counters.hpp"
#include "host/intake.hpp"
#include "host/junctions.hpp"
#include "host/loop.hpp"
#include "host/pace.hpp"
#include "host/record_batch.hpp"
#include "host/record_spool.hpp"
#include "host/registration_sink.hpp"
#include "host/rtp_ports.hpp"
#include "host/sip_address.hpp"
#include "host/system_random.hpp"
#include "host/tap.hpp"
#include "host/tcp_transport.hpp"
#include "host/udp_socket.hpp"

#include <functional>
#include <future>
#include <memory>
#include <variant>
#include <vector>

namespace strowger::host {

// Takes what calls want changed, in the shard's thread; must not wait.
using ChangeTaker = std::function<void(std::shared_ptr<const model::DocumentChange>)>;

struct ShardConfig {
  std::vector<SipAddress> listen;
  TcpLimits tcp;
  AdmissionLimits admission;
  std::optional<IpAddress> advertised;  // see RtpConfig
  std::optional<HepConfig> hep;         // none: no copies
  call::Exchange::Config exchange;
  RegistrationSink* registrations = nullptr;  // outlives the shard; none: nobody asks
  TlsContext tls;                             // for addresses over TLS
  const TlsLinks* links = nullptr;            // whom it calls by TLS; outlives the shard
  ChangeTaker changes;                        // none: what calls want changed is dropped
};

// What it shares with the other shards of the server.
struct ShardPlace {
  Junctions& junctions;
  FreePairs& rtp_pairs;
  Entrance& entrance;
  TraceHub& trace;
  std::size_t index;
};

class Shard final : private Loop::Turn, private TcpTransport::User {
 public:
  // Binds everything or nothing.
  static Result<std::unique_ptr<Shard>, Complaint> open(const ShardConfig& config, ShardPlace place,
                                                        RecordSink& sink,
                                                        call::Exchange::Script script);
  ~Shard() override;

  // Where it listens, in the order of the configuration, with the ports that were picked.
  const std::vector<SipAddress>& addresses() const { return addresses_; }
  const Counters& counters() const { return counters_; }

  // The thread of the shard: returns after stop().
  void run();

  // From any thread.
  void configure(call::Exchange::Config config);
  void use(TlsContext tls);  // for connections from now on
  void drain();
  // Whether it was a call of this shard in progress.
  std::future<bool> end(std::string call, std::string by);
  // In the thread of the shard, for each of its calls in progress.
  using Look = std::function<void(const model::CallRecord&)>;
  std::future<void> each_in_progress(Look look);
  // The records of all calls that are over are with the sink then.
  std::future<void> flush();
  void end_all();
  void change_locations(sip::LocationChange change);
  void use_carriers(std::vector<call::CarrierAccount> carriers);
  void stop() { loop_.stop(); }

  // Before run(): what was registered in an earlier run. `ours`: see sip::LocationTable::apply().
  void restore(const sip::LocationChange& change, bool ours) {
    exchange_.restore(change, ours, real_now());
  }

 private:
  Shard(const ShardConfig& config, ShardPlace place, RecordSink& sink,
        call::Exchange::Script script);

  Result<void, Complaint> listen(const SipAddress& address);
  PortUse port_use() const;
  void read(const UdpSocket& socket);
  void received(const sip::Peer& peer, std::string bytes) override;
  void connection_lost(std::uint64_t connection) override;
  void unreachable(const sip::Peer& peer) override { unreachable_.push_back(peer); }
  bool take_in(const sip::Peer& peer, std::string_view bytes, Instant at);
  bool hand_over(std::size_t owner, Arrival arrival);
  void work(Now now);
  bool serve_timers(Now now);
  void send_what_is_due(Now now);
  void receive_media(call::PortId port, bool rtcp, const Endpoint& from,
                      std::span<const std::byte> packet);
  void open_letters();
  void deliver(ReceivedSip& letter);
  void deliver(call::SendSip& letter);
  void deliver(LostConnection& letter);
  void deliver(call::LocationChanged& letter) { exchange_.apply(*letter.change); }
  void deliver(call::Guessed& letter) { exchange_.count(*letter.answer); }
  void deliver(call::LampTold& letter);

  std::optional<Instant> deadline() const override;
  void finish(Now now) override;
  Instant rest_until() const override { return pace_.rest_until(); }
  // Feeds the Exchange, then takes its outputs, to be done at the end of the turn.
  template <class Work>
  void feed(Work work);
  void collect();
  void take(call::StoreRecord&& output);
  void take(call::SendSip&& output) { sends_.emplace_back(std::move(output)); }
  void take(call::SendMedia&& output);
  void take(call::Logged&& output);
  void take(call::LocationChanged&& output);
  void take(call::Guessed&& output) { tell_the_others(output); }
  void take(call::LampTold&& output) { tell_the_others(output); }
  void take(call::ChangeWanted&& output);
  template <class News>
  void tell_the_others(const News& news);
  void write_records(Instant now);
  void write_all_records(Instant now);
  void send_all();
  void send(const call::SendSip& message);
  void send_on_connection(const call::SendSip& message);
  void send_inside(const call::SendSip& message);
  void send(const call::SendMedia& packet);
  void tap_rtcp(trace::Direction direction, call::PortId port, const Endpoint& remote,
                std::span<const std::byte> packet);
  void send_datagrams();
  const UdpSocket* socket_for(const Endpoint& local) const;
  void post_letters();
  void publish_gauges();

  ShardPlace place_;
  Loop loop_;
  SystemRandom random_;
  Counters counters_;
  AnswerTimes answer_times_{counters_};
  Tap tap_;
  RecordSpool spool_;
  RtpPorts ports_;
  TcpTransport tcp_;
  std::vector<std::unique_ptr<UdpSocket>> udp_;
  std::vector<SipAddress> addresses_;
  call::Exchange exchange_;
  Intake intake_;
  Pace pace_;
  std::size_t messages_in_turn_ = 0;  // from sockets and mailbox
  RegistrationSink* registrations_;
  ChangeTaker changes_;

  static constexpr Instant never = Instant::max();
  RecordBatch records_;
  std::vector<std::variant<call::SendSip, call::SendMedia>> sends_;
  std::vector<std::variant<call::SendSip, call::SendMedia>> sending_;  // of send_all(), else empty
  std::vector<std::vector<Letter>> outbound_;  // by shard
  std::vector<std::uint64_t> lost_;  // connections, of which the Exchange is not yet told
  std::vector<sip::Peer> unreachable_;  // likewise
  Instant last_tick_{};
  bool late_ = false;  // media of this turn, by a packet or more
  std::vector<std::uint64_t> cut_;   // connections to be ended in this turn
  Seldom slow_write_warning_;
  const UdpSocket* batch_socket_ = nullptr;
  std::vector<Datagram> batch_;
};

}  // namespace strowger::host
