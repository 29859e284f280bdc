// One call, as actions see it: facts, variables, and verbs that may be awaited. A verb is plain
// code to its caller; when the far end hangs up, the coroutine that awaits it is destroyed (see
// base/task.hpp).
#pragma once

#include "base/task.hpp"
#include "base/time.hpp"
#include "call/exchange.hpp"
#include "call/media_library.hpp"
#include "call/media_session.hpp"
#include "call/presentation.hpp"
#include "call/target.hpp"
#include "call/transfer.hpp"
#include "model/call_record.hpp"
#include "model/document_change.hpp"
#include "sip/name_addr.hpp"
#include "sip/uri.hpp"

#include <algorithm>
#include <array>
#include <coroutine>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strowger::call {

class Bridge;
class Ringing;

// A refusal as configured: what a Response block, or the engine itself, wants the caller to get.
struct Rejection {
  int code = 486;
  std::string phrase;       // as it goes out; blank ones are filled in by whoever configured it
  sip::HeaderList headers;  // Contact of 3xx, Retry-After, Warning, …
  std::optional<int> q850_cause;  // for the Reason header (RFC 6432); nothing: none is sent
  model::Disposition disposition = model::Disposition::rejected;
};

// A Rejection of `code` with its registered phrase and Q.850 cause: what the engine itself sends.
Rejection standard_rejection(int code);

