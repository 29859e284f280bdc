// One call, as actions see it: facts, variables, and verbs that may be awaited. A verb is plain code to its
// caller; when the far end hangs up, the coroutine that awaits it is destroyed (see base/task.hpp).
#pragma once

#include "base/task.hpp"
#include "base/time.hpp"
#include "call/exchange.hpp"
#include "call/media_library.hpp"
#include "call/media_session.hpp"
#include "model/call_record.hpp"
#include "sip/uri.hpp"

#include <coroutine>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::call {

// A refusal as configured: what a Response block, or the engine itself, wants the caller to get.
struct Rejection {
  int code = 486;
  std::string phrase;                      // as it goes out; blank phrases are filled in above
  sip::HeaderList headers;                 // Contact of 3xx, Retry-After, Warning, …
  std::optional<int> q850_cause;           // nothing: no Q.850 Reason
  std::string q850_text;
};

enum class PlayEnd : std::uint8_t { finished, digit, skipped, limit };

struct PlayOptions {
  int loops = 1;                 // 0 = until something ends it
  std::string_view terminators;  // digits that stop it; the digit stays in the buffer
  bool any_digit_stops = false;  // like terminators "0123456789*#ABCD"
};

struct CollectOptions {
  std::size_t max_digits = 1;
  Duration first_digit = std::chrono::seconds{5};
  Duration next_digit = std::chrono::seconds{2};
  std::string_view terminators = "#";
};

struct Collected {
  std::string digits;                 // without the terminator
  std::optional<char> terminator;
  bool timed_out = false;
};

class Call {
 public:
  Call(Exchange& exchange, sip::Invited&& invited, Now now);
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;

  // ---- facts
  const std::string& id() const { return record_.id; }
  const sip::Message& invite() const { return *invite_; }
  const sip::SipUri& request_uri() const { return request_uri_; }
  std::string called_number() const;   // user part of the Request-URI, unescaped
  std::string calling_number() const;  // user part of From, unescaped
  const sip::Peer& peer() const { return peer_; }
  bool answered() const { return phase_ == Phase::answered; }
  // Refused, hung up, or gone: nothing more may be done to it.
  bool over() const { return phase_ == Phase::over; }
  Now now() const { return now_; }
  const Limits& limits() const;

  // ---- variables (branch_variable, collect_dtmf). Bounded; setting beyond the limits is ignored.
  void set_variable(const std::string& name, std::string value);
  std::optional<std::string> variable(const std::string& name) const;

  // ---- the record: who, which flow, which blocks
  model::CallRecord& record() { return record_; }
  void enter_block(std::string_view block, std::string_view module);
  void leave_block(std::string_view exit, std::string_view note = {});
  void note(std::string text);  // onto the current block, and into the log

  // ---- verbs
  // 200 with SDP, until the ACK is here. False: no session could be agreed on, reason noted.
  Task<bool> answer();
  // 183 with SDP, so that what is played next is heard before any answer (RFC 3960). False: impossible for
  // this caller, why() says so and the record keeps it. Answered calls: true.
  Task<bool> open_early_media();
  // Plays to whoever listens: in the answered call, or as early media when that is open.
  Task<PlayEnd> play(const Media& media, PlayOptions options);
  // Why media could not be played; kept in the record.
  void skip_media(std::string_view media_id, std::string reason);
  Task<Collected> collect(CollectOptions options);
  Task<> sleep(Duration duration);
  // Ends the call: a final response before the answer; BYE with SIP and Q.850 Reason after it.
  void reject(Rejection rejection);
  // Ends the call without a code of its own: 480 before the answer, BYE after it.
  void hang_up(int q850_cause = 16);
  // Buffered digits are dropped.
  void flush_digits() { digits_.clear(); }

 private:
  friend class Exchange;
  enum class Phase : std::uint8_t { inviting, answered, over };
  enum class Happening : std::uint8_t { digit, playback_over, timer, prack, established };

  // The one place a script waits at: until one of `wanted` happens, or `due`.
  struct Wait;
  void happen(Happening what);

  void start(Task<> script);
  void settle_script();
  void on(sip::ProvisionalAcknowledged& event);
  void on(sip::ProvisionalUnacknowledged& event);
  void on(sip::Established& event);
  void on(sip::Reoffered& event);
  void on(sip::InfoReceived& event);
  void on_ended(const sip::Ended& event);
  void on_alarm(Exchange::Alarm alarm);
  void on_media(bool rtcp, const Endpoint& from, std::span<const std::byte> packet);

  void send_progress();
  bool offer_was_made() const;
  void arm(Exchange::Alarm alarm, Instant due);
  void disarm(Exchange::Alarm alarm);
  void add_to_ladder(bool inbound, const sip::Message& message);
  void store(bool complete);

  Exchange& exchange_;
  sip::SessionId session_;
  sip::MessagePtr invite_;
  sip::Peer peer_;
  sip::SipUri request_uri_;
  Now now_;
  Now started_;
  Phase phase_ = Phase::inviting;
  Task<> script_;
  std::unique_ptr<MediaSession> media_;
  std::string digits_;
  std::map<std::string, std::string> variables_;
  model::CallRecord record_;
  Wait* waiting_ = nullptr;
};

}  // namespace strowger::call
