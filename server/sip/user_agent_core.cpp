#include "sip/user_agent_core.hpp"

#include "sip/headers.hpp"
#include "sip/multipart.hpp"
#include "sip/refer.hpp"
#include "sip/session.hpp"
#include "sip/writer.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sip {

AgentCore::~AgentCore() = default;

// ---- outputs ----------------------------------------------------------------------------------

void AgentCore::transmit(const Peer& peer, const BytesPtr& bytes, SessionId session) {
  emit(Send{peer, bytes, session});
}

void AgentCore::seen(SessionId session, const MessagePtr& message) {
  if (session != 0) emit(Seen{session, message});
}

// ---- answering --------------------------------------------------------------------------------

void AgentCore::open_server(const Request& request, SessionId session, const Key& merged) {
  const auto& top = top_via(*request.message);
  transactions.open_server(request.transaction, top ? *top : Via{},
                           {request.message->method(), request.source, session, merged});
  if (SessionEntry* entry = find(session)) ++entry->transactions;
}

std::string AgentCore::write_reply(const Message& request, const Peer& source,
                                   const Reply& reply) const {
  Writer writer = Writer::reply(request, {.status = reply.status,
                                          .phrase = reply.phrase,
                                          .to_tag = reply.to_tag,
                                          .source = source.remote});
  if (reply.contact) writer.header(HeaderName::contact, contact(source));
  if (reply.capabilities) {
    writer.header(HeaderName::allow, allowed());
    writer.header(HeaderName::supported, supported());
    // RFC 6665 8.2.2: which events may be subscribed to.
    if (config.subscribers != nullptr) writer.header(HeaderName::allow_events, allowed_events);
  }
  if (reply.headers != nullptr) writer.headers(*reply.headers);
  if (!config.server_name.empty()) writer.header(HeaderName::server, config.server_name);
  if (reply.body == nullptr || reply.body->empty()) return writer.finish();
  return writer.finish(reply.body->type, reply.body->content);
}

BytesPtr AgentCore::respond(const Request& request, const Reply& reply) {
  // Copied, as what is written has room to grow and this is kept for up to 32 s.
  const auto written = write_reply(*request.message, request.source, reply);
  auto bytes = std::make_shared<const std::string>(std::string_view(written));
  transactions.respond(request.transaction, reply.status, bytes, now.instant);
  return bytes;
}

void AgentCore::respond_statelessly(const Message& request, const Peer& source, Reply reply,
                                    SessionId session) {
  const auto& top = top_via(request);
  if (!top) return;
  const auto tag = keys.stateless_tag(request);
  reply.to_tag = tag;
  Peer back = source;
  back.remote = reply_endpoint(*top, source.remote, source.transport);
  transmit(back, std::make_shared<const std::string>(write_reply(request, source, reply)),
           session);
}

// ---- asking -----------------------------------------------------------------------------------

const IpAddress& AgentCore::shown_address(const Peer& peer) const {
  const bool fits = config.advertised && config.advertised->family == peer.local.address.family;
  return fits ? *config.advertised : peer.local.address;
}

std::string AgentCore::via(const Peer& peer, std::string_view branch) const {
  std::string value = "SIP/2.0/";
  value.append(via_name(peer.transport)).append(" ");
  value.append(Endpoint{shown_address(peer), peer.local.port}.text());
  return value.append(";branch=").append(branch).append(";rport");
}

std::string AgentCore::contact(const Peer& peer) const {
  std::string value = "<sip:" + Endpoint{shown_address(peer), peer.local.port}.text();
  return value.append(";transport=").append(uri_name(peer.transport)).append(">");
}

std::string AgentCore::supported(bool reliable) const {
  std::string extensions = reliable ? "100rel" : "";
  if (session_timer.known) extensions += extensions.empty() ? "timer" : ", timer";
  if (config.transfers) extensions += extensions.empty() ? "replaces" : ", replaces, norefersub";
  return extensions;
}

