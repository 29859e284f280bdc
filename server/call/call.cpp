#include "call/call.hpp"

#include "base/check.hpp"
#include "call/bridge.hpp"
#include "call/info_digit.hpp"
#include "call/ladder.hpp"
#include "call/leg.hpp"
#include "call/wait.hpp"
#include "model/response_code.hpp"
#include "sdp/parse.hpp"
#include "sip/headers.hpp"
#include "sip/inside.hpp"
#include "sip/multipart.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace strowger::call {

namespace {

std::string source_text(const sip::Peer& peer) {
  return std::string(sip::uri_name(peer.transport)) + ":" + peer.remote.text();
}

std::string uri_of(const std::optional<sip::NameAddr>& address) {
  return address ? std::string(address->uri) : std::string();
}

}  // namespace

Call::Call(Exchange& exchange, sip::Invited&& invited, Now now)
    : exchange_(exchange),
      key_(invited.session),
      session_(invited.session),
      replaces_(invited.replaces),
      replaces_elsewhere_(std::move(invited.replaces_elsewhere)),
      invite_(std::move(invited.invite)),
      peer_(invited.from),
      calling_device_(std::move(invited.identity.device)),
      calling_seat_(std::move(invited.identity.seat)),
      calling_account_(std::move(invited.identity.account)),
      calling_trunk_(std::move(invited.identity.trunk)),
      now_(now),
      started_(now),
      early_media_max_(exchange.config_.limits.early_media_max) {
  if (const auto uri = sip::SipUri::parse(invite_->request_uri())) request_uri_ = *uri;
  record_.id = exchange.random_.token_of(now.wall);
  record_.from = uri_of(sip::from(*invite_));
  record_.to = uri_of(sip::to(*invite_));
  record_.call_id = sip::call_id(*invite_);
  record_.source = source_text(peer_);
  record_.caller_name = shown_name();
  record_.user_agent = product_name(*invite_);
  shown_seat_ = calling_seat_;
  record_.caller_device = calling_device_;
  record_.caller_seat = calling_seat_;
  record_.caller_trunk = calling_trunk_;
  record_.started = now.wall;
  // What another exchange of ours asks for in the name of a device is no call of that.
  if (!calling_device_.empty() && !sip::is_inside(peer_)) {
    device_line_ = exchange.lines_->take(calling_account_, calling_device_);
  }
  arm(Alarm::unanswered, now.instant + unanswered_for());
}

Call::~Call() {
  script_ = {};
  bridge_.reset();
  legs_.clear();
  for (std::size_t i = 0; i < alarms_.size(); ++i) disarm(static_cast<Alarm>(i));
  end_media();
}

// RFC 3261 13.3.1: the caller may have said how long it waits for an answer.
Duration Call::unanswered_for() const {
  const Duration longest = limits().unanswered_max;
  const auto wish = sip::expires(*invite_);
  return wish && *wish > 0 ? std::min<Duration>(longest, std::chrono::seconds{*wish}) : longest;
}

const Limits& Call::limits() const { return exchange_.config_.limits; }

std::string Call::called_number() const {
  return dialled_ ? *dialled_ : request_uri_.number_text();
}

bool Call::from_inside() const { return sip::is_inside(peer_); }

std::string Call::called_host() const {
  return request_uri_.host.empty() ? peer_.local.address.uri_text()
                                   : std::string(request_uri_.host);
}

std::optional<sip::NameAddr> Call::shown_caller() const {
  return asserted_ ? sip::NameAddr::parse(*asserted_) : sip::from(*invite_);
}

// Who is transferred is known by the number that was called.
std::string Call::calling_number() const {
  if (number_ != 0) return request_uri_.number_text();
  const auto shown = shown_caller();
  const auto uri = shown ? sip::SipUri::parse(shown->uri) : std::nullopt;
  return uri ? uri->number_text() : std::string();
}

std::string Call::calling_name() const {
  if (transferred()) return "";
  const auto shown = shown_caller();
  return shown ? shown->display_text() : std::string();
}

