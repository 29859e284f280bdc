// The phones in calls as others of the account see them: lamps (RFC 4235). What they may know is
// no more than what the phone itself is told, and nothing of a caller who wants not to be shown.
#include "call/call.hpp"
#include "call/leg.hpp"
#include "call/ringing.hpp"

namespace strowger::call {

namespace {

using State = sip::DialogInfo::State;

State state_of(bool answered, bool rings) {
  if (answered) return State::confirmed;
  return rings ? State::early : State::trying;
}

}  // namespace

// RFC 4235 §3.7.1: from the view of the phone, which called when its end is the caller's own. After
// a transfer it is not said who talks with whom.
CallEnd Call::caller_end() const {
  CallEnd end{.session = session_,
              .account = record_.account.empty() ? calling_account_ : record_.account,
              .device = calling_device_,
              .seat = shown_seat_,
              .shown = {.id = {},
                        .initiator = number_ == 0,
                        .state = state_of(answered(), alerted_ || progress_.has_value()),
                        .remote = {},
                        .remote_display = {}}};
  const bool hidden = calling_privately() || presentation().hide_number;
  if (number_ != 0 || hidden || request_uri_.user.empty()) return end;
  const auto host = request_uri_.host.empty() ? peer_.local.address.uri_text()
                                              : std::string(request_uri_.host);
  end.shown.remote = "sip:" + sip::escape_user(request_uri_.number_text()) + "@" + host;
  return end;
}

CallEnd Call::end_of(const Leg& leg) const {
  CallEnd end{.session = leg.session(),
              .account = record_.account,
              .device = leg.target().device,
              .seat = leg.target().seat,
              .shown = {.id = {},
                        .initiator = leg.number() == 0,
                        .state = state_of(leg.up(), true),
                        .remote = {},
                        .remote_display = {}}};
  if (number_ != 0 || leg.number() == 0 || calling_privately()) return end;
  const auto shown = leg.target().from.empty() ? callers_from(*this) : leg.target().from;
  const auto caller = sip::NameAddr::parse(shown);
  const auto uri = caller ? sip::SipUri::parse(caller->uri) : std::nullopt;
  if (!uri || !uri->is_sip() || presentation().hide_number) return end;
  end.shown.remote = uri->base();
  if (!presentation().hide_name) end.shown.remote_display = caller->display_text();
  return end;
}

// A phone that is called lights its lamp when it rings: whoever watches shall see that at once, and
// the next change may have to wait (sip::notify_pause).
std::vector<CallEnd> Call::ends() const {
  std::vector<CallEnd> ends;
  if (gone()) return ends;
  if (!calling_device_.empty()) ends.push_back(caller_end());
  for (const auto& leg : legs_) {
    const bool lit = leg->up() || leg->asked() || leg->state() == Leg::State::ringing;
    if (lit && !leg->target().device.empty()) ends.push_back(end_of(*leg));
  }
  return ends;
}

// ---- Exchange

void Exchange::handle(sip::Watching& event, Now) { lamps_.watch(event.watched, event.session); }

void Exchange::apply(const LampNews& news, Now now) {
  lamps_.apply(news);
  pump(now);
}

// True when a watcher was told something.
bool Exchange::light_lamps(Now now) {
  if (!lamps_.busy()) return false;
  const auto touched = lamps_.take_touched();
  if (lamps_.looks_at_all()) {
    for (const auto& [key, call] : calls_) lamps_.see(key, call->ends());
  } else {
    for (const auto key : touched) {
      const auto call = calls_.find(key);
      lamps_.see(key, call == calls_.end() ? std::vector<CallEnd>() : call->second->ends());
    }
  }
  const auto shown = lamps_.take_shown();
  for (const auto& [watcher, calls] : shown) agent_.show(watcher, calls, now);
  for (auto& news : lamps_.take_news()) {
    put(LampTold{std::make_shared<const LampNews>(std::move(news))});
  }
  return !shown.empty();
}

}  // namespace strowger::call
