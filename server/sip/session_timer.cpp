#include "sip/session_timer.hpp"

#include "sip/headers.hpp"

#include <algorithm>
#include <string>

namespace strowger::sip {

namespace {

using std::chrono::seconds;
using Refresher = SessionExpires::Refresher;

constexpr std::uint64_t delta_seconds_max = 0xffff'ffff;  // RFC 3261 25.1, cut here
// Ours is still a timer: about a year, so that no sum of times overflows.
constexpr seconds interval_max{31'536'000};

std::optional<seconds> whole_seconds(std::string_view text) {
  const auto number = parse_number(text, delta_seconds_max);
  if (!number) return std::nullopt;
  return std::min(seconds{static_cast<std::int64_t>(*number)}, interval_max);
}

bool knows_timer(const Message& request) {
  return has_token(request, HeaderName::supported, "timer") ||
         has_token(request, HeaderName::require, "timer");
}

seconds least_of(const SessionTimerPolicy& policy) {
  return std::chrono::duration_cast<seconds>(
      std::max(policy.least, Duration{session_expires_least}));
}

seconds wanted_by(const SessionTimerPolicy& policy) {
  return std::chrono::duration_cast<seconds>(policy.wanted);
}

}  // namespace

std::optional<SessionExpires> session_expires(const Message& message) {
  const auto value = message.header(HeaderName::session_expires);
  const auto parts = value ? TokenParams::parse(*value) : std::nullopt;
  const auto interval = parts ? whole_seconds(parts->token) : std::nullopt;
  if (!interval) return std::nullopt;
  const auto who = parts->params.get("refresher").value_or("");
  SessionExpires expires{*interval, Refresher::unsaid};
  if (iequals(who, "uac")) expires.refresher = Refresher::client;
  if (iequals(who, "uas")) expires.refresher = Refresher::server;
  return expires;
}

std::optional<seconds> min_se(const Message& message) {
  const auto value = message.header(HeaderName::min_se);
  const auto parts = value ? TokenParams::parse(*value) : std::nullopt;
  return parts ? whole_seconds(parts->token) : std::nullopt;
}

bool too_brief(const Message& request, const SessionTimerPolicy& policy) {
  if (!policy.known || !knows_timer(request)) return false;
  const auto theirs = session_expires(request);
  return theirs && theirs->interval < least_of(policy);
}

HeaderList too_brief_headers(const SessionTimerPolicy& policy) {
  return {{"Min-SE", std::to_string(least_of(policy).count())}};
}

TimerAnswer answer_timer(const Message& request, const SessionTimerPolicy& policy) {
  if (!policy.known) return {};
  const bool known = knows_timer(request);
  const auto theirs = session_expires(request);
  const auto least = std::max(least_of(policy), min_se(request).value_or(seconds{0}));
  const auto wanted = wanted_by(policy);
  SessionTimer timer{.interval = std::max(wanted, least), .ours = true, .shared = known};
  // A longer one may be cut, a shorter one never made longer.
  if (theirs && theirs->interval >= least_of(policy)) {
    timer.interval = wanted.count() > 0 ? std::min(timer.interval, theirs->interval)
                                        : theirs->interval;
  } else if (wanted.count() == 0) {
    return {};
  }
  // The table of §9: who cannot refresh is not asked to; else as they say, and by us if they don't.
  timer.ours = !known || !theirs || theirs->refresher != Refresher::client;
  TimerAnswer answer{.agreed = timer, .headers = {}};
  answer.headers.emplace_back("Session-Expires", std::to_string(timer.interval.count()) +
                                                     (timer.ours ? ";refresher=uas"
                                                                 : ";refresher=uac"));
  if (known) answer.headers.emplace_back("Require", "timer");
  return answer;
}

HeaderList timer_wish(const SessionTimerPolicy& policy, const std::optional<SessionTimer>& agreed) {
  const auto interval = agreed ? agreed->interval : wanted_by(policy);
  if (!policy.known || interval.count() == 0) return {};
  const auto least = least_of(policy);
  std::string value = std::to_string(std::max(interval, least).count());
  if (agreed) value += agreed->ours ? ";refresher=uac" : ";refresher=uas";
  HeaderList headers{{"Session-Expires", std::move(value)}};
  if (least > session_expires_least) {
    headers.emplace_back("Min-SE", std::to_string(least.count()));
  }
  return headers;
}

std::optional<SessionTimer> timer_agreed(const Message& response, const SessionTimerPolicy& policy,
                                         const std::optional<SessionTimer>& before) {
  if (!policy.known) return std::nullopt;
  if (const auto told = session_expires(response)) {
    // Below what nobody may ask for it is a mistake, which must not make us repeat ourselves.
    return SessionTimer{.interval = std::max(told->interval, session_expires_least),
                        .ours = told->refresher != Refresher::server,
                        .shared = true};
  }
  // §7.2: there is none then. One of our own finds out all the same when the far end is gone.
  const auto wanted = before ? before->interval : wanted_by(policy);
  if (wanted_by(policy).count() == 0) return std::nullopt;
  return SessionTimer{
      .interval = std::max(wanted, least_of(policy)), .ours = true, .shared = false};
}

}  // namespace strowger::sip
