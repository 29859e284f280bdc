// All calls of one shard, sans-I/O. host/ (sockets and the real clock) or sim/ (virtual ones) feeds
// it and then drains poll(). A call is walked by a script: a coroutine that flow/ supplies.
//
// Order is a promise: a call's record comes out of poll() before the final answer it describes
// (DESIGN law 5), so a driver that handles outputs in order never answers a call it has no record
// of.
#pragma once

#include "base/random.hpp"
#include "base/task.hpp"
#include "base/time.hpp"
#include "base/timer_queue.hpp"
#include "call/call_tally.hpp"
#include "call/limits.hpp"
#include "call/logged.hpp"
#include "call/media_ports.hpp"
#include "model/call_record.hpp"
#include "sip/user_agent.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <variant>
#include <vector>

namespace strowger::call {

class Call;

// ---- outputs, in the order in which they must take effect
struct StoreRecord {
  model::CallRecord record;
};
struct SendSip {
  sip::Peer peer;
  std::shared_ptr<const std::string> bytes;
};
struct SendMedia {
  PortId port = 0;
  bool rtcp = false;
  Endpoint to;
  std::vector<std::byte> bytes;
};
using Output = std::variant<StoreRecord, SendSip, SendMedia, Logged>;
// All but records, which are much larger: most outputs are packets of media.
using SmallOutput = std::variant<SendSip, SendMedia, Logged>;

// How callers without authentication are treated (`inbound.anonymous`).
enum class Anonymous : std::uint8_t { loopback, any, none };

class Exchange {
 public:
  // What happens to a call; destroyed when the call is over.
  using Script = std::function<Task<>(Call&)>;

  struct Config {
    Limits limits;
    Anonymous anonymous = Anonymous::loopback;
    std::string server_name = "Strowger";
    std::optional<IpAddress> advertised;  // see sip::UserAgent::Config
    std::size_t transactions_max = 200'000;  // likewise
    LogLevel log_from = LogLevel::debug;     // no line below this is made
    // Of all exchanges that calls_max is for; none: this one alone.
    std::shared_ptr<CallTally> tally;
  };

  Exchange(Config config, Random& random, MediaPorts& ports, Script script);
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  // One whole SIP message (a datagram, or what sip::StreamFramer cut out).
  void receive_sip(const sip::Peer& peer, std::string bytes, Now now);
  void connection_failed(std::uint64_t connection, Now now);
  void receive_media(PortId port, bool rtcp, const Endpoint& from,
                     std::span<const std::byte> packet, Now now);
  void tick(Now now);
  std::optional<Instant> deadline() const;
  std::optional<Output> poll();

  void configure(Config config);  // reload: for calls from now on
  // Refuses new calls with 503; those in progress go on.
  void drain();
  // Ends the call with that id: see Call::end(). False when it is not here, or over already.
  bool end(std::string_view call, const std::string& by, Now now);
  // The record so far of each call in progress.
  void each_in_progress(const std::function<void(const model::CallRecord&)>& look) const;
  // Ends every call in progress: 503 before an answer, BYE after it.
  void end_all(Now now);

  // The driver ends: what is over is recorded as complete, whatever its last word would have been.
  void close(Now now);

  std::size_t calls() const { return calls_.size(); }
  // Of these: not over. The others wait for the far end to acknowledge that they are.
  std::size_t calls_in_progress() const { return calls_.size() - ending_; }
  // SIP sessions and transactions not yet forgotten, calls included.
  std::size_t remembered() const;
  std::size_t open_ports() const { return by_port_.size(); }

 private:
  friend class Call;
  enum class Alarm : std::uint8_t { media, repeat_progress, wait, unanswered, call_limit };
  static constexpr std::size_t alarms = 5;
  struct Timer {
    sip::SessionId session;
    Alarm alarm;
  };

  void pump(Now now);
  void handle(sip::Invited& event, Now now);
  void handle(sip::Seen& event, Now now);
  void handle(sip::Send& event, Now now);
  void handle(sip::Ended& event, Now now);
  void handle(sip::Gone& event, Now now);
  void handle(sip::Noted& event, Now now);
  template <class Event>
  void handle(Event& event, Now now);  // the rest goes to its call
  Call* find(sip::SessionId session, Now now);
  void put(SmallOutput output) { outputs_.push_back(std::move(output)); }
  // `text` makes the line; it is asked only when somebody reads it.
  template <class Text>
  void log(LogLevel level, const Call* about, Text text) {
    if (level >= config_.log_from) put(Logged{level, text(), subject(about)});
  }
  static std::shared_ptr<const LogSubject> subject(const Call* call);
  // Closed as soon as poll() has nothing more: what is still to be sent from it leaves before.
  void give_back(PortId port);
  void finish_closing(Now now);

  Config config_;
  Random& random_;
  MediaPorts& ports_;
  Script script_;
  std::shared_ptr<CallTally> tally_;
  sip::UserAgent agent_;
  TimerQueue<Timer> timers_;
  std::unordered_map<sip::SessionId, std::unique_ptr<Call>> calls_;
  std::unordered_map<PortId, sip::SessionId> by_port_;
  std::size_t ending_ = 0;
  std::vector<sip::SessionId> closing_;  // over, and their last message has been seen
  std::deque<StoreRecord> records_;      // polled before outputs_
  std::deque<SmallOutput> outputs_;
  std::vector<PortId> given_back_;
};

}  // namespace strowger::call
