// UserAgent: who a request outside of a dialog comes from, and whether it may (RFC 3261 22); the
// registrar (10.3). Requests in a dialog prove by its tags that they belong to it.
#include "sip/headers.hpp"
#include "sip/inside.hpp"
#include "sip/user_agent_impl.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sip {

namespace {

// Its own exchange has seen who it is.
Identity named_inside(const Message& invite) {
  return {.account = std::string(invite.header(inside_account).value_or("")),
          .device = std::string(invite.header(inside_device).value_or("")),
          .seat = {},
          .trunk = {}};
}

}  // namespace

bool UserAgent::Impl::may_call(const Peer& source) const {
  const auto& config = core.config;
  return config.may_call == nullptr || config.may_call(source, config.context);
}

bool UserAgent::Impl::claims_to_be_ours(const Message& request) const {
  const auto& sender = from(request);
  const auto uri = sender ? SipUri::parse(sender->uri) : std::nullopt;
  return uri && core.config.subscribers->owns(uri->host, uri->number_text());
}

// Whatever host stands beside it: phones are shown the number, at the host that was called.
bool UserAgent::Impl::shows_extension(const Message& request, const Domain& domain) const {
  const auto& sender = from(request);
  const auto uri = sender ? SipUri::parse(sender->uri) : std::nullopt;
  return uri && core.config.subscribers->is_extension(domain, uri->number_text());
}

// A carrier, by where the request comes from. Not when it writes a device of ours into From, or has
// something to show: behind a proxy phones and carriers have the same address.
std::optional<Identity> UserAgent::Impl::carrier(const Request& request) const {
  if (core.config.subscribers == nullptr) return std::nullopt;
  const Message& message = *request.message;
  const auto uri = SipUri::parse(message.request_uri());
  if (!uri || message.header(HeaderName::authorization) || claims_to_be_ours(message)) {
    return std::nullopt;
  }
  return core.config.subscribers->known_by_source(request.source, uri->host, uri->number_text());
}

// Of what is not ours to authenticate.
std::optional<Identity> UserAgent::Impl::identify_caller(const Request& request) {
  if (is_inside(request.source)) return named_inside(*request.message);
  if (auto known = carrier(request)) return known;
  const bool allowed = may_call(request.source);
  const auto uri = SipUri::parse(request.message->request_uri());
  const auto domain =
      authenticator && uri ? core.config.subscribers->domain(uri->host) : std::nullopt;
  if (!domain) {
    if (allowed) return Identity{};
    refuse(request, {403, "Forbidden"});
    return std::nullopt;
  }
  // Who has registered as a trunk from there writes the caller's number into From: it is asked.
  const bool from_trunk =
      core.config.locations != nullptr &&
      core.config.locations->trunk_at(domain->account, request.source.remote.address);
  const bool may_be_nobody = allowed && !from_trunk && !claims_to_be_ours(*request.message) &&
                             !shows_extension(*request.message, *domain);
  const auto subscriber = prove(request, *domain, may_be_nobody);
  if (!subscriber) return std::nullopt;
  if (may_call_as(*request.message, *subscriber, *domain)) return subscriber->identity;
  refuse(request, {403, "Forbidden"});
  return std::nullopt;
}

// A phone calls in nobody else's name, who has one here. A trunk brings other people's calls, but
// none of our own phones', nor another trunk's.
bool UserAgent::Impl::may_call_as(const Message& invite, const Subscriber& subscriber,
                                  const Domain& domain) const {
  const bool trunk = !subscriber.identity.trunk.empty();
  if (trunk && !subscriber.calls) return false;
  const auto uri = SipUri::parse(from(invite)->uri);
  const bool itself = uri && std::ranges::count(subscriber.addresses, uri->number_text()) > 0;
  if (itself) return true;
  const bool device = !subscriber.identity.device.empty();
  return !claims_to_be_ours(invite) && !(device && shows_extension(invite, domain));
}

// An outsider, where there may be one, is a subscriber without a name.
std::optional<Subscriber> UserAgent::Impl::prove(const Request& request, const Domain& domain,
                                                 bool may_be_nobody) {
  const Instant now = core.now.instant;
  // No answer at all: it would cost more than the guess.
  if (authenticator->banned(request.source.remote.address, now)) return std::nullopt;
  auto verdict = authenticator->judge(*request.message, request.source, domain, now);
  if (!verdict.log.empty()) core.emit(Noted{std::move(verdict.log), true});
  if (verdict.guess) core.emit(Guessed{std::move(*verdict.guess)});
  switch (verdict.kind) {
    case Verdict::Kind::proven:
      return std::move(verdict.subscriber);
    case Verdict::Kind::nothing_shown:
      if (may_be_nobody) return Subscriber{};
      challenge(request, domain, false);
      break;
    case Verdict::Kind::stale:
      challenge(request, domain, true);
      break;
    case Verdict::Kind::wrong:
      core.respond_statelessly(*request.message, request.source,
                               {.status = 403, .phrase = "Forbidden"});
      break;
    case Verdict::Kind::malformed:
      refuse(request, {400, verdict.phrase});
      break;
  }
  return std::nullopt;
}

// Nothing is kept of who is challenged: it costs us no more than it costs them. No log line either,
// as every registration begins like this.
void UserAgent::Impl::challenge(const Request& request, const Domain& domain, bool stale) {
  const HeaderList headers = authenticator->challenge(domain, stale, core.now.instant);
  core.respond_statelessly(*request.message, request.source,
                           {.status = 401, .phrase = "Unauthorized", .headers = &headers});
}

void UserAgent::Impl::receive_register(const Request& request) {
  const Message& message = *request.message;
  if (!authenticator || core.config.locations == nullptr) {
    return refuse(request, {403, "Forbidden"});
  }
  if (full()) return refuse(request, {503, "Overloaded", {{"Retry-After", "5"}}});
  const auto& subscribers = *core.config.subscribers;
  const auto uri = SipUri::parse(message.request_uri());
  const auto domain = uri ? subscribers.domain(uri->host) : std::nullopt;
  if (!domain) return refuse(request, {404, "Not Found"});
  const auto subscriber = prove(request, *domain, false);
  if (!subscriber) return;
  // 10.3 step 4: a device, or a trunk, registers itself only.
  const auto target = SipUri::parse(to(message)->uri);
  const auto home = target ? subscribers.domain(target->host) : std::nullopt;
  const bool own = home && home->account == subscriber->identity.account &&
                   std::ranges::count(subscriber->addresses, target->number_text()) > 0;
  if (!own) return refuse(request, {403, "Not Your Address"});
  answer_register(request, subscriber->identity);
}

void UserAgent::Impl::answer_register(const Request& request, const Identity& identity) {
  const auto aor = identity.trunk.empty() ? address_of_record(identity.account, identity.device)
                                          : address_of_trunk(identity.account, identity.trunk);
  auto done = register_contacts(*request.message, request.source, aor,
                                core.config.locations->bindings(aor), core.config.registrar,
                                core.now);
  if (done.status != 200) {
    return refuse(request, {done.status, done.phrase, std::move(done.headers)});
  }
  core.open_server(request, 0);
  const auto tag = core.keys.stateless_tag(*request.message);
  core.respond(request, {.to_tag = tag, .headers = &done.headers});
  if (!done.change.empty()) core.emit(Registered{std::move(done.change)});
}

}  // namespace strowger::sip
