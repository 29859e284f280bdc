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
#include "call/beat.hpp"
#include "call/call_tally.hpp"
#include "call/carrier_logins.hpp"
#include "call/device_lines.hpp"
#include "call/lamps.hpp"
#include "call/limits.hpp"
#include "call/logged.hpp"
#include "call/media_ports.hpp"
#include "call/qualifier.hpp"
#include "call/text_messages.hpp"
#include "call/transcoding_slots.hpp"
#include "media/codec.hpp"
#include "model/call_record.hpp"
#include "model/document_change.hpp"
#include "sip/location_table.hpp"
#include "sip/user_agent.hpp"

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

namespace strowger::call {

class Call;
class Leg;
struct PhoneSet;

// ---- outputs, in the order in which they must take effect
struct StoreRecord {
  model::CallRecord record;
  bool before_answer = true;  // the caller's final answer follows; else nobody waits for it
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
// Somebody registered, or a registration of this exchange lapsed: for whoever keeps them, and, when
// it is `news`, for the other exchanges, which apply() it.
struct LocationChanged {
  std::shared_ptr<const sip::LocationChange> change;
  bool news = true;
};
// A wrong password: for the other exchanges, which count() it.
struct Guessed {
  std::shared_ptr<const sip::WrongAnswer> answer;
};
// A call wants a document of its account changed: for whoever keeps them.
struct ChangeWanted {
  std::shared_ptr<const model::DocumentChange> change;
};
// Who watches whose calls here, and what calls here are: for the other exchanges, which apply() it.
struct LampTold {
  std::shared_ptr<const LampNews> news;
};
using Output = std::variant<StoreRecord, SendSip, SendMedia, Logged, LocationChanged, Guessed,
                            ChangeWanted, LampTold>;
// All but records, which are much larger: most outputs are packets of media.
using SmallOutput =
    std::variant<SendSip, SendMedia, Logged, LocationChanged, Guessed, ChangeWanted, LampTold>;

// How callers without authentication are treated (`inbound.anonymous`).
enum class Anonymous : std::uint8_t { loopback, any, none };

class Exchange {
 public:
  // What happens to a call; destroyed when the call is over.
  using Script = std::function<Task<>(Call&)>;

  struct Config {
    Limits limits;
    Anonymous anonymous = Anonymous::loopback;
    // That calls may use, in the order of our own offers; at least one.
    std::vector<media::Codec> codecs{media::codecs_in_order.begin(), media::codecs_in_order.end()};
    // Calls whose two ends have no codec in common and talk all the same, at the same time; 0: such
    // ends are refused with 488.
    std::size_t transcoded_calls_max = 100;
    std::string server_name = "Strowger";
    std::optional<IpAddress> advertised;  // see sip::UserAgent::Config
    std::size_t transactions_max = 200'000;  // likewise
    LogLevel log_from = LogLevel::debug;     // no line below this is made
    // Who may log in; none: nobody. Outlives the exchange.
    const sip::Subscribers* subscribers = nullptr;
    sip::RegistrarLimits registrar;
    // Of all exchanges that calls_max is for; none: this one alone.
    std::shared_ptr<CallTally> tally;
    std::shared_ptr<DeviceLines> lines;  // likewise
    // Do messages with this Call-ID come to this exchange (docs/decisions/0008-shards.md)? The
    // calls that we make need one that does. Empty: all of them.
    std::function<bool(std::string_view call_id)> owns_call_id;
    // What Call-IDs of a dialog with the exchange that this Call-ID belongs to begin with: what is
    // sent in such a dialog to a peer inside (sip/inside.hpp) reaches it. "": it is this one's own.
    std::function<std::string(std::string_view call_id)> inside_call_id;
    std::size_t number = 0;  // of this one among the exchanges of a server
    // The same for each of the others: whom to ask what rings there.
    std::vector<std::string> inside_call_ids;
  };

  Exchange(Config config, Random& random, MediaPorts& ports, Script script);
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  // One whole SIP message (a datagram, or what sip::StreamFramer cut out).
  void receive_sip(const sip::Peer& peer, std::string bytes, Now now);
  void connection_failed(std::uint64_t connection, Now now);
  // No connection could be opened to there, or the one that was opened has ended.
  void unreachable(const sip::Peer& peer, Now now);
  void receive_media(PortId port, bool rtcp, const Endpoint& from,
                     std::span<const std::byte> packet, Now now);
  // Of calls at most so many: there are more for as long as deadline() is not later than `now`.
  static constexpr std::size_t calls_per_tick = 64;
  void tick(Now now);
  std::optional<Instant> deadline() const;
  std::optional<Output> poll();