// Early media for a caller from whom nothing is wanted, because no later block can answer
// (a=sendonly); or for one whom a later block may answer.
enum class Hearing : std::uint8_t { one_way, both_ways };

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
  std::string digits;  // without the terminator
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
  // From now on that number is what is called; the one set before comes back.
  std::optional<std::string> call_instead(std::optional<std::string> number) {
    return std::exchange(dialled_, std::move(number));
  }
  // User part of From, unescaped; of P-Asserted-Identity, when a carrier is trusted with that.
  std::string calling_number() const;
  std::string calling_name() const;
  // Wants the caller not to be shown (RFC 3323, RFC 3325)?
  bool calling_privately() const;
  // The one that is called for is no more who called, but whom they called.
  bool transferred() const { return number_ != 0; }
  // The host of the Request-URI, or where we were reached when it has none.
  std::string called_host() const;
  const sip::Peer& peer() const { return peer_; }
  // Who calls, when it is one of the account's own devices, and whose that is; "" for others.
  // While somebody is being transferred: whoever asked for it, and so in a flow that then answers.
  const std::string& calling_device() const {
    if (transfer_) return transfer_->device;
    return acting_for_.empty() ? calling_device_ : acting_for_;
  }
  // Another exchange of ours calls, in the name of a device that talks there.
  bool from_inside() const;
  bool being_transferred() const { return transfer_ != nullptr; }
  // The carrier that brings the call; "" for none.
  const std::string& calling_trunk() const { return calling_trunk_; }
  // The account of the calling device or carrier: it is known who it is. "" for outsiders.
  const std::string& calling_account() const { return calling_account_; }
  bool answered() const { return phase_ == Phase::answered; }
  // Refused, hung up, or gone: nothing more may be done to it. Also when what is refused is only a
  // transfer: the blocks that it was walking are left then.
  bool over() const { return phase_ == Phase::over || (transfer_ && transfer_->failed); }
  // The same, but for that.
  bool gone() const { return phase_ == Phase::over; }
  Now now() const { return now_; }
  const Limits& limits() const;
  // Below that of the server's limits.
  void limit_early_media(Duration most) { early_media_max_ = std::min(early_media_max_, most); }

  // Ends that have no codec in common don't talk, where the account wants that.
  void forbid_transcoding() { may_transcode_ = false; }
  // The caller has to speak by SRTP (RFC 3711), now and whenever it offers anew. False: it offers
  // nothing but plain RTP, and has been refused with 488 and a Warning.
  bool require_srtp();

  // P-Asserted-Identity of the INVITE counts from now on: its sender is trusted (RFC 3325 §5).
  void trust_asserted_identity();
  // Whom phones see, instead of what From says.
  void show_caller(const CallerShown& caller);
  // Of a carrier that calls from where it is; there it may ask for them in the dialog.
  void set_login(sip::Login login);
  // Kept until the call is over: a channel of a trunk.
  void hold(std::shared_ptr<const void> claim) { held_ = std::move(claim); }

  // ---- variables (branch_variable, collect_dtmf). Bounded; setting beyond the limits is ignored.
  void set_variable(const std::string& name, std::string value);
  std::optional<std::string> variable(const std::string& name) const;

  // ---- the record: who, which flow, which blocks
  model::CallRecord& record() { return record_; }
  void enter_block(model::PathStep step);  // its time is set here
  std::size_t current_step() const {
    return record_.path.size();
  }  // counts from 1; 0 before the first
  void leave_block(std::size_t step, std::string_view exit);
  // Onto the current block, and into the log: as a warning, unless it happens every day.
  void note(std::string text, LogLevel level = LogLevel::warning);

  // How phones that are rung from now on are told of the caller.
  Presentation& presentation();
  const Presentation& presentation() const;

  // For whoever keeps the documents of the account.
  void want_change(model::DocumentChange change);

  // ---- verbs
  // 200 with SDP, until the ACK is here. False: no session could be agreed on, reason noted.
  Task<bool> answer();
  // 183 with SDP, so that what is played next is heard before any answer (RFC 3960). False:
  // impossible for this caller, why_no_early_media() says so. Answered calls: true.
  Task<bool> open_early_media(Hearing hearing);
  const std::string& why_no_early_media() const { return why_no_early_media_; }
  // Plays to whoever listens: in the answered call, or as early media when that is open.
  Task<PlayEnd> play(const Media& media, PlayOptions options);
  // Why media could not be played; kept in the record.
  void skip_media(std::string_view media_id, std::string reason);
  Task<Collected> collect(CollectOptions options);
  Task<> sleep(Duration duration);
  // The contacts that a device has registered. `user`: instead of the user part of each.
  std::vector<Target> contacts(std::string_view device, std::string_view user = {}) const;
  // Where a trunk that logs in has registered: each with the number as its user part.
  std::vector<Target> contacts_of_trunk(std::string_view trunk, std::string_view number) const;
  // Whether a device has any, though none may be to be reached now: contacts() leaves those out
  // whose connection is gone, and who do not answer OPTIONS.
  bool registered(std::string_view device) const;
  // A SIP URI whose host is an IP address; nothing for others: names are not resolved here.
  std::optional<Target> target_for(std::string_view uri) const;
  // Rings phones until one of them answers or none is left. The caller hears that they ring.
  Task<RingResult> ring(std::vector<Target> targets, RingOptions options);
  // Answers the caller with what the leg has agreed to, and lets them talk until one of them hangs
  // up.
  Task<BridgeEnd> bridge(Leg& leg);
  // ---- pick-up of what rings elsewhere (docs/decisions/0044-pick-up.md)
  // The oldest call that rings at one of `phones` here goes on with this call's end, as if that had
  // been one of them: its leg is called as `as` says, and this call is over. True as well when the
  // two could not talk, and this call was refused. False: nothing rings there.
  Task<bool> pick_up(const PhoneSet& phones, Target as);
  // The same in each of the other exchanges: to be rung one after the other. `whose`: their word
  // for what is meant.
  std::vector<Target> pick_up_elsewhere(const std::string& whose) const;
  // That word, when another exchange asks; nothing for calls of anybody else.
  std::optional<std::string> asked_to_pick_up() const;
  // Another call's record tells it all.
  void keep_no_record() { stored_complete_ = true; }
  // ---- a transfer, when bridge() came back with BridgeEnd::transferred
  // From now on this call is that of the party which is transferred, and as if the transferor had
  // dialled: see called_number(), calling_device().
  const Transfer& begin_transfer();
  // To whom the transferor talks in its other call, or whose place the INVITE wants to take; null:
  // it can't be. bridge() the leg.
  Leg* take_party_of(sip::SessionId named);
  // The same, where the other call is another exchange's: to be rung, it has that party take this
  // call in place of the transferor. Nothing: it is ours, or nobody's.
  std::optional<Target> party_elsewhere() const;
  sip::SessionId replaces() const { return replaces_; }
  // Of another exchange: how it is asked for its other party (docs/decisions/0031). Nothing when
  // this INVITE replaces none there.
  std::optional<Target> replaced_elsewhere() const;
  // The blocks are left, and nobody took the call: whom to bridge() again; null: the transferor is
  // gone, and the call is over.
  Leg* take_back();
  void transfer_failed(int code, std::string phrase, std::vector<std::string> reasons = {});
  // Ends the call: a final response before the answer; BYE with SIP and Q.850 Reason after it.
  void reject(Rejection rejection);
  // Ends the call without a code of its own: 480 before the answer, BYE after it. `reasons`: those
  // of the phone that hung up; none: the usual one.
  void hang_up(std::vector<std::string> reasons = {});
  // For somebody who watches: 480 before the answer, BYE after it; the record says who.
  void end(std::string by);
  // A number from 0 to below `end`, by lot.
  std::uint64_t draw(std::uint64_t end);
  // Buffered digits are dropped.
  void flush_digits() { digits_.clear(); }

 private:
  friend class Beat;
  friend class Bridge;
  friend class Exchange;
  friend class Leg;
  friend class Ringing;
  using Alarm = Exchange::Alarm;
  enum class Phase : std::uint8_t { inviting, answered, over };
  // What a script may wait for; a set of them is a mask.
  enum Happening : std::uint8_t {
    key_pressed = 1,
    playback_over = 2,
    time_up = 4,
    prack = 8,
    established = 16,
    leg_changed = 32,
    transfer_asked = 64,
  };
  struct Wait;
  Wait until(unsigned happenings, std::optional<Instant> due = std::nullopt);
  void happen(Happening what);

  std::optional<sip::NameAddr> shown_caller() const;
  std::string shown_name() const;  // for the record

  // Life
  void start(Task<> script);
  void settle_script();
  void fail(std::string_view what);
  // `reasons`: for the phones that are called or talked with.
  void become_over(const std::vector<std::string>& reasons = {});
  void end_media();
  void stop_playing(std::string_view why);
  enum class Stored : std::uint8_t { before_answer, meanwhile, complete };
  void store(Stored what);

  // Events of the session
  void on(const sip::ProvisionalAcknowledged& event);
  void on(const sip::ProvisionalUnacknowledged& event);
  void on(const sip::Established& event);
  void on(const sip::Reoffered& event);
  void on(const sip::Withdrawn& event);
  void on(const sip::Refreshed& event);
  void on(const sip::Referred& event) { asked_to_transfer(nullptr, event); }
  void on(const sip::InfoReceived& event);
  void on(const sip::Ended& event);
  void on(const sip::Progressed&) {}
  void on(const sip::Accepted& event);
  void on(const sip::Refused& event);
  void on_alarm(Alarm alarm);
  void on_media(MediaSession& media, bool rtcp, const Endpoint& from,
                std::span<const std::byte> packet);
  Leg* asked_by(const MediaSession& media);
  bool take_answer(const sip::Body& body, std::string& why);
  void press(char digit);

  // Transfer
  void asked_to_transfer(Leg* by, const sip::Referred& event);
  void name_replaced(const sip::Replaces& named);
  Target inside_target(std::string inside, const std::string& number,
                       const std::string& device) const;
  void change_places(Leg& leg);

  // Pick-up: the session that this call's end is told, and what of it that end has agreed to; an
  // error: the two can't talk.
  Result<sip::Body, std::string> describe_ringing(const Call& ringing, const Target& as,
                                                  sdp::Session& agreed);
  Result<sip::Body, std::string> describe_in_terms_of(const std::optional<sdp::Session>& theirs,
                                                      const std::vector<sdp::Codec>& made,
                                                      sdp::Session& agreed);
  void give_end_to(Call& ringing, Target as, sdp::Session agreed);
  void was_answered();

  // What watchers of its devices and seats are to see (call_ends.cpp).
  std::vector<CallEnd> ends() const;
  CallEnd caller_end() const;
  CallEnd end_of(const Leg& leg) const;
  void changed() { exchange_.lamps_.touch(key_); }

  void transfer_rings();
  void transfer_succeeded();
  void taken_by_the_flow();
  void end_transfer(int code, std::string_view phrase);
  void drop_transfer(int code);  // the whole call ends meanwhile

  // Early media and answer
  bool ensure_media(std::string& why);
  Result<sip::Body, std::string> early_description(bool one_way, bool reliable);
  void send_progress();
  void send_provisional(sip::Answer provisional, bool reliable);
  void begin_progress(bool one_way);
  void start_playing(const Media& media, int loops);
  void silence();

  // Phones that are called for the caller
  Leg* add_leg(Target target);  // null: too many
  bool has_open_legs() const;
  void leg_is_over(const Leg& leg);
  void end_bridge();
  // What phones are offered: the caller's offer, or what it has agreed to already; nothing when
  // they shall make one. False: impossible.
  bool offer_to_phones(std::optional<sdp::Session>& offer, std::string& why) const;
  void alert();  // 180
  void send_alert();
  void begin_ringback(const Media* wanted);
  void relay_early_media(Leg& leg);
  // Codecs that are made out of others for this call: none where that is not wanted, or too many
  // calls have it already; `has_it`: this one is among them.
  std::vector<sdp::Codec> codecs_made(const Target& target, bool has_it) const;
  void media_tick();
  // What a session has to send by now; true when its prompt is over.
  bool send_due(MediaSession& media);
  std::optional<Instant> media_due() const;
  void watch_media();
  // What media_tick() will look at, into the processor's cache.
  void fetch() const;
  void fetch_media() const;
  std::string_view offered_sdp() const;
  Result<sip::Body, std::string> answer_description();
  void refuse_session(const std::string& why);

  void arm(Alarm alarm, Instant due);
  void disarm(Alarm alarm);
  Duration unanswered_for() const;
  std::int64_t elapsed_ms() const { return milliseconds(now_.instant - started_.instant); }

  Exchange& exchange_;
  const sip::SessionId key_;  // the session that it began with
  sip::SessionId session_;    // of the caller's end: another one after a transfer
  int number_ = 0;            // of the caller's end in the record
  const sip::SessionId replaces_;
  const std::string replaces_elsewhere_;
  std::unique_ptr<Transfer> transfer_;  // few calls have one
  std::optional<std::string> dialled_;  // by a transferor; or where it was forwarded to
  sip::MessagePtr invite_;
  sip::Peer peer_;
  sip::SipUri request_uri_;  // views into *invite_
  std::string calling_device_;
  DeviceLine device_line_;  // of that one
  std::string calling_seat_;
  std::string acting_for_;  // the device that transferred the call to a flow
  std::string shown_seat_;  // whose lamp the caller's end lights: another one after a transfer
  std::string calling_account_;
  std::string calling_trunk_;
  std::optional<std::string> asserted_;  // a whole P-Asserted-Identity value
  std::shared_ptr<const void> held_;
  Now now_;
  Now started_;
  Phase phase_ = Phase::inviting;
  Task<> script_;
  Wait* waiting_ = nullptr;
  std::array<TimerId, Exchange::alarms> alarms_{};

  std::unique_ptr<MediaSession> media_;
  Beat::Place beat_place_ = 0;
  std::vector<std::unique_ptr<Leg>> legs_;
  std::unique_ptr<Bridge> bridge_;
  Leg* picker_ = nullptr;  // has picked up what rings; until Ringing sees it
  bool alerted_ = false;         // 180 was sent
  bool last_word_said_ = false;  // by the caller's side; legs may have theirs to come
  std::optional<model::PlayedMedia> playing_;
  std::uint32_t packets_before_ = 0;
  std::int64_t media_played_ms_ = 0;  // of the prompt that is playing, once it has been heard whole
  std::optional<sip::Answer> progress_;  // the 183 as sent, but for its body, to be repeated
  bool progress_reliable_ = false;
  bool progress_acknowledged_ = false;
  // PRACKs still due, and how many of them, in order, until that of the 183.
  std::size_t pracks_due_ = 0;
  std::size_t pracks_to_progress_ = 0;
  bool progress_given_up_ = false;  // no PRACK within 64*T1
  Instant progress_began_{};
  bool awaiting_answer_ = false;     // to an offer of ours, in a PRACK or an ACK
  std::optional<bool> early_media_;  // tried, and how it went
  std::string why_no_early_media_;
  Instant early_media_began_{};
  Duration early_media_max_;
  bool may_transcode_ = true;
  bool srtp_required_ = false;  // of the caller

  std::string digits_;
  std::map<std::string, std::string> variables_;
  std::unique_ptr<Presentation> presentation_;  // few calls change anything
  model::CallRecord record_;
  bool stored_complete_ = false;
};

}  // namespace strowger::call
