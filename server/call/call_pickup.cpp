// Pick-up: a call takes the place of the phones that ring in another one, and is a leg of that from
// then on. See docs/decisions/0044-pick-up.md.
#include "call/call.hpp"
#include "call/leg.hpp"
#include "sdp/codec_match.hpp"
#include "sdp/parse.hpp"
#include "sip/inside.hpp"

#include <algorithm>
#include <utility>

namespace strowger::call {

// ---- verbs

Task<bool> Call::pick_up(const PhoneSet& phones, Target as) {
  if (transfer_) {
    note("who is being transferred picks nothing up");
    co_return false;
  }
  if (exchange_.ringing_at(phones, record_.account, now_) == nullptr) co_return false;
  // What this end says of its media in a PRACK or ACK has to be known first.
  if (progress_ || offered_sdp().empty()) {
    const bool agreed = co_await answer();
    if (!agreed && !over()) refuse_session("no media");
    if (over()) co_return true;
  }
  // Nothing is waited for from here on: of two who pick up one gets it.
  Call* const ringing = exchange_.ringing_at(phones, record_.account, now_);
  if (ringing == nullptr) co_return false;
  sdp::Session agreed;
  const auto body = describe_ringing(*ringing, as, agreed);
  if (!body) {
    note("call " + ringing->id() + " can't be picked up: " + body.error());
    refuse_session(body.error());
    co_return true;
  }
  if (!answered()) {
    was_answered();
    exchange_.agent_.accept(session_, *body, now_);
  }
  give_end_to(*ringing, std::move(as), std::move(agreed));
  co_return true;
}

std::vector<Target> Call::pick_up_elsewhere(const std::string& whose) const {
  std::vector<Target> targets;
  if (transfer_) return targets;
  for (const auto& inside : exchange_.config_.inside_call_ids) {
    auto& target = targets.emplace_back(inside_target(inside, called_number(), calling_device_));
    target.name = "calls of another shard";
    target.headers.emplace_back(sip::inside_pick_up, whose);
  }
  return targets;
}

std::optional<std::string> Call::asked_to_pick_up() const {
  const auto whose = invite_->header(sip::inside_pick_up);
  if (!whose || !sip::is_inside(peer_)) return std::nullopt;
  return std::string(*whose);
}

// ---- how the two agree

Result<sip::Body, std::string> Call::describe_ringing(const Call& ringing, const Target& as,
                                                      sdp::Session& agreed) {
  std::string why;
  std::optional<sdp::Session> theirs;
  if (ringing.legs_.size() >= limits().legs_max) {
    return unexpected(std::string("too many phones were called for it"));
  }
  if (!ringing.offer_to_phones(theirs, why)) return unexpected(why);
  return describe_in_terms_of(theirs, ringing.codecs_made(as, false), agreed);
}

// As a phone that rings is offered what the caller of that call can do, this end is answered with
// that, in terms of its own offer. `theirs`: none, where that caller waits for an offer itself.
Result<sip::Body, std::string> Call::describe_in_terms_of(
    const std::optional<sdp::Session>& theirs, const std::vector<sdp::Codec>& made,
    sdp::Session& agreed) {
  if (media_ && media_->negotiated()) {
    agreed = *media_->promised();
    if (!theirs) return sip::Body{};
    const auto told = sdp::answer_in_terms_of(*theirs, agreed, made);
    if (!told) return unexpected(std::string(sdp::text(told.error())));
    return sip::Body{};
  }
  std::string why;
  if (!ensure_media(why)) return unexpected(why);
  const auto offer = sdp::parse(offered_sdp());
  if (!offer) return unexpected("unreadable SDP: " + sdp::text(offer.error()));
  if (!theirs) {
    auto text = media_->answer(offered_sdp(), {}, now_);
    if (!text) return unexpected(text.error());
    agreed = sdp::agreed(*offer, *sdp::parse(*text));
    return sip::Body{"application/sdp", std::move(*text)};
  }
  auto other = *theirs;
  sdp::add_codecs(other, made);
  const auto told = sdp::answer_in_terms_of(*offer, other, made);
  if (!told) return unexpected(std::string(sdp::text(told.error())));
  if (auto taken = media_->take_stream(*offer, now_, &*told); !taken) {
    return unexpected(taken.error());
  }
  auto text = media_->describe(*told, &*offer);
  if (!text) return unexpected(text.error());
  agreed = sdp::agreed(*offer, *told);
  return sip::Body{"application/sdp", std::move(*text)};
}

// ---- the end changes hands

void Call::give_end_to(Call& ringing, Target as, sdp::Session agreed) {
  silence();
  ringing.now_ = now_;
  as.uri = record_.from;
  as.peer = peer_;
  note("picked up call " + ringing.id() + ", which has the rest of it", LogLevel::info);
  ringing.note("picked up by " + as.name, LogLevel::info);
  Leg* const leg = ringing.add_leg(std::move(as));
  leg->adopt_end_of(*this, std::move(agreed));
  become_over();
  disarm(Alarm::unanswered);
  disarm(Alarm::call_limit);
  record_.ended = now_.wall;
  exchange_.closing_.push_back(key_);
  ringing.picker_ = leg;
  ringing.happen(Happening::leg_changed);
}

// ---- Exchange

Call* Exchange::ringing_at(const PhoneSet& phones, std::string_view account, Now now) {
  Call* oldest = nullptr;
  for (const auto& [key, call] : calls_) {
    const bool waits = call->waiting_ != nullptr && !call->over();
    if (!waits || call->record_.account != account) continue;
    const auto rings = [&](const auto& leg) { return leg->rings_at(phones); };
    if (std::ranges::none_of(call->legs_, rings)) continue;
    if (oldest == nullptr || call->started_.instant < oldest->started_.instant) {
      oldest = call.get();
    }
  }
  if (oldest != nullptr) oldest->now_ = now;
  return oldest;
}

Call* Exchange::picked_up_with(sip::SessionId session) {
  const auto found = calls_.find(session);
  const bool gave = found != calls_.end() && found->second->session_ == 0;
  return gave ? found->second.get() : nullptr;
}

}  // namespace strowger::call
