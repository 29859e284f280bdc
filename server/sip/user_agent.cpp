#include "sip/user_agent.hpp"

#include "sip/errand.hpp"
#include "sip/headers.hpp"
#include "sip/paged_message.hpp"
#include "sip/refer.hpp"
#include "sip/user_agent_impl.hpp"
#include "sip/validation.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sip {

// ---- inside -----------------------------------------------------------------------------------

void UserAgent::Impl::receive(const Peer& peer, std::string bytes) {
  auto parsed = Message::parse(std::move(bytes));
  if (!parsed) {
    if (parsed.error() == ParseError::empty) return;  // a keep-alive
    core.note([&] {
      return "dropped bytes from " + peer.remote.text() + ": " +
             std::string(text(parsed.error()));
    });
    return;
  }
  auto message = std::make_shared<const Message>(std::move(*parsed));
  if (message->is_request()) {
    receive_request({{}, std::move(message), peer});
  } else {
    receive_response(message, peer);
  }
}

// 17.1.3. What belongs to no transaction is dropped in silence: we forward nothing.
void UserAgent::Impl::receive_response(const MessagePtr& response, const Peer& source) {
  if (check_response(*response)) return;
  const auto& top = top_via(*response);
  const auto& sequence = cseq(*response);
  if (!top || !sequence) return;
  const Key key = core.keys.client_transaction(top->branch().value_or(""), sequence->method_text);
  const ClientTransaction* transaction = core.transactions.client(key);
  if (transaction == nullptr) return;
  const SessionId session = transaction->session;
  // A transaction over TCP ends with its response.
  AgentCore::Sent sent{key, transaction->message, transaction->peer, session};
  sent.peer.connection = source.connection;
  core.seen(session, response);
  const bool pass = core.transactions.receive_response(key, *response, source.connection,
                                                       core.now.instant);
  if (!pass) return;
  // Who has left asks for nothing any more, but to be let go (BYE).
  const bool is_invite = sequence->method_text == name(Method::invite);
  const bool wanted = !is_invite || core.live(session) != nullptr;
  if (wanted && is_challenge(response->status()) && core.answer_challenge(sent, *response)) return;
  SessionEntry* entry = core.find(session);
  if (entry != nullptr && entry->session) entry->session->receive_response(key, response, source);
}

void UserAgent::Impl::tick() {
  while (const auto alarm = core.timers.take_due(core.now.instant)) {
    if (alarm->of != Alarm::Of::session) {
      core.transactions.fire(*alarm, core.now.instant);
    } else if (Session* session = core.live(alarm->session)) {
      session->fire(static_cast<Session::Timer>(alarm->which));
    }
    core.sweep();
  }
}

IncomingSession* UserAgent::Impl::incoming(SessionId session) {
  return dynamic_cast<IncomingSession*>(core.live(session));
}

OutgoingSession* UserAgent::Impl::outgoing(SessionId session) {
  return dynamic_cast<OutgoingSession*>(core.live(session));
}

// ---- feeds ------------------------------------------------------------------------------------

UserAgent::UserAgent(Config config, Random& random)
    : impl_(std::make_unique<Impl>(std::move(config), random)) {}
UserAgent::~UserAgent() = default;

void UserAgent::receive(const Peer& peer, std::string bytes, Now now) {
  impl_->core.now = now;
  impl_->receive(peer, std::move(bytes));
  impl_->core.sweep();
}

void UserAgent::connection_failed(std::uint64_t connection, Now now) {
  if (connection == 0) return;
  impl_->core.now = now;
  impl_->core.connection_failed(connection);
  impl_->core.sweep();
}

void UserAgent::unreachable(const Peer& peer, Now now) {
  impl_->core.now = now;
  impl_->core.transactions.unreachable(peer, now.instant);
  impl_->core.sweep();
}

void UserAgent::tick(Now now) {
  impl_->core.now = now;
  impl_->tick();
}

std::optional<Instant> UserAgent::deadline() const { return impl_->core.timers.deadline(); }

std::optional<Output> UserAgent::poll() {
  auto& outputs = impl_->core.outputs;
  if (outputs.empty()) return std::nullopt;
  Output output = std::move(outputs.front());
  outputs.pop_front();
  return output;
}

bool UserAgent::knows(const HeadScan& request) const {
  const auto& core = impl_->core;
  return core.transactions.server(core.keys.server_transaction(request, request.method_text)) !=
         nullptr;
}

bool UserAgent::full() const { return impl_->full(); }

void UserAgent::count(const WrongAnswer& answer) {
  if (impl_->authenticator) impl_->authenticator->count(answer);
}

void UserAgent::set_session_timer(const SessionTimerPolicy& policy) {
  impl_->core.session_timer = policy;
}

void UserAgent::drain() { impl_->draining = true; }

void UserAgent::take_notes(bool on) { impl_->core.taking_notes = on; }

// ---- verbs ------------------------------------------------------------------------------------

bool UserAgent::progress(SessionId session, Answer provisional, bool reliable, Now now) {
  impl_->core.now = now;
  IncomingSession* found = impl_->incoming(session);
  return found != nullptr && found->progress(std::move(provisional), reliable);
}

bool UserAgent::accept(SessionId session, Body sdp, Now now) {
  impl_->core.now = now;
  IncomingSession* found = impl_->incoming(session);
  return found != nullptr && found->accept(std::move(sdp));
}

bool UserAgent::reject(SessionId session, Answer final, Now now) {
  impl_->core.now = now;
  IncomingSession* found = impl_->incoming(session);
  const bool done = found != nullptr && found->reject(final);
  impl_->core.sweep();
  return done;
}

