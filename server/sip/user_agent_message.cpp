// UserAgent: MESSAGE (RFC 3428), from devices to others of their account.
#include "sip/headers.hpp"
#include "sip/paged_message.hpp"
#include "sip/user_agent_impl.hpp"

#include <algorithm>

namespace strowger::sip {

namespace {

constexpr std::size_t pages_max = 1'000;  // without an answer, in each shard

}  // namespace

void UserAgent::Impl::receive_message(const Request& request) {
  const Message& message = *request.message;
  const auto uri = SipUri::parse(message.request_uri());
  // RFC 3428 §4: one that is sent in a call would be for us alone.
  if (!to_tag(message).empty()) return refuse(request, {481, "Not In A Call"});
  // Carriers bring calls only.
  if (carrier(request)) return refuse(request, {403, "Forbidden"});
  const auto domain = uri ? core.config.subscribers->domain(uri->host) : std::nullopt;
  if (!domain) return refuse(request, {404, "Not Found"});
  const auto subscriber = prove(request, *domain, false);
  if (!subscriber) return;
  if (subscriber->identity.outsider()) return refuse(request, {403, "Forbidden"});
  // Who writes is who has logged in: the others see this address.
  const auto sender = SipUri::parse(from(message)->uri);
  const auto home = sender ? core.config.subscribers->domain(sender->host) : std::nullopt;
  const bool own = home && home->account == domain->account &&
                   std::ranges::count(subscriber->addresses, sender->number_text()) > 0;
  if (!own) {
    return refuse(request, {403, "Not Your Address"});
  }
  const auto most =
      is_reliable(request.source.transport) ? message_bytes_by_stream : message_bytes_by_datagram;
  if (message.body().size() > most) return refuse(request, {513, "Message Too Large"});
  if (max_forwards(message).value_or(70) == 0) return refuse(request, {483, "Too Many Hops"});
  if (draining || full() || core.pages >= pages_max) {
    return refuse(request, {503, draining ? "Shutting Down" : "Overloaded",
                            {{"Retry-After", "5"}}});
  }
  const SessionId id = core.add_session();
  auto session = std::make_unique<PagedMessage>(core, id, request);
  PagedMessage& started = *session;
  core.sessions[id].session = std::move(session);
  started.start();
  core.emit(Paged{id, request.message, subscriber->identity, *domain});
}

}  // namespace strowger::sip