std::string Call::shown_name() const {
  auto name = calling_name();
  if (name.size() > model::record_name_bytes_max) name.resize(model::record_name_bytes_max);
  return name;
}

// RFC 3325 §9.1: the first one is the one that counts.
Presentation& Call::presentation() {
  if (!presentation_) presentation_ = std::make_unique<Presentation>();
  return *presentation_;
}

const Presentation& Call::presentation() const {
  static const Presentation unchanged;
  return presentation_ ? *presentation_ : unchanged;
}

void Call::trust_asserted_identity() {
  for (const auto value : invite_->values(sip::HeaderName::p_asserted_identity)) {
    const auto parsed = sip::NameAddr::parse(value);
    const auto uri = parsed ? sip::SipUri::parse(parsed->uri) : std::nullopt;
    if (!uri || uri->scheme == sip::Scheme::other) continue;
    asserted_ = std::string(value);
    record_.caller_name = shown_name();
    return;
  }
}

void Call::show_caller(const CallerShown& caller) {
  asserted_ = from_value({}, caller);
  record_.caller_name = shown_name();
}

void Call::set_login(sip::Login login) {
  exchange_.agent_.set_login(session_, std::move(login), peer_.remote.address);
}

// RFC 3323 4.1, and what phones write that do not know Privacy.
bool Call::calling_privately() const {
  const auto privacy = invite_->header(sip::HeaderName::privacy);
  if (privacy) return !sip::iequals(sip::trim(*privacy), "none");
  const auto sender = sip::from(*invite_);
  const auto uri = sender ? sip::SipUri::parse(sender->uri) : std::nullopt;
  return uri && sip::iequals(uri->host, "anonymous.invalid");
}

void Call::set_variable(const std::string& name, std::string value) {
  if (value.size() > limits().variable_bytes_max) value.resize(limits().variable_bytes_max);
  if (variables_.size() >= limits().variables_max && !variables_.contains(name)) return;
  variables_[name] = std::move(value);
}

std::optional<std::string> Call::variable(const std::string& name) const {
  const auto found = variables_.find(name);
  if (found == variables_.end()) return std::nullopt;
  return found->second;
}

std::uint64_t Call::draw(std::uint64_t end) {
  return end == 0 ? 0 : exchange_.random_.bits() % end;
}

void Call::enter_block(model::PathStep step) {
  step.entered_ms = elapsed_ms();
  record_.add_step(std::move(step));
}

void Call::leave_block(std::size_t step, std::string_view exit) {
  if (step > 0 && step <= record_.path.size()) record_.path[step - 1].exit_key = exit;
}

void Call::want_change(model::DocumentChange change) {
  exchange_.put(ChangeWanted{std::make_shared<const model::DocumentChange>(std::move(change))});
}

void Call::note(std::string text, LogLevel level) {
  if (!record_.path.empty()) {
    auto& note = record_.path.back().note;
    note += note.empty() ? text : "; " + text;
  }
  exchange_.log(level, this, [&] { return std::move(text); });
}

// ---- life

void Call::start(Task<> script) {
  changed();
  script_ = std::move(script);
  script_.start();
  settle_script();
}

// A script that ran to its end must have ended the call; one that broke ends it with 500 (DESIGN
// law 6).
void Call::settle_script() {
  if (!script_ || !script_.done()) return;
  try {
    script_.take();
  } catch (const std::exception& broken) {
    fail(broken.what());
  }
  script_ = {};
  if (!over()) fail("the flow ended without ending the call");
}

void Call::fail(std::string_view what) {
  note("internal error: " + std::string(what));
  drop_transfer(500);
  if (over()) return;
  auto rejection = standard_rejection(500);
  rejection.disposition = model::Disposition::failed;
  reject(std::move(rejection));
}

Call::Wait Call::until(unsigned happenings, std::optional<Instant> due) {
  return Wait(*this, due ? happenings | Happening::time_up : happenings, due);
}