bool UserAgent::bye(SessionId session, HeaderList headers, Now now) {
  impl_->core.now = now;
  Session* found = impl_->core.live(session);
  const bool done = found != nullptr && found->bye(std::move(headers));
  impl_->core.sweep();
  return done;
}

void UserAgent::set_login(SessionId session, Login login, const IpAddress& at) {
  SessionEntry* const entry = impl_->core.find(session);
  if (entry == nullptr || login.username.empty()) return;
  entry->login = std::make_unique<DialogLogin>(DialogLogin{.login = std::move(login), .at = at});
}

bool UserAgent::answer_offer(SessionId session, Body sdp, Now now) {
  impl_->core.now = now;
  Session* found = impl_->core.live(session);
  return found != nullptr && found->answer_offer(sdp);
}

bool UserAgent::refuse_offer(SessionId session, int status, Now now, std::string_view phrase) {
  impl_->core.now = now;
  Session* found = impl_->core.live(session);
  return found != nullptr && found->refuse_offer(status, phrase);
}

bool UserAgent::peer_supports_reliable(SessionId session) const {
  const IncomingSession* found = impl_->incoming(session);
  return found != nullptr && found->supports_reliable();
}

bool UserAgent::peer_requires_reliable(SessionId session) const {
  const IncomingSession* found = impl_->incoming(session);
  return found != nullptr && found->requires_reliable();
}

SessionId UserAgent::invite(Invitation invitation, Now now) {
  auto& core = impl_->core;
  core.now = now;
  const SessionId id = core.add_session();
  SessionEntry& entry = core.sessions[id];
  entry.tag = invitation.from_tag.empty() ? core.new_tag() : invitation.from_tag;
  auto session = std::make_unique<OutgoingSession>(core, id);
  OutgoingSession& started = *session;
  entry.session = std::move(session);
  started.start(invitation);
  return id;
}

void UserAgent::cancel(SessionId session, Now now, HeaderList headers) {
  impl_->core.now = now;
  if (OutgoingSession* found = impl_->outgoing(session)) found->cancel(std::move(headers));
}

void UserAgent::set_answer(SessionId session, Body sdp) {
  if (Session* found = impl_->core.live(session)) found->set_answer(std::move(sdp));
}

bool UserAgent::info(SessionId session, Body body, Now now) {
  impl_->core.now = now;
  Session* found = impl_->core.live(session);
  return found != nullptr && found->info(body);
}

bool UserAgent::reinvite(SessionId session, Body sdp, Now now) {
  impl_->core.now = now;
  Session* found = impl_->core.live(session);
  return found != nullptr && found->reinvite(sdp);
}

bool UserAgent::withdraw(SessionId session, Now now) {
  impl_->core.now = now;
  Session* found = impl_->core.live(session);
  return found != nullptr && found->withdraw();
}

bool UserAgent::awaits_ack(SessionId session) const {
  const Session* const found = impl_->core.live(session);
  return found != nullptr && found->awaits_ack();
}

bool UserAgent::update(SessionId session, Body sdp, Now now) {
  impl_->core.now = now;
  Session* found = impl_->core.live(session);
  return found != nullptr && found->update(sdp);
}

bool UserAgent::answer(SessionId session, const Answer& final, Now now) {
  impl_->core.now = now;
  auto* const found = dynamic_cast<PagedMessage*>(impl_->core.live(session));
  const bool done = found != nullptr && found->answer(final);
  impl_->core.sweep();
  return done;
}

SessionId UserAgent::ask(const Inquiry& inquiry, Now now) {
  auto& core = impl_->core;
  core.now = now;
  const SessionId id = core.add_session();
  auto session = std::make_unique<Errand>(core, id);
  Errand& started = *session;
  core.sessions[id].session = std::move(session);
  started.start(inquiry);
  return id;
}

std::string UserAgent::contact(const Peer& peer, std::string_view user) const {
  auto whole = impl_->core.contact(peer);
  constexpr std::string_view begin = "<sip:";
  if (!user.empty()) whole.insert(begin.size(), escape_user(user) + "@");
  return whole;
}

bool UserAgent::answer_refer(SessionId session, int status, std::string_view phrase, Now now) {
  impl_->core.now = now;
  Session* found = impl_->core.live(session);
  return found != nullptr && found->answer_refer(status, phrase);
}

bool UserAgent::notify(SessionId session, int status, std::string_view phrase, Now now) {
  impl_->core.now = now;
  if (Session* found = impl_->core.live(session)) return found->notify(status, phrase);
  SessionEntry* const entry = impl_->core.find(session);
  if (entry == nullptr || !entry->subscription) return false;
  auto& [dialog, event] = *entry->subscription;
  impl_->core.send_notify(dialog, event, status, phrase, session);
  if (status >= 200) entry->subscription.reset();
  return true;
}

bool UserAgent::refer(SessionId session, const HeaderList& headers, Now now) {
  impl_->core.now = now;
  Session* found = impl_->core.live(session);
  return found != nullptr && found->refer(headers);
}

void UserAgent::show(SessionId session, std::vector<DialogInfo> calls, Now now) {
  impl_->core.now = now;
  auto* const found = dynamic_cast<Subscription*>(impl_->core.live(session));
  if (found != nullptr) found->show(std::move(calls));
  impl_->core.sweep();
}

SessionId UserAgent::named(const Replaces& dialog) const {
  const SessionId session = impl_->core.session_of(dialog);
  const Session* found = impl_->core.live(session);
  return found != nullptr && found->confirmed() ? session : 0;
}

std::size_t UserAgent::sessions() const { return impl_->core.sessions.size(); }
std::size_t UserAgent::transactions() const { return impl_->core.transactions.size(); }

}  // namespace strowger::sip
