// Session: the session timer (RFC 4028). Whoever refreshes does so at half of the interval: by an
// UPDATE that says nothing of media where the far end takes one, else by a re-INVITE that says the
// same as before (7.4).
#include "sip/headers.hpp"
#include "sip/session.hpp"

#include <algorithm>
#include <utility>

namespace strowger::sip {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// RFC 3261 14.1: of the owner of the Call-ID; longer than what the other side waits.
Duration after_glare(Random& random) {
  return milliseconds{2'100 + static_cast<std::int64_t>(random.bits() % 1'900)};
}

HeaderList expiry_reason() { return {{"Reason", "SIP;cause=408;text=\"Session expired\""}}; }

}  // namespace

SessionTimerPolicy Session::timer_policy() const {
  SessionTimerPolicy policy = core_.session_timer;
  policy.least = std::max(policy.least, least_interval_);
  return policy;
}

void Session::remember_description(const Body& sdp) {
  if (!sdp.empty() && core_.session_timer.known) described_ = sdp;
}

bool Session::refuse_brief(const Request& request) {
  if (!too_brief(*request.message, core_.session_timer)) return false;
  const HeaderList headers = too_brief_headers(core_.session_timer);
  core_.respond(request, {.status = 422,
                          .phrase = "Session Interval Too Small",
                          .headers = &headers});
  return true;
}

HeaderList Session::answer_session_timer(const Message& request) {
  if (has_token(request, HeaderName::allow, "UPDATE")) takes_updates_ = true;
  auto answer = answer_timer(request, core_.session_timer);
  follow(answer.agreed);
  return std::move(answer.headers);
}

void Session::take_session_timer(const Message& response) {
  if (has_token(response, HeaderName::allow, "UPDATE")) takes_updates_ = true;
  follow(timer_agreed(response, timer_policy(), timer_));
}

// 10: whoever does not refresh gives up a little earlier, so that its BYE still finds somebody.
void Session::follow(const std::optional<SessionTimer>& agreed) {
  timer_ = agreed;
  brief_ = 0;
  disarm(Timer::refresh);
  disarm(Timer::expiry);
  if (!timer_) return;
  const Duration interval = timer_->interval;
  if (timer_->ours) {
    arm(Timer::refresh, interval / 2);
    arm(Timer::expiry, interval);
  } else {
    arm(Timer::expiry, interval - std::min(Duration{seconds{32}}, interval / 3));
  }
}

void Session::refresh() {
  if (!timer_ || phase_ == Phase::ended) return;
  const bool repeatable = takes_updates_ || !described_.empty();
  if (phase_ != Phase::confirmed || !may_offer() || !repeatable) {
    return arm(Timer::refresh, after_glare(core_.random));
  }
  if (takes_updates_) return start_own(Method::update, {}, true);
  const Body same = described_;
  start_own(Method::invite, same, true);
}

void Session::refreshed(const OwnRequest& own, const MessagePtr& response) {
  const int status = response->status();
  if (status < 300) {
    dialog_->refresh_target(*response);
    Body answer = session_description(*response);
    if (own.method == Method::invite) acknowledge_or_wait(own.sequence, own.transaction, false);
    take_session_timer(*response);
    if (!answer.empty()) core_.emit(Refreshed{id_, std::move(answer)});
    return;
  }
  // 12.2.1.2 of RFC 3261: it knows nothing of the session.
  if (status == 481 || status == 408) return expire(response);
  if (!timer_) return;
  if (!timer_->shared) return follow(timer_);  // it is there, which is all that we wanted to know
  if (status == 422 && ++brief_ <= brief_max) {
    if (const auto least = min_se(*response)) least_interval_ = *least;
    return refresh();
  }
  if (own.method == Method::update && (status == 405 || status == 501)) {
    takes_updates_ = false;
    return refresh();
  }
  arm(Timer::refresh, after_glare(core_.random));  // until the session expires
}

void Session::expire(MessagePtr message) {
  send_bye(expiry_reason(), Ended::Why::expired, std::move(message));
}

}  // namespace strowger::sip