void Call::happen(Happening what) {
  if (waiting_ == nullptr || (waiting_->wanted & what) == 0) return;
  Wait* wait = std::exchange(waiting_, nullptr);
  disarm(Alarm::wait);
  wait->what = what;
  wait->script.resume();
  settle_script();
}

void Call::become_over(const std::vector<std::string>& reasons) {
  if (!over()) ++exchange_.ending_;
  phase_ = Phase::over;
  changed();
  held_.reset();
  device_line_.reset();
  for (const auto& leg : legs_) leg->end(reasons);
}

// What is written before a final answer has no ladder yet: its last lines are still to come, and
// the caller waits. Nobody looks at a record after it was complete.
void Call::store(Stored what) {
  if (stored_complete_) return;
  stored_complete_ = record_.complete = what == Stored::complete;
  if (stored_complete_) {
    exchange_.records_.push_back(StoreRecord{std::move(record_), false});
    return;
  }
  std::vector<model::LadderLine> ladder;
  if (over()) record_.ladder.swap(ladder);
  exchange_.records_.push_back(StoreRecord{record_, what == Stored::before_answer});
  if (over()) record_.ladder.swap(ladder);
}

void Call::arm(Alarm alarm, Instant due) {
  disarm(alarm);
  alarms_[static_cast<std::size_t>(alarm)] = exchange_.timers_.arm(due, {key_, alarm});
}

void Call::disarm(Alarm alarm) {
  auto& timer = alarms_[static_cast<std::size_t>(alarm)];
  if (timer != 0) exchange_.timers_.disarm(std::exchange(timer, 0));
}

// ---- events

// The answer to our offer, if we wait for one. False when it cannot be used.
bool Call::take_answer(const sip::Body& body, std::string& why) {
  if (!awaiting_answer_ || !media_) return true;
  awaiting_answer_ = false;
  const auto accepted = media_->accept_answer(body.content, now_);
  if (!accepted) why = accepted.error();
  return accepted.has_value();
}

void Call::on(const sip::ProvisionalAcknowledged& event) {
  take_answer(event.body, why_no_early_media_);
  if (pracks_due_ > 0) --pracks_due_;
  if (pracks_to_progress_ > 0 && --pracks_to_progress_ == 0) progress_acknowledged_ = true;
  happen(Happening::prack);
}

// RFC 3262 §3 would let us give up the call with 5xx; ours goes on, since the configured code is
// still due.
void Call::on(const sip::ProvisionalUnacknowledged&) {
  note("the 183 was never acknowledged (PRACK)");
  progress_given_up_ = true;
  happen(Happening::prack);
}

void Call::on(const sip::Established& event) {
  std::string why;
  if (bridge_) bridge_->acknowledged(true, event.body);
  if (!take_answer(event.body, why)) note("no media: " + why);
  happen(Happening::established);
}

// Hold, resume, a moved address. A re-INVITE without SDP asks for our offer.
void Call::on(const sip::Reoffered& event) {
  if (bridge_) return bridge_->pass_offer(true, event);
  std::string why;
  if (over() || !ensure_media(why)) {
    exchange_.agent_.refuse_offer(session_, 488, now_);
    return;
  }
  if (event.offer.empty()) {
    awaiting_answer_ = true;
    exchange_.agent_.answer_offer(session_, {"application/sdp", media_->offer()}, now_);
    return;
  }
  const auto answer = media_->answer(event.offer.content, {}, now_);
  if (!answer) {
    note("a new offer was refused: " + answer.error());
    exchange_.agent_.refuse_offer(session_, 488, now_);
    return;
  }
  exchange_.agent_.answer_offer(session_, {"application/sdp", *answer}, now_);
}

void Call::on(const sip::Withdrawn&) {
  if (bridge_) bridge_->withdrawn(true);
}

void Call::on(const sip::Refreshed& event) {
  if (!media_ || over()) return;
  const auto said = sdp::parse(event.answer.content);
  if (!said || !bridge_) return;
  static_cast<void>(media_->take_stream(*said, now_));
  bridge_->agree();
}

