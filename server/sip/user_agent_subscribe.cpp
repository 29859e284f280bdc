// UserAgent: SUBSCRIBE (RFC 6665 4.2.1). Of who has proven to be a device of ours, in a dialog too.
#include "sip/headers.hpp"
#include "sip/user_agent_impl.hpp"

#include <algorithm>

namespace strowger::sip {

namespace {

constexpr std::string_view event_package = "message-summary";
constexpr std::size_t event_bytes_max = 128;

bool is_known_event(std::string_view event) {
  return event.size() <= event_bytes_max &&
         iequals(event.substr(0, event.find_first_of("; \t")), event_package);
}

}  // namespace

void UserAgent::Impl::receive_subscribe(const Request& request) {
  using std::chrono::seconds;
  const Message& message = *request.message;
  const auto uri = SipUri::parse(to(message)->uri);
  const auto domain = uri ? core.config.subscribers->domain(uri->host) : std::nullopt;
  if (!domain) return refuse(request, {404, "Not Found"});
  const auto subscriber = prove(request, *domain, false);
  if (!subscriber) return;
  if (!is_known_event(message.header(HeaderName::event).value_or(""))) {
    return refuse(request, {489, "Bad Event", {{"Allow-Events", std::string(event_package)}}});
  }
  const auto asked = seconds{expires(message).value_or(subscription_max.count())};
  if (asked > seconds{0} && asked < subscription_min) {
    return refuse(request, {423, "Interval Too Brief",
                            {{"Min-Expires", std::to_string(subscription_min.count())}}});
  }
  const auto lasts = std::min(asked, subscription_max);
  const auto device = subscriber->identity.account + "/" + subscriber->identity.device;
  if (to_tag(message).empty()) {
    if (std::ranges::count(subscriber->addresses, uri->user_text()) == 0) {
      return refuse(request, {403, "Not Your Address"});
    }
    return begin_subscription(request, device, lasts);
  }
  const SessionId id = core.session_of(message);
  auto* const known = dynamic_cast<Subscription*>(core.live(id));
  if (known == nullptr || known->device() != device) {
    return refuse(request, {481, "Subscription Does Not Exist"});
  }
  core.open_server(request, id);
  known->refresh(request, lasts);
}

void UserAgent::Impl::begin_subscription(const Request& request, const std::string& device,
                                         std::chrono::seconds lasts) {
  if (draining || full() || subscriptions->all >= subscriptions_max) {
    return refuse(request, {503, "Overloaded", {{"Retry-After", "5"}}});
  }
  const auto own = subscriptions->of_device.find(device);
  if (own != subscriptions->of_device.end() && own->second >= subscriptions_per_device_max) {
    return refuse(request, {403, "Too Many Subscriptions"});
  }
  const SessionId id = core.add_session();
  auto session = std::make_unique<Subscription>(core, id, device, subscriptions);
  Subscription& started = *session;
  SessionEntry& entry = core.sessions[id];
  entry.tag = core.new_tag();
  entry.session = std::move(session);
  core.open_server(request, id);
  started.start(request, lasts);
}

}  // namespace strowger::sip
