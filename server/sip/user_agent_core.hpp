// What the sessions of one UserAgent share: transactions, timers, outputs, and the index of
// dialogs. Writes every message that is not somebody's own words.
#pragma once

#include "sip/dialog.hpp"
#include "sip/login.hpp"
#include "sip/transaction_key.hpp"
#include "sip/transaction_table.hpp"
#include "sip/user_agent.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace strowger::sip {

class Session;

// A request that has a server transaction.
struct Request {
  Key transaction;
  MessagePtr message;
  Peer source;
};

struct Reply {
  int status = 200;
  std::string_view phrase = "OK";
  std::string_view to_tag;              // used when the request's To has none
  bool contact = false;                 // say where we are to be reached
  bool capabilities = false;            // Allow and Supported
  const HeaderList* headers = nullptr;  // more of them
  const Body* body = nullptr;
};

// A reliable provisional response whose PRACK may still come.
struct Unacknowledged {
  std::uint32_t rseq = 0;
  std::uint32_t sequence = 0;  // of the INVITE
};

// Of a REFER whose sender has left the call: the dialog lives on for its NOTIFYs (RFC 5057 4.2).
struct ImplicitSubscription {
  Dialog dialog;
  std::string event;
};

// What the far end of a dialog may ask us for (22.2), again and again while the dialog lasts.
struct DialogLogin {
  Login login;
  IpAddress at;        // nobody elsewhere gets it
  int stale_left = 4;  // times that it may say that an answer came too late
};

// What is known of a session from its first message until it is Gone.
struct SessionEntry {
  std::unique_ptr<Session> session;  // null once it has ended and only its transactions live on
  std::uint32_t transactions = 0;
  bool ended = false;
  bool left_by_peer = false;         // its BYE ended the session, so that no other can cross ours
  std::uint64_t connection = 0;      // the stream its dialog uses
  std::string tag;                   // ours
  std::vector<Key> dialogs;
  std::optional<Unacknowledged> late;
  std::unique_ptr<ImplicitSubscription> subscription;  // few sessions have one
  std::unique_ptr<DialogLogin> login;                  // likewise
};

class AgentCore final : public TransactionUser {
 public:
  AgentCore(UserAgent::Config settings, Random& source)
      : config(std::move(settings)),
        random(source),
        keys(source),
        transactions(*this, timers),
        session_timer(config.session_timer) {}
  ~AgentCore();

  const UserAgent::Config config;
  Random& random;
  const KeyMaker keys;
  Timers timers;
  TransactionTable transactions;
  Now now{};  // of the feed in progress
  std::deque<Output> outputs;
  bool taking_notes = true;
  SessionTimerPolicy session_timer;

  void emit(Output output) { outputs.push_back(std::move(output)); }
  // `text` makes the line; it is asked only when somebody reads it.
  template <class Text>
  void note(Text text) {
    if (taking_notes) emit(Noted{text()});
  }

  // ---- answering
  void open_server(const Request& request, SessionId session, const Key& merged = {});
  BytesPtr respond(const Request& request, const Reply& reply);
  void respond_statelessly(const Message& request, const Peer& source, Reply reply,
                           SessionId session = 0);

  // ---- asking. The Via, Contact and User-Agent of requests are written here.
  struct Outgoing {
    Method method = Method::bye;
    const HeaderList* headers = nullptr;
    const Body* body = nullptr;
  };
  Key send_request(Dialog& dialog, const Outgoing& outgoing, SessionId session);
  // Of a subscription that a REFER made (RFC 3515 2.4.4); `status` of 200 and above is the last.
  Key send_notify(Dialog& dialog, const std::string& event, int status, std::string_view phrase,
                  SessionId session);
  // An ACK of a 2xx: in the dialog, but with the INVITE's number and credentials, and in no
  // transaction (13.2.2.4).
  std::string write_ack(const Dialog& dialog, std::uint32_t sequence, const Key& invite,
                        const Body& body);
  // A request of ours as it was sent.
  struct Sent {
    Key transaction;
    BytesPtr bytes;
    Peer peer;
    SessionId session = 0;
  };
  // Sends it again where a 401 or 407 within a dialog asks for credentials, and we have some for
  // whom it is. False: nothing was done.
  bool answer_challenge(const Sent& sent, const Message& response);
  Key open_client(Method method, std::string_view branch, const Peer& peer, std::string request,
                  SessionId session);
  std::string new_branch() { return std::string(magic_cookie) + random.token(16); }
  std::string new_tag() { return random.token(15); }
  std::string via(const Peer& peer, std::string_view branch) const;
  std::string contact(const Peer& peer) const;
  // What Supported says (20.37): the extensions that we know. "" for none.
  std::string supported(bool reliable = true) const;
  // What Allow says (20.5): in OPTIONS and INVITE answers, with 405.
  std::string_view allowed() const {
    const bool registrar = config.subscribers != nullptr;
    const auto end = registrar ? allowed_methods.size() : allowed_methods.find(", REGISTER");
    return allowed_methods.substr(0, config.transfers ? end : allowed_methods.find(", REFER"));
  }

  // ---- sessions
  SessionId add_session() { return ++last_session_; }
  SessionEntry* find(SessionId session);
  Session* live(SessionId session);  // null when it has ended
  void add_dialog(SessionId session, const Dialog& dialog);
  void remove_dialog(SessionId session, const Dialog& dialog);
  SessionId session_of(const Message& request_in_dialog) const;
  SessionId session_of(const Replaces& dialog) const;  // 0: none
  void track_connection(SessionId session, std::uint64_t connection);
  void end(SessionId session, Ended::Why why, MessagePtr message);
  void seen(SessionId session, const MessagePtr& message);
  // Forgets what is over. To be called last in every feed, when no session is at work.
  void sweep();
  void connection_failed(std::uint64_t connection);

  std::unordered_map<SessionId, SessionEntry> sessions;
  std::size_t pages = 0;  // MESSAGEs that we got and have not answered

 private:
  void transmit(const Peer& peer, const BytesPtr& bytes, SessionId session) override;
  void request_failed(const Key& key, SessionId session, bool timed_out) override;
  bool leaves_transaction(SessionId session) override;
  void transaction_over(SessionId session) override;
  std::string write_reply(const Message& request, const Peer& source, const Reply& reply) const;
  const IpAddress& shown_address(const Peer& peer) const;
  void forget_dialogs(SessionEntry& entry);

  SessionId last_session_ = 0;
  std::unordered_map<Key, SessionId, KeyHash> dialogs_;
  std::unordered_map<std::uint64_t, std::unordered_set<SessionId>> by_connection_;
  std::vector<SessionId> touched_;  // may be over
};

// The SDP of a message, also out of multipart; empty when it has none.
Body session_description(const Message& message);
// Has it one?
bool describes_session(const Message& message);

}  // namespace strowger::sip