void Call::on(const sip::Accepted& event) {
  if (bridge_) return bridge_->accepted(true, *event.response);
  std::string why;
  const std::string said(sip::sdp_in(*event.response));
  if (!take_answer({"application/sdp", said}, why)) note("no media: " + why);
}

void Call::on(const sip::Refused& event) {
  if (bridge_) return bridge_->refused(true, event.response.get());
  awaiting_answer_ = false;
}

void Call::on(const sip::InfoReceived& event) {
  if (bridge_) bridge_->pass_info(true, *event.info);
  if (const auto digit = digit_in(*event.info)) press(*digit);
}

void Call::on(const sip::Ended& event) {
  using Why = sip::Ended::Why;
  drop_transfer(487);
  const bool was_over = over();
  const bool was_answered = answered();
  if (was_answered && event.why == Why::bye_received) {
    record_.hung_up_by = number_ == 0 ? model::Side::caller : model::Side::callee;
  }
  auto reasons = event.message ? reasons_of(*event.message) : std::vector<std::string>{};
  if (event.why == Why::expired && !was_over) {
    reasons = {std::string(session_expired)};
    record_.reasons.insert(record_.reasons.end(), reasons.begin(), reasons.end());
    note("the caller was not heard from any more: its session expired");
  }
  if (auto* const line = record_.leg(number_)) line->ended_ms = elapsed_ms();
  become_over(reasons);
  script_ = {};
  end_media();
  if (!record_.ended) record_.ended = now_.wall;
  if (was_over) return;  // by reject() or hang_up(): recorded there
  if (!was_answered && (event.why == Why::cancelled || event.why == Why::bye_received)) {
    record_.disposition = model::Disposition::abandoned;
    record_.code = 487;
    record_.phrase = model::default_phrase(487);
  } else if (event.why == Why::no_ack) {
    note("the 200 was never acknowledged (ACK)");
  } else if (event.why == Why::transport_failed) {
    record_.disposition = model::Disposition::failed;
    note("the connection to the caller failed");
  }
  store(was_answered ? Stored::meanwhile : Stored::before_answer);
}

void Call::on_alarm(Alarm alarm) {
  alarms_[static_cast<std::size_t>(alarm)] = 0;
  switch (alarm) {
    case Alarm::media:
      media_tick();
      break;
    case Alarm::wait:
      happen(Happening::time_up);
      break;
    case Alarm::repeat_progress:
      send_progress();
      break;
    case Alarm::unanswered:
      if (phase_ == Phase::inviting) {
        const bool ours = now_.instant - started_.instant >= limits().unanswered_max;
        note(ours ? "not answered within the limit"
                  : "not answered as soon as the caller wanted (Expires)");
        reject(standard_rejection(ours ? 480 : 487));
      }
      break;
    case Alarm::call_limit:
      if (!over()) {
        note("the longest call allowed is over");
        drop_transfer(408);
        hang_up();
      }
      break;
    case Alarm::glare:
      if (bridge_) bridge_->after_glare();
      break;
  }
}

void Call::on_media(MediaSession& media, bool rtcp, const Endpoint& from,
                    std::span<const std::byte> packet) {
  const auto heard = media.receive(rtcp, from, packet, now_);
  if (!heard.accepted) return;
  if (Leg* const asked = asked_by(media)) {
    if (heard.digit) asked->press(*heard.digit);
    return;  // nothing of it is anybody's yet
  }
  if (bridge_) bridge_->pass(media, heard);
  if (heard.digit && &media == media_.get()) press(*heard.digit);
}

// Who is to press a key there; null: nobody.
Leg* Call::asked_by(const MediaSession& media) {
  if (&media == media_.get()) return nullptr;
  const auto found = std::ranges::find_if(
      legs_, [&](const auto& leg) { return leg->asked() && leg->media() == &media; });
  return found == legs_.end() ? nullptr : found->get();
}

void Call::press(char digit) {
  if (digits_.size() >= limits().digits_max) return;
  digits_.push_back(digit);
  happen(Happening::key_pressed);
}

}  // namespace strowger::call
