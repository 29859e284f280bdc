// The SIP side of one shard, sans-I/O: messages and time go in, messages and events come out.
// Holds the transactions (RFC 3261 §17, RFC 6026), validates requests, answers by itself whatever
// no call needs to know about, and keeps INVITE sessions with their dialogs (§12, §13) for call/
// to steer.
//
// Contract: after each feed (receive, tick, or a verb) drain poll() before the next one.
#pragma once

#include "base/random.hpp"
#include "base/time.hpp"
#include "sip/dialog_info.hpp"
#include "sip/guess_limit.hpp"
#include "sip/header_list.hpp"
#include "sip/location_table.hpp"
#include "sip/message.hpp"
#include "sip/peer.hpp"
#include "sip/registrar.hpp"
#include "sip/session_timer.hpp"
#include "sip/subscribers.hpp"
#include "sip/transaction.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace strowger::sip {

using SessionId = std::uint64_t;  // 0 is never a session
struct HeadScan;
struct Login;
struct Replaces;
using MessagePtr = std::shared_ptr<const Message>;

// What Allow says (RFC 3261 20.5) where transfers are taken and phones log in.
constexpr std::string_view allowed_methods =
    "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE, PRACK, REFER, REGISTER, SUBSCRIBE, "
    "MESSAGE";
// What Allow-Events says (RFC 6665 8.2.2).
constexpr std::string_view allowed_events = "message-summary, dialog";

struct Body {
  std::string type;     // "application/sdp"
  std::string content;
  bool empty() const { return content.empty(); }
};

// A response to the INVITE of an incoming session.
struct Answer {
  int status = 0;
  std::string phrase;   // empty: an empty Reason-Phrase goes out; phrases are chosen above
  HeaderList headers;   // companion headers (Contact of 3xx, Reason, Retry-After, P-Early-Media, …)
  Body body;
};

// A request we start a session with (`strowger call`, scripted callers; later the B leg).
struct Invitation {
  Peer to;
  std::string request_uri;
  std::string from;     // a whole From value without tag: "\"Anna\" <sip:anna@example.org>"
  std::string to_header;  // a whole To value without tag
  HeaderList headers;
  Body body;
  enum class Reliable : std::uint8_t { unsupported, supported, required };
  Reliable reliable = Reliable::supported;
  // To repeat an INVITE after 401 or 407, with credentials among `headers` (22.2): Call-ID and
  // From tag of the refused one, and the next CSeq number. Left empty they are made up.
  std::string call_id;
  std::string from_tag;
  std::uint32_t cseq = 1;
  std::uint64_t max_forwards = 70;  // less when it goes on for an INVITE that we got (16.6)
};

// A request outside of any dialog: REGISTER at a carrier's registrar, MESSAGE to a phone.
struct Inquiry {
  Peer to;
  Method method = Method::register_;
  std::string request_uri;
  std::string from;       // a whole value without tag
  std::string to_header;
  std::string call_id;    // RFC 3261 10.2: the same for all of one registration, with growing CSeq
  std::uint32_t cseq = 1;
  HeaderList headers;     // Contact, Expires, credentials
  Body body;
  std::uint64_t max_forwards = 70;
};

// ---- outputs ----------------------------------------------------------------------------------

struct Send {
  Peer peer;
  std::shared_ptr<const std::string> bytes;
  SessionId session = 0;  // whose ladder this belongs to; 0 = nobody's
};

// ---- incoming sessions (we are the UAS)
struct Invited {
  SessionId session;
  MessagePtr invite;
  Peer from;
  Identity identity;  // proven; what the request says of itself counts nothing
  SessionId replaces = 0;  // the confirmed session that it wants to take the place of (RFC 3891)
  std::string replaces_elsewhere = {};  // the value of Replaces, when Config::elsewhere has it
};
// A message of a session arrived (any, also retransmissions): for ladders and records only.
struct Seen {
  SessionId session;
  MessagePtr message;
};
// A reliable provisional was PRACKed; `body` is the PRACK's answer to our offer. A new offer in a
// PRACK comes as Reoffered, right after this (RFC 3262 §5).
struct ProvisionalAcknowledged {
  SessionId session;
  Body body;
};
// No PRACK within 64*T1 (RFC 3262 §3).
struct ProvisionalUnacknowledged {
  SessionId session;
};
// The ACK for our 2xx. `body` may answer our offer. Also for a re-INVITE, but only when it holds
// such an answer.
struct Established {
  SessionId session;
  Body body;
};

