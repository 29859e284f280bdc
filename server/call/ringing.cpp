#include "call/ringing.hpp"

#include "call/call.hpp"
#include "model/response_code.hpp"
#include "sdp/parse.hpp"
#include "sip/grammar.hpp"
#include "sip/headers.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace strowger::call {

namespace {

constexpr std::uint64_t max_forwards_default = 70;
constexpr int too_many_hops = 483;
constexpr int request_timeout = 408;
constexpr int temporarily_unavailable = 480;

// RFC 3326: so that the others do not show a missed call.
constexpr const char* elsewhere = "SIP;cause=200;text=\"Call completed elsewhere\"";
constexpr const char* refused_for_all = "SIP;cause=603;text=\"Refused by another phone\"";

}  // namespace

// RFC 3261 16.7 step 6: a refusal for all first, then the lowest class, and in it what tells most.
// Where a phone redirects to or which credentials it wants is nothing that we pass on: these come
// last, with the server errors.
int refusal_rank(int code) {
  if (code >= 600) return 0;
  if (code == 401 || code == 407) return 6;
  if (code >= 500) return 5;
  if (code < 400) return 7;
  constexpr std::array<int, 3> telling = {415, 420, 484};
  if (std::ranges::find(telling, code) != telling.end()) return 1;
  if (code == request_timeout) return 4;
  return code == temporarily_unavailable ? 3 : 2;
}

// RFC 3325 7: an identity that is to be kept private goes to no phone.
Presentation shown_to_phones(const Call& call) {
  Presentation shown = call.presentation();
  if (call.calling_privately()) shown.hide_name = shown.hide_number = true;
  return shown;
}

// The caller as the phone shows it: name and number as the caller gave them, but for what blocks
// have changed, and the host that was called.
std::string callers_from(const Call& call) {
  return from_value(shown_to_phones(call), {.name = call.calling_name(),
                                          .number = call.calling_number(),
                                          .host = call.called_host()});
}

std::string_view ring_outcome_name(RingOutcome outcome) {
  constexpr std::array<std::string_view, 6> names = {"answered",    "busy",     "no_answer",
                                                     "unreachable", "rejected", "failed"};
  return names[static_cast<std::size_t>(outcome)];
}

RingOutcome ring_outcome(int code) {
  switch (code) {
    case 486:
    case 600:
      return RingOutcome::busy;
    case 401:
    case 402:
    case 403:
    case 407:
    case 603:
    case 607:
    case 608:
      return RingOutcome::rejected;
    case 404:
    case 408:
    case 410:
    case 480:
    case 502:
    case 503:
    case 504:
    case 604:
      return RingOutcome::unreachable;
    default:
      return code >= 200 && code < 300 ? RingOutcome::answered : RingOutcome::failed;
  }
}

Ringing::Ringing(Call& call, std::vector<Target> targets, const RingOptions& options)
    : call_(call), options_(options), began_(call.now().instant) {
  const auto hops = sip::max_forwards(call_.invite());
  invitation_.max_forwards = hops ? *hops : max_forwards_default;
  invitation_.from = options_.from.empty() ? callers_from(call_) : options_.from;
  invitation_.headers = presentation_headers(shown_to_phones(call_));
  take_offer();
  for (auto& target : targets) {
    if (Leg* leg = call_.add_leg(std::move(target))) legs_.push_back(leg);
  }
  // RFC 3261 16.3: 0 goes no further, 1 goes to the phones as 0.
  used_up_ = invitation_.max_forwards == 0;
  if (!used_up_) --invitation_.max_forwards;
}

void Ringing::take_offer() {
  invitation_.offer.reset();
  if (call_.offer_to_phones(invitation_.offer, no_offer_)) return;
  call_.note("nobody can be called: " + no_offer_);
}

// What still rings when the script is gone is stopped by the call.
Ringing::~Ringing() {
  if (!call_.over()) stop_others(winner_, {});
}

std::optional<Instant> Ringing::due(const Leg& leg) const {
  switch (leg.state()) {
    case Leg::State::waiting:
      return began_ + leg.target().delay;
    case Leg::State::calling: {
      const auto& target = leg.target();
      if (target.patient && leg.tried()) return leg.began() + target.timeout;
      const auto silent = target.no_reply.value_or(call_.limits().silent_max);
      return leg.began() + std::min(target.timeout, silent);
    }
    case Leg::State::ringing:
      return leg.began() + leg.target().timeout;
    case Leg::State::asked:
      return leg.asked_at() + call_.limits().keypress_max;
    default:
      return std::nullopt;
  }
}

std::optional<Instant> Ringing::deadline() const {
  std::optional<Instant> first;
  // Past it only those are left who are to press a key.
  const auto all = began_ + options_.timeout;
  if (all > call_.now().instant) first = all;
  for (const Leg* leg : legs_) {
    const auto at = due(*leg);
    if (at && (!first || *at < *first)) first = at;
  }
  return first;
}

bool Ringing::counts(const Leg& leg) const {
  return std::ranges::find(succeeded_, &leg) == succeeded_.end();
}

bool Ringing::decides_for_all(const Leg& leg) const {
  if (leg.target().hopeless || !counts(leg)) return false;
  const bool rejection = ring_outcome(leg.code()) == RingOutcome::rejected;
  return leg.code() >= 600 || (options_.first_rejection_ends && rejection);
}

