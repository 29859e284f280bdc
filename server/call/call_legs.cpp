// The phones that are called for the caller: ringing them, and talking with one.
#include "call/bridge.hpp"
#include "call/call.hpp"
#include "call/ringback.hpp"
#include "call/ringing.hpp"
#include "call/wait.hpp"
#include "sdp/parse.hpp"
#include "sdp/pass_on.hpp"
#include "sip/inside.hpp"

#include <algorithm>
#include <utility>

namespace strowger::call {

// ---- verbs

Task<RingResult> Call::ring(std::vector<Target> targets, RingOptions options) {
  // What phones are offered depends on what the caller has agreed to.
  if (options.ringback != nullptr && !answered()) co_await open_early_media(Hearing::both_ways);
  Ringing ringing(*this, std::move(targets), options);
  begin_ringback(options.ringback);
  while (true) {
    ringing.advance();
    if (auto result = ringing.result()) {
      silence();
      co_return std::move(*result);
    }
    co_await until(Happening::leg_changed, ringing.deadline());
  }
}

Task<BridgeEnd> Call::bridge(Leg& leg) {
  if (!bridge_) bridge_ = std::make_unique<Bridge>(*this, leg);
  if (leg.up() && !answered()) {
    const bool agreed = co_await answer();
    if (over()) co_return BridgeEnd::not_answered;
    if (!agreed) leg.end({}, "the caller agreed to no session");
  }
  if (!leg.up()) co_return BridgeEnd::callee_left;
  bridge_->open();
  if (transfer_) {
    // Whoever has the other party in another exchange makes all of them agree, through this leg.
    if (leg.target().inside.empty()) bridge_->make_agree(transfer_->attended);
    transfer_succeeded();
  } else if (replaces_ != 0 && record_.bridged_leg == 0) {
    bridge_->make_agree(true);
  } else if (leg.picked_up() && media_->numbers_otherwise(*leg.media())) {
    bridge_->make_agree(true);  // each of them had an offer of its own
  }
  record_.bridged_leg = leg.number();
  record_.bridged_ms = elapsed_ms();
  record_.begin_talk(elapsed_ms(), number_, leg.number());
  store(Stored::meanwhile);
  flush_digits();
  while (leg.up() && !transfer_) {
    co_await until(Happening::leg_changed | Happening::transfer_asked);
  }
  if (leg.up()) co_return BridgeEnd::transferred;
  if (!leg.lost()) {
    record_.hung_up_by = leg.number() == 0 ? model::Side::caller : model::Side::callee;
  }
  co_return BridgeEnd::callee_left;
}

// ---- legs

Leg* Call::add_leg(Target target) {
  if (legs_.size() >= limits().legs_max) {
    note("too many phones were called for one call (" + std::to_string(limits().legs_max) + ")");
    return nullptr;
  }
  const int number = static_cast<int>(legs_.size()) + 1;
  return legs_.emplace_back(std::make_unique<Leg>(*this, number, std::move(target))).get();
}

bool Call::has_open_legs() const {
  return std::ranges::any_of(
      legs_, [&](const auto& leg) { return exchange_.legs_.contains(leg->session()); });
}

void Call::leg_is_over(const Leg& leg) {
  if (bridge_ && &bridge_->leg() == &leg) end_bridge();
}

void Call::end_bridge() {
  record_.end_talk(elapsed_ms());
  bridge_.reset();
}

bool Call::offer_to_phones(std::optional<sdp::Session>& offer, std::string& why) const {
  if (media_ && media_->negotiated()) {
    offer = transfer_ ? media_->abilities() : media_->promised();
    return true;
  }
  if (awaiting_answer_) {
    why = "the caller has not answered our offer";
    return false;
  }
  const auto text = offered_sdp();
  if (text.empty()) return true;
  const auto parsed = sdp::parse(text);
  if (!parsed) {
    why = "unreadable SDP: " + sdp::text(parsed.error());
    return false;
  }
  // Before anybody rings: no packet of ours would reach it. Between two shards there are none.
  const sdp::LocalMedia ours{.rtp = {peer_.local.address, 0},
                             .codecs = {},
                             .secrecy = sdp::Secrecy::in_kind};
  const auto stream = sdp::read_stream(*parsed, ours);
  const bool nowhere = !stream && stream.error() == sdp::Refusal::unreachable_address;
  if (nowhere && !sip::is_inside(peer_)) {
    why = std::string(sdp::text(stream.error()));
    return false;
  }
  offer = *parsed;
  // Its plain lines beside those with keys are for nobody.
  for (auto& section : offer->media) {
    if (srtp_required_ && !sdp::is_srtp(section)) section.port = 0;
  }
  return true;
}

std::vector<sdp::Codec> Call::codecs_made(const Target& target, bool has_it) const {
  const bool allowed = may_transcode_ && target.transcode;
  if (!allowed || (!has_it && !exchange_.transcoding_.free())) return {};
  return made_of_others(exchange_.config_.codecs);
}

// ---- what the caller sees and hears meanwhile

void Call::alert() {
  if (transfer_) return transfer_rings();
  if (alerted_ || answered() || over()) return;
  alerted_ = true;
  changed();
  send_alert();
}

// Repeated like any provisional response, for proxies on the way (RFC 3261 13.3.1.1, Timer C).
void Call::send_alert() {
  if (!alerted_ || answered() || over()) return;
  const bool reliable = exchange_.agent_.peer_requires_reliable(session_);
  send_provisional({.status = 180, .phrase = "Ringing", .headers = {}, .body = {}}, reliable);
  if (!progress_) arm(Alarm::repeat_progress, now_.instant + limits().progress_repeat);
}

// A phone that has heard sound from us makes no ringing of its own any more.
void Call::begin_ringback(const Media* wanted) {
  const bool listens = answered() || early_media_.value_or(false);
  if (!listens || !media_) return;
  const Media& sound = wanted != nullptr ? *wanted : ringing_tone(media_->codec());
  if (media_->can_play(*sound.prompt)) start_playing(sound, 0);
}

// The sound of the one phone that rings, before anybody answered there (RFC 3960 §3.1).
void Call::relay_early_media(Leg& leg) {
  if (bridge_ || answered() || early_media_ || leg.asked_for_offer()) return;
  bridge_ = std::make_unique<Bridge>(*this, leg);
  auto description = bridge_->introduce();
  if (!description) {
    note("no early media of the phone: " + description.error());
    bridge_.reset();
    return;
  }
  progress_reliable_ = exchange_.agent_.peer_supports_reliable(session_) ||
                       exchange_.agent_.peer_requires_reliable(session_);
  early_media_ = true;
  early_media_began_ = now_.instant;
  alerted_ = true;  // the phone tells the caller by sound
  changed();
  begin_progress(false);
}

}  // namespace strowger::call
