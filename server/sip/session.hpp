// One INVITE session, whichever side began it: the dialog, the requests in it, offers and their
// answers, and how it ends (RFC 3261 12–15, RFC 3311). What is particular to the two sides is in
// IncomingSession and OutgoingSession.
#pragma once

#include "sip/dialog.hpp"
#include "sip/session_timer.hpp"
#include "sip/user_agent_core.hpp"

#include <array>
#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::sip {

class Session {
 public:
  enum class Timer : std::uint8_t {
    repeat_success,      // the 2xx of an INVITE, until its ACK
    no_ack,
    repeat_provisional,  // a reliable 1xx, until its PRACK
    no_prack,
    no_final,            // after a CANCEL of ours
    refresh,             // of the session timer (RFC 4028)
    expiry,
    pause,               // between two NOTIFYs
    count_,
  };

  Session(AgentCore& core, SessionId id) : core_(core), id_(id) {}
  virtual ~Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // ---- what comes in. After the end only receive_response(), and only if outlives_its_end().
  void receive_request(const Request& request);
  void receive_ack(const Message& ack);
  virtual void receive_cancel(const Key& invite, const MessagePtr& cancel);
  virtual void receive_response(const Key& transaction, const MessagePtr& response,
                                const Peer& source);
  virtual void request_failed(const Key& transaction, bool timed_out);
  // For a request that is sent once more: its number, none when it is in no dialog of ours, and
  // then its new transaction.
  std::optional<std::uint32_t> next_number(std::string_view remote_tag);
  void sent_again(const Key& before, const Key& again, std::uint32_t number);
  virtual void fire(Timer timer);
  void connection_failed(std::uint64_t connection);

  // ---- verbs of both sides; see UserAgent
  bool bye(HeaderList headers);
  bool info(const Body& body);
  bool update(const Body& sdp);
  bool awaits_ack() const { return success_ != nullptr; }
  bool reinvite(const Body& sdp);
  bool withdraw();
  bool answer_offer(const Body& sdp);
  bool refuse_offer(int status, std::string_view phrase = {});
  virtual void set_answer(Body sdp);
  bool answer_refer(int status, std::string_view phrase);
  bool notify(int status, std::string_view phrase);
  bool refer(const HeaderList& headers);
  bool confirmed() const { return phase_ == Phase::confirmed; }

  // ---- what remains of it after the end
  virtual bool outlives_its_end() const { return !acks_.empty() || own_ != nullptr; }
  bool was_answered() const { return answered_; }  // so a BYE of theirs may cross ours
  virtual std::optional<Unacknowledged> unacknowledged() const { return std::nullopt; }

 protected:
  enum class Phase : std::uint8_t {
    early,      // no final response to the first INVITE
    answered,   // we sent a 2xx and await its ACK
    confirmed,
    ended,
  };
  // Whose offer has no answer yet (RFC 3264); neither side may make another one then.
  enum class Offer : std::uint8_t { none, ours, theirs };

  virtual void receive_prack(const Request& request, Dialog& dialog);
  // Answers what is still open when the session ends; of an incoming one also its INVITE (15.1.2).
  virtual void refuse_pending();
  // Does the far end know the dialog, so that we may send requests in it?
  virtual bool can_request() const { return dialog_ != nullptr; }
  // Is call/ being asked about an offer of theirs?
  bool asked() const { return theirs_ != nullptr; }
  // The offer in a PRACK, UPDATE or re-INVITE was answered or refused.
  virtual void offer_settled() {}