// ---- either role
// The peer sent a new offer in UPDATE, re-INVITE or PRACK: call answer_offer() or refuse_offer() at
// once, or when the other end of a bridge has been asked. Until then no other offer is taken, and
// accept() waits.
// A re-INVITE without body asks us for an offer: `offer` is empty.
struct Reoffered {
  SessionId session;
  MessagePtr request;
  Body offer;
};
// A CANCEL took back the re-INVITE that call/ was asked about: it has its 487.
struct Withdrawn {
  SessionId session;
};
// The far end answered a re-INVITE that we sent on our own to refresh the session (RFC 4028): all
// stays as it is, but for what this answer says anew.
struct Refreshed {
  SessionId session;
  Body answer;
};
// REFER in a confirmed dialog: call answer_refer() at once.
struct Referred {
  SessionId session;
  MessagePtr refer;
};
struct InfoReceived {
  SessionId session;
  MessagePtr info;   // already answered 200
};
// The session is over: no verb has an effect any more, its media shall stop. Sent exactly once.
struct Ended {
  SessionId session;
  enum class Why : std::uint8_t {
    rejected,         // our final non-2xx (or the peer's, when we called)
    cancelled,        // CANCEL, whichever side's: 487 was the end of it
    bye_received,     // BYE, in the early or confirmed dialog
    bye_sent,
    no_ack,           // 2xx never acknowledged: BYE was sent (RFC 3261 13.3.1.4)
    timeout,          // we called and nobody answered, or a request in the dialog timed out
    expired,          // its session was not refreshed (RFC 4028 §10): BYE was sent
    transport_failed,
  } why;
  MessagePtr message;  // the CANCEL, BYE or final response that ended it; null for ours
};
// Everything is forgotten (all transactions and timers of the session are over). Sent exactly
// once, after Ended.
struct Gone {
  SessionId session;
};

// ---- outgoing sessions (we are the UAC)
// 101–199. Reliable ones are PRACKed by the agent, see set_answer(); copies do not come here.
struct Progressed {
  SessionId session;
  MessagePtr response;
};
// 2xx to our INVITE, re-INVITE or UPDATE. The ACK is sent; when the 2xx held an offer, only with
// the body given to set_answer(), before or after this.
struct Accepted {
  SessionId session;
  MessagePtr response;
};
// Final 3xx–6xx; already acknowledged. Ended follows, but not when it was a re-INVITE or an UPDATE
// (see the response's CSeq): then all stays as it was. Null: withdraw() took back a re-INVITE, and
// nothing more came.
struct Refused {
  SessionId session;
  MessagePtr response;
};

// The final answer to an Inquiry; null when there was none. Ended and Gone follow.
struct Replied {
  SessionId session;
  MessagePtr response;
  Peer source;
};

// Somebody watches the calls of `watched` (Subscribers::watchable()): call show() at once, and
// whenever they change. Ended when he does no more.
struct Watching {
  SessionId session;
  std::string watched;
};

// A MESSAGE outside of a dialog, by a device that logged in: call answer() once. Ended when it has
// its answer, ours or that nobody was there in time.
struct Paged {
  SessionId session;
  MessagePtr message;
  Identity identity;
  Domain domain;  // of the Request-URI, and of the device
};

// ---- nobody's session
// A REGISTER was answered 200: the location table is to be changed before the next feed.
struct Registered {
  LocationChange change;
};
// Somebody gave a wrong password: the other shards are to know (see UserAgent::count()).
struct Guessed {
  WrongAnswer answer;
};
// A log line about something odd (dropped garbage, a refused request).
struct Noted {
  std::string text;
  bool serious = false;
};

using Output = std::variant<Send, Invited, Seen, ProvisionalAcknowledged,
                           ProvisionalUnacknowledged, Established, Reoffered, Withdrawn, Refreshed,
                           Referred, InfoReceived, Ended, Gone, Progressed, Accepted, Refused,
                           Replied, Watching, Paged, Registered, Guessed, Noted>;

class UserAgent {
 public:
  struct Config {
    std::string server_name = "Strowger";       // Server / User-Agent header; empty: none
    // Address put into Contact and Via when it must differ from the socket's (NAT, 0.0.0.0 binds).
    std::optional<IpAddress> advertised;
    std::size_t transactions_max = 200'000;     // above: 503 with Retry-After, stateless
    // Asked before a session is made: may this source call without authentication? Refused → 403.
    bool (*may_call)(const Peer& from, const void* context) = nullptr;
    const void* context = nullptr;
    // With these it is a registrar and asks callers who they are (10.3, 22): whoever logs in may
    // call, others as `may_call` says. Without, REGISTER is refused.
    const Subscribers* subscribers = nullptr;
    const LocationTable* locations = nullptr;
    RegistrarLimits registrar;
    SessionTimerPolicy session_timer;
    bool transfers = false;  // REFER and Replaces are taken
    // Whether a dialog with this Call-ID would be another user agent's of this server; empty: there
    // is none.
    std::function<bool(std::string_view call_id)> elsewhere = {};
  };

  UserAgent(Config config, Random& random);
  ~UserAgent();
  UserAgent(const UserAgent&) = delete;
  UserAgent& operator=(const UserAgent&) = delete;