Key AgentCore::send_request(Dialog& dialog, const Outgoing& outgoing, SessionId session) {
  const auto branch = new_branch();
  const Peer hop = dialog.next_hop();
  Writer writer = dialog.request(outgoing.method, dialog.next_sequence(), via(hop, branch));
  // Target refresh requests must carry a Contact (12.2.1.1, RFC 3311 5.1).
  if (outgoing.method == Method::invite || outgoing.method == Method::update) {
    writer.header(HeaderName::contact, contact(hop));
    writer.header(HeaderName::allow, allowed());
    writer.header(HeaderName::supported, supported());
  }
  if (outgoing.headers != nullptr) writer.headers(*outgoing.headers);
  if (!config.server_name.empty()) writer.header(HeaderName::user_agent, config.server_name);
  const bool empty = outgoing.body == nullptr || outgoing.body->empty();
  std::string bytes =
      empty ? writer.finish() : writer.finish(outgoing.body->type, outgoing.body->content);
  return open_client(outgoing.method, branch, hop, std::move(bytes), session);
}

std::string AgentCore::write_ack(const Dialog& dialog, std::uint32_t sequence, const Key& invite,
                                 const Body& body) {
  Writer writer = dialog.request(Method::ack, sequence, via(dialog.next_hop(), new_branch()));
  const ClientTransaction* const sent = transactions.client(invite);
  if (sent != nullptr && sent->message->find("uthorization:") != std::string::npos) {
    const auto parsed = Message::parse(*sent->message);
    if (parsed) writer.headers(credentials_in(*parsed));
  }
  return body.empty() ? writer.finish() : writer.finish(body.type, body.content);
}

// Once, and again only when the answer was right but came too late. What begins a session is
// repeated by whoever began it.
bool AgentCore::answer_challenge(const Sent& sent, const Message& response) {
  SessionEntry* const entry = find(sent.session);
  if (entry == nullptr || !entry->login) return false;
  const auto request = Message::parse(*sent.bytes);
  if (!request || to_tag(*request).empty()) return false;
  auto& [login, at, stale_left] = *entry->login;
  if (sent.peer.remote.address != at) return false;
  const bool answered = !credentials_in(*request).empty();
  if (answered && (!is_stale(response) || stale_left-- <= 0)) return false;
  const auto credentials = answers_to(response,
                                      {.method = request->method_text(),
                                       .uri = request->request_uri(),
                                       .body = request->body()},
                                      login, random);
  if (credentials.empty()) return false;
  // A BYE is the last of its dialog, and its session may be no more.
  auto number = cseq(*request).value_or(CSeq{}).number + 1;
  Session* const session = live(sent.session);
  if (session != nullptr) number = session->next_number(to_tag(response)).value_or(number);
  const auto branch = new_branch();
  const Key again =
      open_client(request->method(), branch, sent.peer,
                  with_credentials(*request, number, via(sent.peer, branch), credentials),
                  sent.session);
  if (session != nullptr) session->sent_again(sent.transaction, again, number);
  return true;
}

Key AgentCore::open_client(Method method, std::string_view branch, const Peer& peer,
                           std::string request, SessionId session) {
  const Key key = keys.client_transaction(branch, name(method));
  if (SessionEntry* entry = find(session)) ++entry->transactions;
  transactions.open_client(key, method, peer,
                           std::make_shared<const std::string>(std::move(request)), session,
                           now.instant);
  return key;
}

// ---- sessions ---------------------------------------------------------------------------------

SessionEntry* AgentCore::find(SessionId session) {
  const auto found = sessions.find(session);
  return found == sessions.end() ? nullptr : &found->second;
}

Session* AgentCore::live(SessionId session) {
  SessionEntry* entry = find(session);
  return entry == nullptr || entry->ended ? nullptr : entry->session.get();
}

void AgentCore::add_dialog(SessionId session, const Dialog& dialog) {
  const Key key = keys.dialog(dialog.call_id, dialog.local_tag, dialog.remote_tag);
  dialogs_.insert_or_assign(key, session);
  if (SessionEntry* entry = find(session)) entry->dialogs.push_back(key);
}

