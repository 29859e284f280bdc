// UserAgent: SUBSCRIBE (RFC 6665 4.2.1). Of who has proven to be a device of ours, in a dialog too.
#include "sip/headers.hpp"
#include "sip/user_agent_impl.hpp"

#include <algorithm>
#include <array>

namespace strowger::sip {

namespace {

constexpr std::size_t event_bytes_max = 128;

std::optional<EventPackage> package_of(std::string_view event) {
  constexpr std::array<std::pair<std::string_view, EventPackage>, 2> known = {
      {{"message-summary", EventPackage::message_summary}, {"dialog", EventPackage::dialog}}};
  if (event.size() > event_bytes_max) return std::nullopt;
  const auto name = event.substr(0, event.find_first_of("; \t"));
  const auto found =
      std::ranges::find_if(known, [&](const auto& one) { return iequals(name, one.first); });
  if (found == known.end()) return std::nullopt;
  return found->second;
}

// Without the parameters, which are the subscriber's own business.
std::string resource(const SipUri& uri) {
  return "sip:" + escape_user(uri.user_text()) + "@" + std::string(uri.host);
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
  if (subscriber->identity.outsider()) return refuse(request, {403, "Forbidden"});  // a carrier
  const auto package = package_of(message.header(HeaderName::event).value_or(""));
  if (!package) {
    return refuse(request, {489, "Bad Event", {{"Allow-Events", std::string(allowed_events)}}});
  }
  const auto asked = seconds{expires(message).value_or(subscription_max.count())};
  if (asked > seconds{0} && asked < subscription_min) {
    return refuse(request, {423, "Interval Too Brief",
                            {{"Min-Expires", std::to_string(subscription_min.count())}}});
  }
  const auto lasts = std::min(asked, subscription_max);
  Subscription::Subject subject{.package = *package,
                                .device = subscriber->identity.account + "/" +
                                          subscriber->identity.device,
                                .watched = {},
                                .uri = std::string(uri->text)};
  if (to_tag(message).empty()) {
    if (*package == EventPackage::dialog) {
      const auto watched = core.config.subscribers->watchable(*domain, uri->user_text());
      if (!watched) return refuse(request, {404, "Not Found"});
      subject.watched = *watched;
      subject.uri = resource(*uri);
    } else if (std::ranges::count(subscriber->addresses, uri->user_text()) == 0) {
      return refuse(request, {403, "Not Your Address"});
    }
    return begin_subscription(request, std::move(subject), lasts);
  }
  const SessionId id = core.session_of(message);
  auto* const known = dynamic_cast<Subscription*>(core.live(id));
  // RFC 6665 4.5.2: another event would be another subscription, in a dialog of its own.
  const bool same = known != nullptr && known->package() == *package;
  if (!same || known->device() != subject.device) {
    return refuse(request, {481, "Subscription Does Not Exist"});
  }
  core.open_server(request, id);
  known->refresh(request, lasts);
}

void UserAgent::Impl::begin_subscription(const Request& request, Subscription::Subject subject,
                                         std::chrono::seconds lasts) {
  if (draining || full() || subscriptions->all >= subscriptions_max) {
    return refuse(request, {503, "Overloaded", {{"Retry-After", "5"}}});
  }
  const auto most = subject.package == EventPackage::dialog ? lamps_per_device_max
                                                            : subscriptions_per_device_max;
  if (Subscription::count(*subscriptions, subject) >= most) {
    return refuse(request, {403, "Too Many Subscriptions"});
  }
  const SessionId id = core.add_session();
  auto session = std::make_unique<Subscription>(core, id, std::move(subject), subscriptions);
  Subscription& started = *session;
  SessionEntry& entry = core.sessions[id];
  entry.tag = core.new_tag();
  entry.session = std::move(session);
  core.open_server(request, id);
  started.start(request, lasts);
}

}  // namespace strowger::sip