  // Where the devices of all accounts are, as this exchange knows it.
  sip::LocationTable& locations() { return locations_; }
  // Before the first message: what was registered in an earlier run. `ours`: see
  // sip::LocationTable::apply().
  void restore(const sip::LocationChange& change, bool ours, Now now);
  // What another exchange told.
  void apply(const sip::LocationChange& change) { locations_.apply(change, false); }
  void count(const sip::WrongAnswer& answer) { agent_.count(answer); }
  void apply(const LampNews& news, Now now);
  // A change that nobody's REGISTER asked for: an administrator's.
  void change_locations(sip::LocationChange change);

  // Where to register from now on: of all exchanges of a server one is told.
  void use_carriers(std::vector<CarrierAccount> carriers, Now now);

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

  // For drivers that refuse calls before they are parsed: see sip::UserAgent::knows(); no further
  // call would be taken.
  bool knows(const sip::HeadScan& request) const { return agent_.knows(request); }
  bool full() const { return agent_.full() || tally_->full(config_.limits.calls_max); }

  std::size_t calls() const { return calls_.size(); }
  // Of these: not over. The others wait for the far end to acknowledge that they are.
  std::size_t calls_in_progress() const { return calls_.size() - ending_; }
  // Whose two ends have no codec in common.
  std::size_t transcoded_calls() const { return transcoding_.taken(); }
  std::uint64_t transcoded_calls_total() const { return transcoding_.total(); }
  // SIP sessions and transactions not yet forgotten, calls included.
  std::size_t remembered() const;
  std::size_t open_ports() const { return by_port_.size(); }

 private:
  friend class Bridge;
  friend class Call;
  friend class Leg;
  enum class Alarm : std::uint8_t { media, repeat_progress, wait, unanswered, call_limit, glare };
  static constexpr std::size_t alarms = 6;
  struct Timer {
    sip::SessionId session;
    Alarm alarm;
  };

  void pump(Now now);
  void keep_time(Now now);
  void begin_outputs();
  void handle(sip::Invited& event, Now now);
  void handle(sip::Seen& event, Now now);
  void handle(sip::Send& event, Now now);
  void handle(sip::Ended& event, Now now);
  void handle(sip::Gone& event, Now now);
  void handle(sip::Registered& event, Now now);
  void handle(sip::Replied& event, Now now);
  void handle(sip::Paged& event, Now now) { texts_.on(event, now); }
  void handle(sip::Guessed& event, Now now);
  void handle(sip::Noted& event, Now now);
  void handle(sip::Watching& event, Now now);
  bool light_lamps(Now now);
  Qualifier::Ways qualifying();
  void see(Leg& leg, const sip::Message& message);
  template <class Event>
  void handle(Event& event, Now now);  // the rest goes to its call
  // By the session that it talks with its caller in now; by the one that it began with.
  Call* find(sip::SessionId session, Now now);
  Call* find_by_key(sip::SessionId key, Now now);
  void swapped(Call& call, Leg& leg);
  void tell(std::vector<sip::LocationChange> lapsed);
  Leg* find_leg(sip::SessionId session, Now now);
  // The oldest call of the account that rings at one of them; null: none does.
  Call* ringing_at(const PhoneSet& phones, std::string_view account, Now now);
  // The call whose own end became that leg, while it is still known; null: there is none.
  Call* picked_up_with(sip::SessionId session);
  void close_leg(Leg& leg);
  std::string own_call_id();
  void put(SmallOutput output) { outputs_.push_back(std::move(output)); }
  // `text` makes the line; it is asked only when somebody reads it.
  template <class Text>
  void log(LogLevel level, const Call* about, Text text) {
    if (level >= config_.log_from) put(Logged{level, text(), subject(about)});
  }
  static std::shared_ptr<const LogSubject> subject(const Call* call);
  // Closed as soon as poll() has nothing more: what is still to be sent from it leaves before.
  void give_back(PortId port);
  // `legs_too`: no last word of theirs is waited for any more.
  void finish_closing(Now now, bool legs_too = false);

  Config config_;
  Random& random_;
  MediaPorts& ports_;
  Script script_;
  std::shared_ptr<CallTally> tally_;
  std::shared_ptr<DeviceLines> lines_;
  sip::LocationTable locations_;
  sip::UserAgent agent_;
  CarrierLogins logins_;
  TextMessages texts_;
  Qualifier qualifier_;
  Lamps lamps_;
  TimerQueue<Timer> timers_;
  Beat beat_;
  TranscodingSlots transcoding_;
  std::unordered_map<sip::SessionId, std::unique_ptr<Call>> calls_;
  // Of calls whose caller's end is another session than the one that they began with.
  std::unordered_map<sip::SessionId, sip::SessionId> keys_;
  std::unordered_map<sip::SessionId, Leg*> legs_;  // whose last word is not said
  std::unordered_map<PortId, sip::SessionId> by_port_;
  std::size_t ending_ = 0;
  std::vector<sip::SessionId> closing_;  // over, and their last message has been seen
  std::deque<StoreRecord> records_;      // polled before outputs_
  std::vector<SmallOutput> outputs_;
  std::size_t polled_ = 0;  // of these
  std::vector<PortId> given_back_;
};

}  // namespace strowger::call
