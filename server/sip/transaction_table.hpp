// All live transactions of one shard: matches messages to them, runs their timers, sends what they
// want sent. What a message means is the transaction user's affair.
#pragma once

#include "base/timer_queue.hpp"
#include "sip/client_transaction.hpp"
#include "sip/message.hpp"
#include "sip/peer.hpp"
#include "sip/server_transaction.hpp"
#include "sip/transaction.hpp"
#include "sip/transaction_key.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <variant>

namespace strowger::sip {

using SessionId = std::uint64_t;  // 0 is never a session
using BytesPtr = std::shared_ptr<const std::string>;

// What a timer of this shard is about.
struct Alarm {
  enum class Of : std::uint8_t {
    server_repeat,
    server_limit,
    client_repeat,
    client_limit,
    client_forgotten,
    session,
  };
  Of of = Of::session;
  std::uint8_t which = 0;  // of a session: its own name for the timer
  SessionId session = 0;
  Key key;                 // of a transaction
};
using Timers = TimerQueue<Alarm>;

struct ServerTransaction {
  std::variant<InviteServerTransaction, NonInviteServerTransaction> machine;
  Peer reply_to;
  SessionId session = 0;             // 0 too once the session left it
  BytesPtr last;                     // the last response; null until there is one
  Key merged;                        // see KeyMaker::merged_request; empty when it does not matter
  TimerId repeat = 0;
  TimerId limit = 0;
  std::uint16_t sent_by_port = 0;    // streams: to connect to when the connection is gone (18.2.2)

  bool is_invite() const { return machine.index() == 0; }
};

struct ClientTransaction {
  std::variant<InviteClientTransaction, NonInviteClientTransaction> machine;
  Peer peer;
  SessionId session = 0;
  BytesPtr message;                  // the request; in the completed state of an INVITE its ACK
  TimerId repeat = 0;
  TimerId limit = 0;

  bool is_invite() const { return machine.index() == 0; }
};

class TransactionUser {
 public:
  virtual void transmit(const Peer& peer, const BytesPtr& bytes, SessionId session) = 0;
  // A request of ours got no final response, or its connection is gone. The transaction is no more.
  virtual void request_failed(const Key& key, SessionId session, bool timed_out) = 0;
  // The transaction sends nothing more; it absorbs copies for a while, without anybody's help.
  // True: it is over for the session, and transaction_over() is not called.
  virtual bool leaves_transaction(SessionId session) = 0;
  // Once for every transaction, whatever its end.
  virtual void transaction_over(SessionId session) = 0;

 protected:
  ~TransactionUser() = default;
};

class TransactionTable {
 public:
  TransactionTable(TransactionUser& user, Timers& timers) : user_(user), timers_(timers) {}

  // ---- server side. `source` is where the request came from, `top` its top Via.
  struct Opening {
    Method method = Method::invite;
    Peer source;
    SessionId session = 0;
    Key merged;
  };
  void open_server(const Key& key, const Via& top, const Opening& opening);
  const ServerTransaction* server(const Key& key) const;
  // A copy of the request came; the transaction is known.
  void repeat_request(const Key& key, Instant now);
  // An ACK came. True: it is for the core (the INVITE was accepted).
  bool acknowledge(const Key& key, Instant now);
  void respond(const Key& key, int status, BytesPtr response, Instant now);
  // Is there a transaction for another copy of this request?
  bool is_merged(const Key& merged) const { return merged_.contains(merged); }

  // ---- client side
  void open_client(const Key& key, Method method, const Peer& peer, BytesPtr request,
                   SessionId session, Instant now);
  const ClientTransaction* client(const Key& key) const;
  // True: the response is for the core. `connection` is the stream it came on, 0 for datagrams:
  // the one that was opened for a request tells its number this way.
  bool receive_response(const Key& key, const Message& response, std::uint64_t connection,
                        Instant now);
  // 9.1: nobody will answer a cancelled INVITE any more. Nobody is told but by transaction_over().
  void abandon_client(const Key& key);
  // Nobody waits for the final answer of an INVITE any more, but a refusal gets its ACK still. One
  // that rings has no timer of its own: it is abandoned after 64·T1.
  void forget_client(const Key& key, Instant now);

  void fire(const Alarm& alarm, Instant now);
  void connection_failed(std::uint64_t connection, Instant now);
  // No connection to there could be opened, or the one that was opened ended: requests that went
  // to it (their peer has no connection yet, as no response came) fail (18.4).
  void unreachable(const Peer& peer, Instant now);
  std::size_t size() const { return servers_.size() + clients_.size(); }

 private:
  template <class Transaction>
  using Map = std::unordered_map<Key, Transaction, KeyHash>;
  using KeySet = std::unordered_set<Key, KeyHash>;

  // Both return what the machine said, so that the caller can see whether to pass the message on.
  Reaction feed_server(const Key& key, Input input, Instant now);
  Reaction feed_client(const Key& key, Input input, Instant now, const Message* response = nullptr);
  void change(TimerId& timer, const TimerChange& change, Alarm alarm, Instant now);
  void close_server(const Key& key);
  void close_client(const Key& key);
  void watch(const Peer& peer, const Key& key);
  void unwatch(const Peer& peer, const Key& key);

  TransactionUser& user_;
  Timers& timers_;
  Map<ServerTransaction> servers_;
  Map<ClientTransaction> clients_;
  KeySet merged_;
  std::unordered_map<std::uint64_t, KeySet> by_connection_;
  // Requests over a stream that has no number yet: it is opened for them.
  using Place = std::tuple<Transport, Endpoint, std::uint32_t>;
  static Place place_of(const Peer& peer) { return {peer.transport, peer.remote, peer.link}; }
  std::map<Place, KeySet> by_place_;
};

}  // namespace strowger::sip
