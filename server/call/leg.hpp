// One phone that is called for the caller: a session of its own, its media port, and what came of
// it. Belongs to its Call and lives as long; whoever rings it looks at its state after each
// Happening::leg_changed.
#pragma once

#include "call/exchange.hpp"
#include "call/media_session.hpp"
#include "call/redirection.hpp"
#include "call/target.hpp"
#include "model/call_record.hpp"
#include "sdp/session.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::call {

class Leg {
 public:
  enum class State : std::uint8_t {
    waiting,   // not called yet
    calling,   // no sign of life but, maybe, 100
    ringing,   // 101–199
    asked,     // has answered, and is to press a key before the call is theirs
    answered,
    over,
  };

  Leg(Call& call, int number, Target target);
  ~Leg();
  Leg(const Leg&) = delete;
  Leg& operator=(const Leg&) = delete;

  // ---- facts
  const Call& call() const { return call_; }
  int number() const { return number_; }
  const Target& target() const { return target_; }
  State state() const { return state_; }
  bool up() const { return state_ == State::answered; }
  // Is it to press a key, and since when?
  bool asked() const { return state_ == State::asked; }
  Instant asked_at() const { return asked_at_; }
  bool alive() const { return state_ != State::waiting && state_ != State::over; }
  Instant began() const { return began_; }
  // Its final answer, or what counts as one; 0 while there is none.
  int code() const { return code_; }
  const std::string& phrase() const { return phrase_; }
  // Reason header values of its final answer or its BYE.
  const std::vector<std::string>& reasons() const { return reasons_; }
  // It was up and nobody hung up: it could not be reached any more.
  bool lost() const { return lost_; }
  // Where a 300, 301 or 302 of it points.
  const std::vector<Redirection>& redirects_to() const { return redirects_to_; }
  // Its 100 has come: somebody works on it.
  bool tried() const { return tried_; }
  // It rang, and nobody answered in time.
  bool timed_out() const { return timed_out_; }
  // It was a call of its own, and took this one while it rang.
  bool picked_up() const { return picked_up_; }
  // Does it ring at one of them?
  bool rings_at(const PhoneSet& phones) const;
  // What it said about its media last: an answer, or, when we made it no offer, an offer.
  const std::optional<sdp::Session>& description() const { return description_; }
  bool asked_for_offer() const { return late_; }
  MediaSession* media() { return media_.get(); }
  sip::SessionId session() const { return session_; }

  // ---- verbs
  struct Invitation {
    std::string from;  // a whole From value without tag
    std::uint64_t max_forwards = 70;
    std::optional<sdp::Session> offer;  // of the caller; none: the phone shall make one
    sip::HeaderList headers;
  };
  void invite(const Invitation& invitation);
  // Before invite(): a call more of its device. Its target is hopeless where that has all of its
  // lines in use already.
  void take_line();
  // Not to be called at all.
  void give_up(int code, std::string why);
  // It is no longer wanted: CANCEL or BYE with these Reason values.
  void end(const std::vector<std::string>& reasons, std::string note = {});
  // Nobody answered in time.
  void time_out();
  // Onto its line in the record, instead of what is there.
  void note(std::string text) { line().note = std::move(text); }

 private:
  friend class Call;
  friend class Exchange;

  void on(const sip::Progressed& event);
  void on(const sip::Accepted& event);
  void on(const sip::Refused& event);
  void on(const sip::Established& event);
  void on(const sip::Reoffered& event);
  void on(const sip::Withdrawn& event);
  void on(const sip::Refreshed& event);
  void on(const sip::Referred& event);
  void on(const sip::InfoReceived& event);
  void on(const sip::Ended& event);
  // A key of whoever is asked for one.
  void press(char digit);
  void ask();
  void not_taken(std::string note);
  void on(const sip::ProvisionalAcknowledged&) {}
  void on(const sip::ProvisionalUnacknowledged&) {}

  void send_invite(sip::Invitation invitation);
  bool answer_challenge(const sip::Message& refusal);
  // Its session and its media are those of a leg of another call from now on.
  void adopt(Leg& other);
  // The end of a call that has picked this one up, which has agreed to that.
  void adopt_end_of(Call& other, sdp::Session agreed);
  void begin_answered();
  // Of its own messages: a 100 is the next proxy's.
  void learn_product(const sip::Message& message);
  bool bridged() const;
  bool open_media(std::string& why);
  Result<sip::Body, std::string> offer();
  bool take_description(std::string_view body, std::string& why);
  void fail(int code, std::string phrase, std::string note);
  void become_over();
  void never_confirmed();
  void end_media();
  model::CallLeg& line();

  Call& call_;
  Exchange& exchange_;
  int number_;  // in the record: 0 when it was the caller, and the call goes on with another party
  Target target_;
  DeviceLine device_line_;
  // Of one that had called by itself: the trunk that brought it is in use as long as it talks.
  std::shared_ptr<const void> held_;
  State state_ = State::waiting;
  sip::SessionId session_ = 0;
  Instant began_{};
  Instant asked_at_{};
  std::unique_ptr<MediaSession> media_;
  // What the caller offered through us; or we, where the answer can't wait for the caller.
  std::optional<sdp::Session> offered_;
  std::optional<sdp::Session> description_;
  bool late_ = false;
  bool tried_ = false;
  bool picked_up_ = false;
  int answered_challenges_ = 0;
  bool answered_stale_ = false;
  std::vector<std::string> realms_answered_;
  sip::HeaderList credentials_;  // for all of them so far
  // To be sent again with credentials; kept of those who have some.
  std::optional<sip::Invitation> sent_;
  bool timed_out_ = false;
  int code_ = 0;
  std::string phrase_;
  std::vector<std::string> reasons_;
  bool lost_ = false;
  std::vector<Redirection> redirects_to_;
  model::CallLeg spare_line_;  // when the record has no room for it
};

// What the other end is told when one of them was not heard from any more (RFC 3326).
// What the other end is told when this one does not answer any more, or its connection is gone.
inline constexpr std::string_view far_end_lost =
    "Q.850;cause=27;text=\"Destination out of order\"";
inline constexpr std::string_view session_expired = "SIP;cause=408;text=\"Session expired\"";

// The Reason header values of a message, for the other end: bounded.
std::vector<std::string> reasons_of(const sip::Message& message);
sip::HeaderList reason_headers(const std::vector<std::string>& reasons);

}  // namespace strowger::call
