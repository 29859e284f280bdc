#include "sim/script.hpp"

#include "sim/phone_messages.hpp"
#include "sip/headers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

namespace strowger::sim {
namespace {

std::string ms(Duration duration) { return fmt::format("{} ms", milliseconds(duration)); }

// Answers to what the phone does by itself or as a step: they are of interest only when they are no
// 200.
bool is_courtesy(const sip::Message& message) {
  const std::string_view method = message_method(message);
  return message.status() == 200 && method != "INVITE";
}

// Answered by the phone itself, when it has a login.
bool is_challenge(const sip::Message& message) {
  const auto method = message_method(message);
  return message.status() == 401 && (method == "SUBSCRIBE" || method == "MESSAGE");
}

// An unreliable 18x may be sent again, and is then no retransmission by the letter (RFC
// 3261 13.3.1.1).
bool repeats(const sip::Message& a, const sip::Message& b) {
  return a.status() == b.status() && a.status() > 100 && a.status() < 200 && a.body() == b.body() &&
         sip::to_tag(a) == sip::to_tag(b) && sip::rseq(a) == sip::rseq(b) &&
         a.reason_phrase() == b.reason_phrase();
}

}  // namespace

Script::Script(const Scenario& scenario, Phone& phone, Options options)
    : Script(scenario, phone, options, "", std::make_shared<Baton>(scenario.steps.size())) {}

Script::Script(const Scenario& scenario, Phone& phone, Options options, std::string who,
               std::shared_ptr<Baton> baton)
    : scenario_(scenario),
      phone_(phone),
      options_(options),
      who_(std::move(who)),
      baton_(std::move(baton)) {
  for (std::size_t i = 0; i < scenario_.steps.size(); ++i) {
    if (scenario_.steps[i].who == who_) own_.push_back(i);
  }
}

void Script::meet(Instant at) {
  baton_->met[own_[next_]] = true;
  baton_->last = std::max(baton_->last, at);
  if (baton_->on_met) baton_->on_met();
}

void Script::fail(std::string expected, std::string got) {
  if (failure_) return;
  const int line = next_ < own_.size() ? current().line : 0;
  failure_ = Failure{line, std::move(expected), std::move(got)};
}

void Script::advance(Now now) {
  if (!begun_) {
    begun_ = true;
    baton_->last = std::max(baton_->last, now.instant);
  }
  while (!finished() && step(now)) ++next_;
  if (finished() && !failure_) only_noise();
}

// True: the step is met, go on to the next one.
bool Script::step(Now now) {
  const auto& what = current().what;
  if (const auto* act = std::get_if<Act>(&what)) return perform(*act, now);
  if (const auto* expect = std::get_if<Expect>(&what)) return await(*expect);
  if (const auto* sent = std::get_if<Sent>(&what); sent != nullptr && !look(*sent)) return false;
  meet(baton_->last);  // what is heard is judged at the end
  return true;
}

// ---- doing

Instant Script::due(const Act& act) const {
  if (act.at && phone_.invited_at()) return *phone_.invited_at() + *act.at;
  if (act.after) return baton_->last + *act.after;
  return baton_->last;
}

std::optional<Instant> Script::deadline() const {
  if (finished()) return std::nullopt;
  const auto* act = std::get_if<Act>(&current().what);
  if (act == nullptr || !baton_->all_before(own_[next_])) return std::nullopt;
  return due(*act);
}

bool Script::perform(const Act& act, Now now) {
  if (!baton_->all_before(own_[next_])) return false;
  // What comes while the caller waits for its moment must be in the script as well.
  if (!only_noise()) return false;
  if (due(act) > now.instant) return false;
  for (int i = 0; i < act.times; ++i) {
    if (this->act(act, now)) continue;
    fail(current().text, "not possible in this state of the call");
    return false;
  }
  meet(now.instant);
  return true;
}

bool Script::act(const Act& act, Now now) {
  switch (act.kind) {
    case Act::Kind::respond:
      return phone_.respond(act.response, now);
    case Act::Kind::invite:
      phone_.invite(now);
      return true;
    case Act::Kind::repeat_invite:
      return phone_.repeat_invite(now);
    case Act::Kind::cancel:
      return phone_.cancel(now);
    case Act::Kind::bye:
      return phone_.bye(now);
    case Act::Kind::digits:
      return phone_.press(act.digits, now);
    case Act::Kind::info_digit:
      return phone_.info_digit(act.digits.front(), now);
    case Act::Kind::reinvite:
      return phone_.reinvite(act.how, now);
    case Act::Kind::update:
      return phone_.update(act.how, now);
    case Act::Kind::refer:
      return phone_.refer(act.refer_to, now);
    case Act::Kind::subscribe:
      phone_.subscribe(act.event, act.user, act.lasts, now);
      return true;
    case Act::Kind::unsubscribe:
      return phone_.unsubscribe(now);
    case Act::Kind::message:
      phone_.message(act.user, act.text, now);
      return true;
    case Act::Kind::vanish:
      return phone_.vanish();
  }
  return false;
}

bool Script::look(const Sent& sent) {
  const auto& passed = phone_.passed();
  return std::any_of(passed.begin(), passed.end(), [&](const Passed& each) {
    return !each.received && each.message->is_request() &&
           message_method(*each.message) == sent.method;
  });
}

// ---- getting

bool Script::is_noise(const Passed& passed) const {
  if (!passed.received || passed.lost || passed.again) return true;
  const sip::Message& message = *passed.message;
  // The answer to ours of the phone; who wants to see it lists it.
  if (message.is_request()) return message.method() == sip::Method::ack;
  if (message.status() == 100 || is_courtesy(message)) return true;
  if (!phone_.options().login.empty() && is_challenge(message)) return true;
  const auto& all = phone_.passed();
  return std::any_of(all.begin(), all.end(), [&](const Passed& before) {
    return &before < &passed && before.received && !before.lost &&
           repeats(*before.message, message);
  });
}

// Everything unread is noise, and is read.
bool Script::only_noise() {
  const auto& passed = phone_.passed();
  for (; read_ < passed.size(); ++read_) {
    if (is_noise(passed[read_])) continue;
    const std::string wanted = finished() ? "nothing more" : current().text;
    fail(wanted, summary(*passed[read_].message));
    return false;
  }
  return true;
}

bool Script::is_it(const Expect& expect, const sip::Message& message) const {
  if (start_word(message) != expect.word) return false;
  return message.is_request() || expect.answers == message_method(message);
}

bool Script::await(const Expect& expect) {
  const auto& passed = phone_.passed();
  for (; read_ < passed.size(); ++read_) {
    const Passed& each = passed[read_];
    const bool new_here = each.received && !each.lost && !each.again;
    if (new_here && is_it(expect, *each.message)) {
      check(expect, each);
      ++read_;
      if (failure_) return false;
      meet(each.at);
      return true;
    }
    if (is_noise(each)) continue;
    fail(current().text, summary(*each.message));
    return false;
  }
  return false;
}

void Script::check(const Expect& expect, const Passed& passed) {
  const sip::Message& message = *passed.message;
  if (expect.phrase && message.reason_phrase() != *expect.phrase) {
    fail(current().text, fmt::format("the phrase \"{}\"", message.reason_phrase()));
  }
  for (const HeaderCheck& each : expect.checks) check_header(each, message);
  if (expect.early_media && message.body().empty()) fail(current().text, "no SDP in it");
  check_times(expect, passed);
}

void Script::check_times(const Expect& expect, const Passed& passed) {
  const Duration waited = passed.at - baton_->last;
  if (expect.within && waited > *expect.within + options_.slack) {
    fail(current().text, fmt::format("it came {} after the step before", ms(waited)));
  }
  if (!expect.at || !phone_.invited_at()) return;
  const Duration at = passed.at - *phone_.invited_at();
  const Duration off = std::max(at, expect.at->time) - std::min(at, expect.at->time);
  if (off > expect.at->tolerance + options_.slack) {
    fail(current().text, fmt::format("it came {} after the INVITE", ms(at)));
  }
}

void Script::check_header(const HeaderCheck& check, const sip::Message& message) {
  std::optional<std::string> value;
  if (check.name == "sdp" || check.name == "body") {
    if (!message.body().empty()) value = std::string(message.body());
  } else {
    value = joined_header(message, check.name);
  }
  bool holds = false;
  switch (check.kind) {
    case HeaderCheck::Kind::present:
      holds = value.has_value();
      break;
    case HeaderCheck::Kind::absent:
      holds = !value;
      break;
    case HeaderCheck::Kind::exact:
      holds = value && *value == check.text;
      break;
    case HeaderCheck::Kind::contains:
      holds = value && value->find(check.text) != std::string::npos;
      break;
  }
  if (!holds) fail(current().text, fmt::format("{}: {}", check.name, value ? *value : "(absent)"));
}

// ---- the end

bool Script::stuck(Now now) const {
  if (finished() || !phone_.over()) return false;
  const auto* act = std::get_if<Act>(&current().what);
  return act == nullptr || due(*act) <= now.instant;
}

void Script::conclude(Now now) {
  advance(now);
  if (!failure_ && !finished()) fail(current().text, "nothing came");
  check_answers_stay_the_same();
  if (options_.judge_sound) {
    check_edges_of_sound();
    check_sound();
  }
}

// One INVITE gets one final answer, and its retransmissions the same bytes (RFC 3261 17.2.1).
void Script::check_answers_stay_the_same() {
  std::map<std::string, const sip::Message*> finals;
  for (const Passed& passed : phone_.passed()) {
    const sip::Message& message = *passed.message;
    if (!passed.received || message.is_request() || message.status() < 200) continue;
    if (is_challenge(message)) continue;  // nothing is kept of it: each has a nonce of its own
    const auto via = sip::top_via(message);
    const std::string key =
        fmt::format("{} {} {}", message_method(message), message_sequence(message),
                    via ? std::string(message.header(sip::HeaderName::via).value_or("")) : "");
    const auto [first, fresh] = finals.emplace(key, &message);
    if (fresh || first->second->bytes() == message.bytes()) continue;
    fail("one final answer, always the same",
         fmt::format("{} and then {}", first->second->start_line(), message.start_line()));
  }
}

}  // namespace strowger::sim
