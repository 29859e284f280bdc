#include "sip/transaction_table.hpp"

#include <utility>

namespace strowger::sip {

namespace {

template <class Invite, class NonInvite>
std::variant<Invite, NonInvite> machine_for(Method method, Transport transport) {
  if (method == Method::invite) return Invite(is_reliable(transport));
  return NonInvite(is_reliable(transport));
}

template <class Transaction>
Reaction react(Transaction& transaction, Input input) {
  return std::visit([&](auto& machine) { return machine.feed(input); }, transaction.machine);
}

constexpr std::uint16_t default_port(Transport transport) {
  return transport == Transport::tls || transport == Transport::wss ? 5061 : 5060;
}

}  // namespace

// ---- server -----------------------------------------------------------------------------------

void TransactionTable::open_server(const Key& key, const Via& top, const Opening& opening) {
  const auto transport = opening.source.transport;
  ServerTransaction transaction{
      machine_for<InviteServerTransaction, NonInviteServerTransaction>(opening.method, transport)};
  transaction.reply_to = opening.source;
  transaction.reply_to.remote = reply_endpoint(top, opening.source.remote, transport);
  transaction.session = opening.session;
  transaction.merged = opening.merged;
  transaction.sent_by_port = top.port.value_or(default_port(transport));
  watch(transaction.reply_to, key);
  if (!opening.merged.empty()) merged_.insert(opening.merged);
  react(transaction, Input::begin);
  servers_.insert_or_assign(key, std::move(transaction));
}

const ServerTransaction* TransactionTable::server(const Key& key) const {
  const auto found = servers_.find(key);
  return found == servers_.end() ? nullptr : &found->second;
}

void TransactionTable::repeat_request(const Key& key, Instant now) {
  feed_server(key, Input::request, now);
}

bool TransactionTable::acknowledge(const Key& key, Instant now) {
  return feed_server(key, Input::ack, now).pass;
}

void TransactionTable::respond(const Key& key, int status, BytesPtr response, Instant now) {
  const auto found = servers_.find(key);
  if (found == servers_.end()) return;
  found->second.last = std::move(response);
  feed_server(key, input_for(status), now);
}

Reaction TransactionTable::feed_server(const Key& key, Input input, Instant now) {
  const auto found = servers_.find(key);
  if (found == servers_.end()) return {};
  ServerTransaction& transaction = found->second;
  const Reaction reaction = react(transaction, input);
  if (reaction.send && transaction.last) {
    user_.transmit(transaction.reply_to, transaction.last, transaction.session);
  }
  if (reaction.settled) transaction.last.reset();
  if (reaction.settled && !reaction.over && user_.leaves_transaction(transaction.session)) {
    transaction.session = 0;
  }
  if (reaction.over) {
    close_server(key);
    return reaction;
  }
  change(transaction.repeat, reaction.repeat, {Alarm::Of::server_repeat, 0, 0, key}, now);
  change(transaction.limit, reaction.limit, {Alarm::Of::server_limit, 0, 0, key}, now);
  return reaction;
}

void TransactionTable::close_server(const Key& key) {
  const auto node = servers_.extract(key);
  const ServerTransaction& transaction = node.mapped();
  if (transaction.repeat != 0) timers_.disarm(transaction.repeat);
  if (transaction.limit != 0) timers_.disarm(transaction.limit);
  if (!transaction.merged.empty()) merged_.erase(transaction.merged);
  unwatch(transaction.reply_to, key);
  user_.transaction_over(transaction.session);
}

// ---- client -----------------------------------------------------------------------------------

void TransactionTable::open_client(const Key& key, Method method, const Peer& peer,
                                   BytesPtr request, SessionId session, Instant now) {
  ClientTransaction transaction{
      machine_for<InviteClientTransaction, NonInviteClientTransaction>(method, peer.transport)};
  transaction.peer = peer;
  transaction.session = session;
  transaction.message = std::move(request);
  watch(peer, key);
  clients_.insert_or_assign(key, std::move(transaction));
  feed_client(key, Input::begin, now);
}

const ClientTransaction* TransactionTable::client(const Key& key) const {
  const auto found = clients_.find(key);
  return found == clients_.end() ? nullptr : &found->second;
}

bool TransactionTable::receive_response(const Key& key, const Message& response,
                                        std::uint64_t connection, Instant now) {
  const auto found = clients_.find(key);
  if (found != clients_.end() && found->second.peer.connection != connection) {
    unwatch(found->second.peer, key);
    found->second.peer.connection = connection;
    watch(found->second.peer, key);
  }
  return feed_client(key, input_for(response.status()), now, &response).pass;
}

void TransactionTable::abandon_client(const Key& key) {
  if (clients_.contains(key)) close_client(key);
}

void TransactionTable::forget_client(const Key& key, Instant now) {
  const auto found = clients_.find(key);
  if (found == clients_.end()) return;
  change(found->second.limit, {TimerChange::What::set, TimerName::none, 64 * t1},
         {Alarm::Of::client_forgotten, 0, 0, key}, now);
}

Reaction TransactionTable::feed_client(const Key& key, Input input, Instant now,
                                       const Message* response) {
  const auto found = clients_.find(key);
  if (found == clients_.end()) return {};
  ClientTransaction& transaction = found->second;
  const Reaction reaction = react(transaction, input);
  if (reaction.acknowledge && response != nullptr) {
    transaction.message =
        std::make_shared<const std::string>(ack_of_failure(*transaction.message, *response));
  }
  if (reaction.send) user_.transmit(transaction.peer, transaction.message, transaction.session);
  if (reaction.over) {
    const SessionId session = transaction.session;
    close_client(key);
    if (reaction.timed_out || reaction.failed) {
      user_.request_failed(key, session, reaction.timed_out);
    }
    return reaction;
  }
  change(transaction.repeat, reaction.repeat, {Alarm::Of::client_repeat, 0, 0, key}, now);
  change(transaction.limit, reaction.limit, {Alarm::Of::client_limit, 0, 0, key}, now);
  return reaction;
}

void TransactionTable::close_client(const Key& key) {
  const auto node = clients_.extract(key);
  const ClientTransaction& transaction = node.mapped();
  if (transaction.repeat != 0) timers_.disarm(transaction.repeat);
  if (transaction.limit != 0) timers_.disarm(transaction.limit);
  unwatch(transaction.peer, key);
  user_.transaction_over(transaction.session);
}

// ---- timers and connections -------------------------------------------------------------------

void TransactionTable::change(TimerId& timer, const TimerChange& change, Alarm alarm,
                              Instant now) {
  if (change.what == TimerChange::What::keep) return;
  if (timer != 0) timers_.disarm(std::exchange(timer, 0));
  if (change.what == TimerChange::What::set) timer = timers_.arm(now + change.after, alarm);
}

void TransactionTable::fire(const Alarm& alarm, Instant now) {
  switch (alarm.of) {
    case Alarm::Of::server_repeat: feed_server(alarm.key, Input::repeat_due, now); break;
    case Alarm::Of::server_limit: feed_server(alarm.key, Input::limit_due, now); break;
    case Alarm::Of::client_repeat: feed_client(alarm.key, Input::repeat_due, now); break;
    case Alarm::Of::client_limit: feed_client(alarm.key, Input::limit_due, now); break;
    case Alarm::Of::client_forgotten: abandon_client(alarm.key); break;
    case Alarm::Of::session: break;
  }
}

void TransactionTable::watch(const Peer& peer, const Key& key) {
  if (peer.connection != 0) by_connection_[peer.connection].insert(key);
  else if (is_reliable(peer.transport)) by_place_[place_of(peer)].insert(key);
}

void TransactionTable::unwatch(const Peer& peer, const Key& key) {
  const auto forget = [&](auto& index, const auto& where) {
    const auto found = index.find(where);
    if (found == index.end()) return;
    found->second.erase(key);
    if (found->second.empty()) index.erase(found);
  };
  if (peer.connection != 0) forget(by_connection_, peer.connection);
  else if (is_reliable(peer.transport)) forget(by_place_, place_of(peer));
}

void TransactionTable::connection_failed(std::uint64_t connection, Instant now) {
  const auto node = by_connection_.extract(connection);
  if (node.empty()) return;
  for (const Key& key : node.mapped()) {
    if (const auto server = servers_.find(key); server != servers_.end()) {
      // 18.2.2: the next response opens a connection to the port that the sender listens on.
      server->second.reply_to.connection = 0;
      server->second.reply_to.remote.port = server->second.sent_by_port;
    } else {
      feed_client(key, Input::transport_error, now);
    }
  }
}

void TransactionTable::unreachable(const Peer& peer, Instant now) {
  const auto node = by_place_.extract(place_of(peer));
  if (node.empty()) return;
  for (const Key& key : node.mapped()) feed_client(key, Input::transport_error, now);
}

}  // namespace strowger::sip