  void refuse(const Request& request, int status, std::string_view phrase);
  void refuse_overlapping(const Request& request);
  void ok(const Request& request, const Body* body = nullptr);
  void ask_for_answer(const Request& request, Body offer);
  void send_success(const Request& invite, const Body& sdp, bool initial);
  void remember_description(const Body& sdp);
  // RFC 4028: what holds from this 2xx on, ours or theirs.
  HeaderList answer_session_timer(const Message& request);
  void take_session_timer(const Message& response);
  void follow(const std::optional<SessionTimer>& agreed);
  SessionTimerPolicy timer_policy() const;
  void send_bye(const HeaderList& headers, Ended::Why why, MessagePtr message = nullptr);
  void acknowledge(const Dialog& dialog, std::uint32_t sequence, const Key& invite,
                   const Body& body);
  void acknowledge_or_wait(std::uint32_t sequence, const Key& invite, bool asked);
  bool owes_ack() const { return owed_ack_.has_value(); }
  bool acknowledge_again(const Key& invite, std::string_view remote_tag);
  // 9.1. False: the INVITE has its final answer already.
  bool send_cancel(const Key& invite, const HeaderList& headers);
  void end(Ended::Why why, MessagePtr message = nullptr);
  void heard_from(Dialog& dialog, const Peer& source);
  Dialog* find_dialog(std::string_view remote_tag);
  void arm(Timer timer, Duration after);
  void disarm(Timer timer);

  AgentCore& core_;
  const SessionId id_;
  Phase phase_ = Phase::early;
  Offer offer_ = Offer::none;
  bool negotiated_ = false;  // an offer has been answered
  bool answered_ = false;    // with a 2xx
  std::list<Dialog> dialogs_;  // several only while a fork of our INVITE is early
  Dialog* dialog_ = nullptr;   // the one that our requests go to
  Body answer_;                // set_answer(), not yet used
  static constexpr int brief_max = 3;  // times that one request is said to be too brief (422)
  Duration least_interval_{};  // what 422 of theirs asked for
  int brief_ = 0;

 private:
  struct Success {  // a 2xx to an INVITE, sent and not yet acknowledged
    Key transaction;
    BytesPtr response;
    std::uint32_t sequence = 0;
    Duration interval = t1;
    bool initial = false;
  };
  struct OwnRequest {  // our re-INVITE or UPDATE on its way
    Key transaction;
    Method method = Method::update;
    std::uint32_t sequence = 0;
    bool offered = false;
    bool refreshing = false;  // for the session timer alone: nobody's but ours
    bool proceeding = false;  // a provisional response came (9.1)
    bool withdrawn = false;
  };
  struct OwedAck {
    Key invite;
    std::uint32_t sequence = 0;
  };
  struct SentAck {
    Key invite;
    std::string remote_tag;
    Peer peer;
    BytesPtr bytes;
  };

  void receive_bye(const Request& request);
  void receive_update(const Request& request, Dialog& dialog);
  void receive_reinvite(const Request& request, Dialog& dialog);
  void receive_refer(const Request& request);
  void receive_notify(const Request& request);
  bool is_notify(const Key& transaction);
  void leave_subscription();
  void receive_late_final(const Key& transaction, const Message& response);
  void receive_own_provisional(const Key& transaction);
  void receive_own_response(const MessagePtr& response);
  void give_up_withdrawn();
  void accept_own_invite(const OwnRequest& request, const Message& response);
  void settle_theirs();
  void start_own(Method method, const Body& sdp, bool refreshing = false);
  void refresh();
  void refreshed(const OwnRequest& own, const MessagePtr& response);
  void expire(MessagePtr message = nullptr);
  bool refuse_brief(const Request& request);
  bool may_offer() const;

  std::array<TimerId, static_cast<std::size_t>(Timer::count_)> timers_{};
  // What few calls have at a time takes no room in all the others.
  std::unique_ptr<Success> success_;
  std::unique_ptr<Request> theirs_;      // a PRACK, UPDATE or re-INVITE that call/ is asked about
  std::unique_ptr<OwnRequest> own_;
  std::optional<OwedAck> owed_ack_;      // a 2xx held an offer and we have no answer yet
  std::optional<HeaderList> farewell_;   // bye() waits for the ACK of our 2xx (15)
  std::vector<SentAck> acks_;
  std::unique_ptr<Request> refer_;           // that call/ is asked about
  std::optional<std::string> subscription_;  // the Event of its NOTIFYs, until the last one
  std::vector<Key> notifies_;
  int refers_ = 0;
  int refers_sent_ = 0;
  std::optional<SessionTimer> timer_;
  Body described_;             // what we last said of our media: a re-INVITE repeats it
  bool takes_updates_ = false;  // the far end's Allow says so
};

}  // namespace strowger::sip