void Ringing::advance() {
  if (Leg* const picker = std::exchange(call_.picker_, nullptr)) legs_.push_back(picker);
  const auto answered = std::ranges::find_if(legs_, [](const Leg* leg) { return leg->up(); });
  if (answered != legs_.end()) {
    winner_ = *answered;
    return stop_others(winner_, elsewhere);
  }
  go_on_after_those_over();
  const auto refuser = std::ranges::find_if(legs_, [&](const Leg* leg) {
    return leg->state() == Leg::State::over && decides_for_all(*leg);
  });
  if (refuser != legs_.end()) return stop_for_all(**refuser);
  give_up_those_late();
  call_those_due();
  // Who could not be called at all may have somebody instead; each leg is asked once.
  const auto is_over = [](const Leg* leg) { return leg->state() == Leg::State::over; };
  while (std::ssize(settled_) < std::ranges::count_if(legs_, is_over)) {
    go_on_after_those_over();
    call_those_due();
  }
  tell_caller();
}

void Ringing::go_on_after_those_over() {
  // More of them come meanwhile.
  for (std::size_t i = 0; i < legs_.size(); ++i) {
    Leg& leg = *legs_[i];
    if (leg.state() != Leg::State::over) continue;
    if (std::ranges::find(settled_, &leg) != settled_.end()) continue;
    settled_.push_back(&leg);
    if (leg.target().successors) go_on_after(leg);
  }
}

void Ringing::go_on_after(Leg& leg) {
  auto targets = leg.target().successors->after(leg);
  if (targets.empty()) return;
  // The caller may have agreed to something by the early media of this one.
  if (no_offer_.empty()) take_offer();
  for (auto& target : targets) {
    target.delay += call_.now().instant - began_;
    Leg* const next = call_.add_leg(std::move(target));
    if (next == nullptr) return;
    legs_.push_back(next);
    if (counts(leg)) succeeded_.push_back(&leg);
  }
}

void Ringing::call_those_due() {
  for (Leg* leg : legs_) {
    if (leg->state() != Leg::State::waiting || *due(*leg) > call_.now().instant) continue;
    if (!leg->target().hopeless) leg->take_line();
    const auto& hopeless = leg->target().hopeless;
    if (hopeless) leg->give_up(hopeless->code, hopeless->why);
    else if (used_up_) leg->give_up(too_many_hops, "Max-Forwards is used up");
    else if (!no_offer_.empty()) leg->give_up(488, no_offer_);
    else leg->invite(invitation_);
  }
}

void Ringing::give_up_those_late() {
  const auto now = call_.now().instant;
  const bool all = now >= began_ + options_.timeout;
  for (Leg* leg : legs_) {
    if (leg->state() == Leg::State::waiting) {
      if (all) leg->give_up(request_timeout, "its turn did not come");
    } else if (leg->alive() && ((all && !leg->asked()) || *due(*leg) <= now)) {
      leg->time_out();
    }
  }
}

void Ringing::tell_caller() {
  // Whoever is to press a key has not answered yet, as far as the caller knows.
  const auto rings = [](const Leg* leg) {
    return leg->state() == Leg::State::ringing || leg->asked();
  };
  const auto ringing = std::ranges::find_if(legs_, rings);
  if (ringing == legs_.end()) return;
  // Of several phones none can be let through (RFC 3960 §3.2).
  const auto phones = std::ranges::count_if(
      legs_, [&](const Leg* leg) { return !leg->target().hopeless && counts(*leg); });
  const bool let_through = phones == 1 && options_.early_media && options_.ringback == nullptr &&
                           (*ringing)->target().early_media;
  if (let_through && (*ringing)->description()) {
    call_.relay_early_media(**ringing);
  }
  call_.alert();
}

void Ringing::stop_others(const Leg* winner, const std::string& reason) {
  for (Leg* leg : legs_) {
    if (leg == winner) continue;
    const bool called = leg->alive();
    std::vector<std::string> reasons;
    if (called && !reason.empty()) reasons.push_back(reason);
    leg->end(reasons, called && winner != nullptr ? "another phone answered" : "");
  }
}

void Ringing::stop_for_all(const Leg& refuser) {
  for (Leg* leg : legs_) {
    if (leg != &refuser) leg->end({refused_for_all}, "another phone refused for all");
  }
}

const Leg* Ringing::best_refusal() const {
  // Who was not called at all only counts when nobody was.
  const auto weight = [](const Leg& leg) {
    return std::pair{leg.session() == 0, refusal_rank(leg.code())};
  };
  const Leg* best = nullptr;
  for (const Leg* leg : legs_) {
    if (leg->code() == 0 || !counts(*leg)) continue;
    if (best == nullptr || weight(*leg) < weight(*best)) best = leg;
  }
  return best;
}

bool Ringing::nobody_called() const {
  return std::ranges::all_of(legs_, [](const Leg* leg) { return leg->session() == 0; });
}

std::optional<RingResult> Ringing::result() const {
  for (Leg* leg : legs_) {
    if (leg->up()) {
      return RingResult{RingOutcome::answered, leg, leg->code(), leg->phrase(), {}, false};
    }
    if (leg->state() != Leg::State::over) return std::nullopt;
  }
  const Leg* best = best_refusal();
  if (best == nullptr) return RingResult{};
  RingResult result{ring_outcome(best->code()), nullptr,         best->code(),
                    best->phrase(),             best->reasons(), nobody_called()};
  if (best->target().hopeless) result.cause = best->target().hopeless->cause;
  // Somebody's phone rang: that is news to the caller, unless somebody was there to refuse.
  const bool rang = std::ranges::any_of(legs_, [](const Leg* leg) { return leg->timed_out(); });
  if (rang && refusal_rank(best->code()) >= refusal_rank(temporarily_unavailable)) {
    result.outcome = RingOutcome::no_answer;
  }
  return result;
}

}  // namespace strowger::call
