#include "call/relay.hpp"

#include <utility>

namespace strowger::call {

namespace {

rtp::Translation going_on(MediaSession& end) {
  const auto standing = end.hand_over();
  return standing ? rtp::Translation(*standing) : rtp::Translation();
}

void adapt(media::Transcoder& transcoder, media::HeardForms heard, const media::SentForm& sent,
           Now now) {
  if (transcoder.fits(heard, sent)) return;
  transcoder = media::Transcoder(std::move(heard), sent, now.instant);
}

}  // namespace

Relay::Relay(MediaSession& caller, MediaSession& callee, TranscodingSlots& slots, Now now)
    : caller_(caller),
      callee_(callee),
      slots_(slots),
      to_callee_(going_on(callee)),
      to_caller_(going_on(caller)) {
  agree(now);
}

Relay::~Relay() {
  if (transcoding_) return;
  caller_.take_back(to_caller_.standing());
  callee_.take_back(to_callee_.standing());
}

void Relay::agree(Now now) {
  if (caller_.same_codec(callee_) || !transcode(now)) pass_untouched();
}

void Relay::pass_untouched() {
  if (std::exchange(transcoding_, nullptr)) {
    to_callee_ = going_on(callee_);
    to_caller_ = going_on(caller_);
  }
  // An answer may call telephone-events by another number than the offer (RFC 3264 §6.1).
  const auto caller = caller_.telephone_event();
  const auto callee = callee_.telephone_event();
  if (!caller || !callee) return;
  to_callee_.rename(*caller, *callee);
  to_caller_.rename(*callee, *caller);
}

// False: one of them speaks what we can't make, or too many calls are transcoded.
bool Relay::transcode(Now now) {
  const auto to_caller = caller_.sent_form();
  const auto to_callee = callee_.sent_form();
  if (!to_caller || !to_callee) return false;
  if (transcoding_) {
    adapt(transcoding_->to_callee, caller_.heard_forms(), *to_callee, now);
    adapt(transcoding_->to_caller, callee_.heard_forms(), *to_caller, now);
    return true;
  }
  auto slot = slots_.take();
  if (!slot) return false;
  caller_.take_back(to_caller_.standing());
  callee_.take_back(to_callee_.standing());
  caller_.speak_ourselves(now);
  callee_.speak_ourselves(now);
  transcoding_ = std::make_unique<Transcoding>(Transcoding{
      std::move(*slot), media::Transcoder(caller_.heard_forms(), *to_callee, now.instant),
      media::Transcoder(callee_.heard_forms(), *to_caller, now.instant)});
  return true;
}

std::optional<SendMedia> Relay::pass(const MediaSession& from, const MediaSession::Heard& heard,
                                     Now now) {
  const bool by_caller = &from == &caller_;
  MediaSession& to = by_caller ? callee_ : caller_;
  const auto target = to.target(!heard.rtp);
  if (!target) return std::nullopt;
  SendMedia out{to.port(), target->rtcp_port, target->to, {heard.plain.begin(), heard.plain.end()}};
  auto& forth = by_caller ? to_callee_ : to_caller_;
  const auto& back = by_caller ? to_caller_ : to_callee_;
  if (heard.rtp) forth.rtp(*heard.rtp, out.bytes, now.instant);
  else rtp::translate_rtcp(out.bytes, forth, back);
  if (!to.seal(out.bytes, !heard.rtp)) return std::nullopt;
  return out;
}

// RTCP is about our own streams: the session has read it, and reports by itself.
void Relay::take(const MediaSession& from, const MediaSession::Heard& heard, Now now) {
  if (!heard.rtp || !beyond(from).target(false)) return;
  auto& coder = &from == &caller_ ? transcoding_->to_callee : transcoding_->to_caller;
  coder.take({*heard.rtp, heard.payload}, now.instant);
}

std::optional<SendMedia> Relay::next(const MediaSession& from, Now now) {
  MediaSession& to = beyond(from);
  auto& coder = &from == &caller_ ? transcoding_->to_callee : transcoding_->to_caller;
  const auto target = to.target(false);
  while (target) {
    const auto packet = coder.next(to.sender());
    if (packet.empty()) break;
    to.spoke(now);
    SendMedia out{to.port(), target->rtcp_port, target->to, {packet.begin(), packet.end()}};
    if (to.seal(out.bytes, false)) return out;
  }
  return std::nullopt;
}

}  // namespace strowger::call