void AgentCore::remove_dialog(SessionId session, const Dialog& dialog) {
  const Key key = keys.dialog(dialog.call_id, dialog.local_tag, dialog.remote_tag);
  dialogs_.erase(key);
  if (SessionEntry* entry = find(session)) std::erase(entry->dialogs, key);
}

SessionId AgentCore::session_of(const Message& request) const {
  const auto found =
      dialogs_.find(keys.dialog(call_id(request), to_tag(request), from_tag(request)));
  return found == dialogs_.end() ? 0 : found->second;
}

SessionId AgentCore::session_of(const Replaces& dialog) const {
  const auto found =
      dialogs_.find(keys.dialog(dialog.call_id, dialog.to_tag, dialog.from_tag));
  return found == dialogs_.end() ? 0 : found->second;
}

void AgentCore::track_connection(SessionId session, std::uint64_t connection) {
  SessionEntry* entry = find(session);
  if (entry == nullptr || entry->connection == connection) return;
  if (const auto old = by_connection_.find(entry->connection); old != by_connection_.end()) {
    old->second.erase(session);
    if (old->second.empty()) by_connection_.erase(old);
  }
  entry->connection = connection;
  if (connection != 0) by_connection_[connection].insert(session);
}

void AgentCore::connection_failed(std::uint64_t connection) {
  // Dialogs first, so that whatever they send next opens a connection of its own.
  if (const auto node = by_connection_.extract(connection); !node.empty()) {
    for (const SessionId session : node.mapped()) {
      SessionEntry* entry = find(session);
      entry->connection = 0;
      if (entry->session) entry->session->connection_failed(connection);
    }
  }
  transactions.connection_failed(connection, now.instant);
}

void AgentCore::request_failed(const Key& key, SessionId session, bool timed_out) {
  if (Session* concerned = live(session)) concerned->request_failed(key, timed_out);
}

// A million refused calls an hour are remembered by their transactions alone. But a PRACK that may
// still come has an answer.
bool AgentCore::leaves_transaction(SessionId session) {
  const SessionEntry* entry = find(session);
  if (entry == nullptr || !entry->ended || entry->late) return false;
  transaction_over(session);
  return true;
}

void AgentCore::transaction_over(SessionId session) {
  SessionEntry* entry = find(session);
  if (entry == nullptr) return;
  --entry->transactions;
  if (entry->ended) touched_.push_back(session);
}

void AgentCore::end(SessionId session, Ended::Why why, MessagePtr message) {
  SessionEntry* entry = find(session);
  if (entry == nullptr || std::exchange(entry->ended, true)) return;
  entry->left_by_peer = why == Ended::Why::bye_received;
  emit(Ended{session, why, std::move(message)});
  touched_.push_back(session);
}

void AgentCore::sweep() {
  for (std::size_t i = 0; i < touched_.size(); ++i) {
    const SessionId session = touched_[i];
    SessionEntry* entry = find(session);
    if (entry == nullptr || !entry->ended) continue;
    if (entry->session && !entry->session->outlives_its_end()) {
      entry->late = entry->session->unacknowledged();
      const bool asked_for = entry->late || entry->session->was_answered();
      entry->session.reset();
      if (!asked_for) forget_dialogs(*entry);
    }
    if (entry->transactions > 0 || entry->subscription) continue;
    forget_dialogs(*entry);
    track_connection(session, 0);
    sessions.erase(session);
    emit(Gone{session});
  }
  touched_.clear();
}

void AgentCore::forget_dialogs(SessionEntry& entry) {
  for (const Key& dialog : std::exchange(entry.dialogs, {})) dialogs_.erase(dialog);
}

Body session_description(const Message& message) {
  const auto sdp = sdp_in(message);
  if (sdp.empty()) return {};
  return {"application/sdp", std::string(sdp)};
}

bool describes_session(const Message& message) { return !sdp_in(message).empty(); }

}  // namespace strowger::sip
