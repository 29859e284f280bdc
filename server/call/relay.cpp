#include "call/relay.hpp"

namespace strowger::call {

namespace {

rtp::Translation going_on(MediaSession& end) {
  const auto standing = end.hand_over();
  return standing ? rtp::Translation(*standing) : rtp::Translation();
}

}  // namespace

Relay::Relay(MediaSession& caller, MediaSession& callee)
    : caller_(caller),
      callee_(callee),
      to_callee_(going_on(callee)),
      to_caller_(going_on(caller)) {
  agree();
}

Relay::~Relay() {
  caller_.take_back(to_caller_.standing());
  callee_.take_back(to_callee_.standing());
}

// An answer may call telephone-events by another number than the offer (RFC 3264 §6.1).
void Relay::agree() {
  const auto caller = caller_.telephone_event();
  const auto callee = callee_.telephone_event();
  if (!caller || !callee) return;
  to_callee_.rename(*caller, *callee);
  to_caller_.rename(*callee, *caller);
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

}  // namespace strowger::call
