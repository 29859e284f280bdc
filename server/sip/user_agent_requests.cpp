// UserAgent: which transaction and which session a request belongs to (RFC 3261 8.2, 9.2, 12.2.2,
// 17.2.3).
#include "sip/headers.hpp"
#include "sip/inside.hpp"
#include "sip/refer.hpp"
#include "sip/user_agent_impl.hpp"
#include "sip/validation.hpp"

#include <array>
#include <utility>

namespace strowger::sip {

namespace {

constexpr std::string_view no_such_call = "Call/Transaction Does Not Exist";

// Option tags that Require may hold. `replaces` only so that a Replaces of a dialog that we do not
// have is told so with 481 (RFC 3891 3).
constexpr std::array<std::string_view, 3> understood{"100rel", "replaces", "timer"};
const Capabilities capabilities{understood};
const Capabilities without_timer{std::span(understood).first(2)};
// By a registrar (RFC 3327 5.3, RFC 5626 6).
constexpr std::array<std::string_view, 2> understood_by_registrar{"path", "outbound"};
const Capabilities registrar_capabilities{understood_by_registrar};

const Capabilities& capabilities_for(Method method, const SessionTimerPolicy& timer) {
  if (method == Method::register_) return registrar_capabilities;
  return timer.known ? capabilities : without_timer;
}

// Seconds until an overloaded or leaving server should be asked again.
constexpr std::string_view retry_after = "5";

bool is_known_elsewhere(Method method) {
  return method == Method::message || method == Method::publish;
}

// They are of a dialog here.
bool is_of_dialog(Method method) {
  return method == Method::notify || method == Method::refer ||
         method == Method::subscribe;
}

}  // namespace

Key UserAgent::Impl::key_of(const Message& request, std::string_view method) const {
  const auto& top = top_via(request);
  return top ? core.keys.server_transaction(request, *top, method) : Key{};
}

void UserAgent::Impl::receive_request(const Request& arrived) {
  Request request = arrived;
  const Message& message = *request.message;
  if (message.method() == Method::ack) return receive_ack(request);
  if (auto refusal = check_request(message, request.source.transport,
                                    capabilities_for(message.method(), core.session_timer))) {
    if (can_reply(message)) {
      refuse(request, {refusal->status, refusal->phrase, std::move(refusal->headers)});
    }
    return;
  }
  request.transaction = key_of(message, message.method_text());
  if (const ServerTransaction* known = core.transactions.server(request.transaction)) {
    core.seen(known->session, request.message);
    return core.transactions.repeat_request(request.transaction, core.now.instant);
  }
  if (message.method() == Method::cancel) return receive_cancel(request);
  // 8.2.1 comes before the dialog: what we do not do, we do nowhere.
  if (message.method() == Method::unknown) return refuse(request, {501, "Not Implemented"});
  if (message.method() == Method::register_) return receive_register(request);
  if (message.method() == Method::subscribe && authenticator) return receive_subscribe(request);
  if (message.method() == Method::message && authenticator) return receive_message(request);
  const SessionId session = to_tag(message).empty() ? 0 : core.session_of(message);
  const bool of_no_dialog = is_of_dialog(message.method()) && session == 0;
  if (is_known_elsewhere(message.method()) || of_no_dialog) {
    return refuse(request,
                  {405, "Method Not Allowed", {{"Allow", std::string(core.allowed())}}});
  }
  if (to_tag(message).empty()) return receive_outside(request);
  if (session == 0) return refuse(request, {481, no_such_call});
  receive_in_dialog(request, session);
}

// Of a refusal: absorbed by its transaction. Of a 2xx: by its dialog, in a transaction of its own
// (17). Never answered, whatever is wrong with it.
void UserAgent::Impl::receive_ack(const Request& request) {
  const Message& ack = *request.message;
  const Key invite = key_of(ack, name(Method::invite));
  SessionId session = 0;
  if (const ServerTransaction* known = core.transactions.server(invite)) {
    session = known->session;
    core.seen(session, request.message);
    if (!core.transactions.acknowledge(invite, core.now.instant)) return;
  } else {
    session = core.session_of(ack);
    core.seen(session, request.message);
  }
  if (Session* concerned = core.live(session)) concerned->receive_ack(ack);
}

void UserAgent::Impl::receive_cancel(const Request& request) {
  const Key key = key_of(*request.message, name(Method::invite));
  const ServerTransaction* invite = core.transactions.server(key);
  if (invite == nullptr || !invite->is_invite()) return refuse(request, {481, no_such_call});
  const SessionId session = invite->session;
  core.open_server(request, session);
  core.seen(session, request.message);
  // 9.2: with the To tag of the INVITE's responses.
  const SessionEntry* entry = core.find(session);
  core.respond(request, {.to_tag = entry != nullptr ? std::string_view(entry->tag) : ""});
  if (Session* concerned = core.live(session)) concerned->receive_cancel(key, request.message);
}

void UserAgent::Impl::receive_in_dialog(const Request& request, SessionId session) {
  // Calls in progress come before new ones, but not without a bound.
  const std::size_t most = core.config.transactions_max + core.config.transactions_max / 4;
  if (core.transactions.size() >= most) {
    return refuse(request, {503, "Overloaded", {{"Retry-After", std::string(retry_after)}}});
  }
  Session* concerned = core.live(session);
  if (concerned == nullptr) return receive_after_end(request, session);
  if (dynamic_cast<Subscription*>(concerned) != nullptr) {
    return refuse(request, {405, "Method Not Allowed", {{"Allow", "SUBSCRIBE"}}});
  }
  core.open_server(request, session);
  core.seen(session, request.message);
  concerned->receive_request(request);
}

// A BYE that crossed ours, or the PRACK of a response that our final one overtook (RFC 3262 3).
// Without a transaction, so that nobody can keep what is over from being forgotten.
void UserAgent::Impl::receive_after_end(const Request& request, SessionId session) {
  core.seen(session, request.message);
  const SessionEntry& entry = *core.find(session);
  const auto& late = entry.late;
  const auto acknowledged = rack(*request.message);
  const bool prack = late && request.message->method() == Method::prack && acknowledged &&
                     acknowledged->rseq == late->rseq && acknowledged->cseq == late->sequence;
  // 15.1.2: once the peer has left, its dialog is gone; a BYE again is a stray one.
  const bool crossed = request.message->method() == Method::bye && !entry.left_by_peer;
  const bool fine = prack || crossed;
  const Reply reply = fine ? Reply{} : Reply{.status = 481, .phrase = no_such_call};
  core.respond_statelessly(*request.message, request.source, reply, session);
}

void UserAgent::Impl::receive_outside(const Request& request) {
  switch (request.message->method()) {
    case Method::invite: return receive_invite(request);
    case Method::options: return answer_options(request);
    default: return refuse(request, {481, no_such_call});
  }
}

void UserAgent::Impl::receive_invite(const Request& request) {
  const Message& invite = *request.message;
  const bool tagged = !from_tag(invite).empty();
  const Key merged = tagged ? core.keys.merged_request(invite) : Key{};
  // 8.2.2.2: the same request by another path.
  if (tagged && core.transactions.is_merged(merged)) return refuse(request, {482, "Loop Detected"});
  Replaced replaced;
  if (const auto refusal = find_replaced(request, replaced)) return refuse(request, *refusal);
  if (draining || full()) {
    return refuse(request, {503, draining ? "Shutting Down" : "Overloaded",
                            {{"Retry-After", std::string(retry_after)}}});
  }
  auto identity = identify_caller(request);
  if (!identity) return;
  // RFC 3891 3: only who has proven who it is; call/ sees whether it is of the account.
  if (!replaced.none() && identity->outsider()) return refuse(request, {403, "Forbidden"});
  if (too_brief(invite, core.session_timer)) {
    return refuse(request,
                  {422, "Session Interval Too Small", too_brief_headers(core.session_timer)});
  }
  const SessionId id = core.add_session();
  SessionEntry& entry = core.sessions[id];
  entry.tag = core.new_tag();
  core.open_server(request, id, merged);
  core.emit(Invited{id, request.message, request.source, std::move(*identity), replaced.session,
                    std::move(replaced.elsewhere)});
  core.seen(id, request.message);
  // 17.2.1: at once, as whoever decides may take longer than 200 ms. It has no To tag.
  core.respond(request, {.status = 100, .phrase = "Trying"});
  entry.session = std::make_unique<IncomingSession>(core, id, request);
}

// RFC 3891 3. Only what both ends have confirmed can be replaced: what rings is somebody else's
// call still.
std::optional<UserAgent::Impl::Refusing> UserAgent::Impl::find_replaced(const Request& request,
                                                                        Replaced& replaced) {
  const auto value = request.message->header(HeaderName::replaces);
  if (!value) return std::nullopt;
  const auto named = Replaces::parse(*value);
  const SessionId session = named ? core.session_of(*named) : 0;
  const SessionEntry* entry = core.find(session);
  if (entry == nullptr) {
    const auto& elsewhere = core.config.elsewhere;
    // What another asks of us is answered here.
    const bool there = named && core.config.transfers && elsewhere &&
                       !is_inside(request.source) && elsewhere(named->call_id);
    if (!there) return Refusing{481, no_such_call};
    replaced.elsewhere = std::string(*value);
    return std::nullopt;
  }
  if (!core.config.transfers) return Refusing{501, "Not Implemented"};
  const Session* live = core.live(session);
  if (live == nullptr) return Refusing{603, "Decline"};  // it is over
  if (!live->confirmed()) return Refusing{481, no_such_call};
  if (named->early_only) return Refusing{486, "Busy Here"};
  replaced.session = session;
  return std::nullopt;
}

// 11.2: what an INVITE would be answered, as far as it can be told.
void UserAgent::Impl::answer_options(const Request& request) {
  if (draining || full()) {
    return refuse(request, {503, draining ? "Shutting Down" : "Overloaded",
                            {{"Retry-After", std::string(retry_after)}}});
  }
  const HeaderList accept{{"Accept", "application/sdp"},
                          {"Accept-Encoding", "identity"},
                          {"Accept-Language", "en"}};
  core.respond_statelessly(*request.message, request.source,
                           {.contact = true, .capabilities = true, .headers = &accept});
}

// 8.2.7: without a transaction, so that refusing costs nothing; a copy of the request gets a copy
// of this.
void UserAgent::Impl::refuse(const Request& request, const Refusing& refusing) {
  core.respond_statelessly(*request.message, request.source,
                           {.status = refusing.status,
                            .phrase = refusing.phrase,
                            .headers = &refusing.headers});
  core.note([&] {
    return "refused " + std::string(name(request.message->method())) + " from " +
           request.source.remote.text() + ": " + std::to_string(refusing.status) + " " +
           std::string(refusing.phrase);
  });
}

}  // namespace strowger::sip
