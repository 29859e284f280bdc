// Server-sent events (HTML Living Standard §9.2).
#include "api/routes.hpp"

#include <charconv>

namespace strowger::api {

Response listen_to_events(Visit& visit) {
  const auto account = visit.asked("account");
  if (!account.empty() && !visit.who.role_in(account)) {
    return refusal(403, "This account is not visible to you.");
  }
  EventHub::Listener listener;
  listener.user = visit.who.user.id;
  listener.session = visit.who.session;
  listener.expires = visit.who.expires;
  listener.sees = [who = visit.who, account](std::string_view of) {
    return account.empty() ? who.role_in(of).has_value() : of == account;
  };
  const auto last = visit.request.header("last-event-id");
  std::uint64_t id = 0;
  const auto read = std::from_chars(last.data(), last.data() + last.size(), id);
  if (!last.empty() && read.ec == std::errc{}) listener.last_seen = id;
  visit.state.live.look();
  auto stream = visit.state.events.listen(std::move(listener), visit.now());
  if (!stream) return refusal(503, "Too many listen to events already.");
  return {.type = "text/event-stream", .stream = std::move(stream)};
}

}  // namespace strowger::api