  // One whole message as cut by the datagram or the stream framer.
  void receive(const Peer& peer, std::string bytes, Now now);
  void connection_failed(std::uint64_t connection, Now now);
  // See TransactionTable::unreachable().
  void unreachable(const Peer& peer, Now now);
  void tick(Now now);
  std::optional<Instant> deadline() const;
  std::optional<Output> poll();

  // A wrong answer that another shard saw.
  void count(const WrongAnswer& answer);

  // Whether Noted comes out at all: no text is made for a log that leaves it out.
  void take_notes(bool on);

  // Whether a request that was not parsed repeats one whose transaction is still known.
  bool knows(const HeadScan& request) const;
  bool full() const;  // transactions_max is reached
  void set_session_timer(const SessionTimerPolicy& policy);  // of sessions from now on
  // Draining: new INVITEs get 503 with Retry-After; sessions in progress go on.
  void drain();

  // ---- verbs on incoming sessions; false, and nothing done, when the session's state forbids it
  // 101–199. `reliable` sends RSeq + Require: 100rel and retransmits until PRACK (the INVITE must
  // allow it); otherwise it is sent once; repeat it by calling again. All carry the session's one
  // To-tag and Contact.
  bool progress(SessionId session, Answer provisional, bool reliable, Now now);
  // 2xx, retransmitted until ACK (13.3.1.4). Carries Contact, Allow, Supported. Waits for the PRACK
  // of a reliable provisional with a body (RFC 3262 §3); ProvisionalUnacknowledged takes it back.
  bool accept(SessionId session, Body sdp, Now now);
  // 300–699, exactly as given plus what RFC 3261 needs (Via, From, To, Call-ID, CSeq,
  // Content-Length).
  bool reject(SessionId session, Answer final, Now now);
  // BYE in a confirmed dialog, e.g. with Reason headers. Before the ACK of our 2xx it waits for
  // that, or until none can come any more (RFC 3261 15); Ended comes with the BYE.
  bool bye(SessionId session, HeaderList headers, Now now);
  // Of either role: whose credentials its far end gets when it asks for some within the dialog
  // (22.2), as long as our requests go to the address `at`: its Contact may name anybody. Without
  // credentials a challenge is a refusal like any other.
  void set_login(SessionId session, Login login, const IpAddress& at);
  bool answer_offer(SessionId session, Body sdp, Now now);
  // An empty phrase is filled in.
  bool refuse_offer(SessionId session, int status, Now now, std::string_view phrase = {});

  // What the INVITE asked for, for the call layer.
  bool peer_supports_reliable(SessionId session) const;   // Supported: 100rel
  bool peer_requires_reliable(SessionId session) const;   // Require: 100rel

  // ---- outgoing sessions
  SessionId invite(Invitation invitation, Now now);
  // Waits for the first provisional (9.1). `headers`: Reason (RFC 3326).
  void cancel(SessionId session, Now now, HeaderList headers = {});
  // SDP to go into the next PRACK or ACK when the peer's response carried an offer.
  void set_answer(SessionId session, Body sdp);
  bool info(SessionId session, Body body, Now now);
  // False: not now, for another offer, or an ACK of theirs, is on its way (RFC 3261 14.1).
  bool reinvite(SessionId session, Body sdp, Now now);
  // CANCEL for that re-INVITE, as soon as it may be sent (9.1). What becomes of it is told as ever:
  // its 200 may have crossed the CANCEL. False: there is none.
  bool withdraw(SessionId session, Now now);
  // For the 2xx that we have sent to an INVITE of theirs. With that of the first INVITE comes
  // Established.
  bool awaits_ack(SessionId session) const;
  // 202 begins a subscription, unless the sender wants none (RFC 4488); others refuse.
  bool answer_refer(SessionId session, int status, std::string_view phrase, Now now);
  // NOTIFY with that status line; one of 200 and above is the last.
  bool notify(SessionId session, int status, std::string_view phrase, Now now);
  bool refer(SessionId session, const HeaderList& headers, Now now);
  // The confirmed session whose dialog that is, seen from the far end's request; 0: none.
  SessionId named(const Replaces& dialog) const;
  bool update(SessionId session, Body sdp, Now now);

  // ---- subscriptions
  // All calls of whom the session watches. Changes are told at most once in a second.
  void show(SessionId session, std::vector<DialogInfo> calls, Now now);

  // ---- outside of any dialog
  // 200–699 to a MESSAGE.
  bool answer(SessionId session, const Answer& final, Now now);
  SessionId ask(const Inquiry& inquiry, Now now);
  // What stands in Contact towards a peer, "<sip:192.0.2.1:5060;transport=udp>", with a user part.
  std::string contact(const Peer& peer, std::string_view user) const;

  std::size_t sessions() const;       // not yet Gone
  std::size_t transactions() const;   // live, of all four kinds

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace strowger::sip
