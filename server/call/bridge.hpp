// A caller and a phone that talk with each other: what the one offers is offered to the other, what
// the other answers is answered to the one, and packets go both ways. Ends with its leg.
#pragma once

#include "call/leg.hpp"
#include "call/media_session.hpp"
#include "call/relay.hpp"
#include "sdp/session.hpp"
#include "sip/user_agent.hpp"

#include <optional>
#include <span>
#include <string>

namespace strowger::call {

class Bridge {
 public:
  Bridge(Call& call, Leg& leg) : call_(call), leg_(leg) {}

  Leg& leg() { return leg_; }
  // What the caller is to be told of the leg's media, in a 183 or 200. An error: no session.
  Result<sip::Body, std::string> introduce();
  // The same again, for a 200 after a 183: the leg may have said something else since.
  void introduce_again();
  // Both have agreed: packets pass from now on.
  void open();
  // One of them has said something new of its media by itself.
  void agree();

  // After a transfer: the caller's end hears in a re-INVITE what the leg can do, and is taken from
  // hold by it. `both`: the leg has talked with somebody else so far, and hears of the caller's end
  // first.
  void make_agree(bool both);
  // Time has passed since both had offers (RFC 3261 14.1).
  void after_glare();

  // A packet that `from` let through.
  void pass(const MediaSession& from, const MediaSession::Heard& heard);
  // The phone's end reports on what we make for it.
  std::optional<Instant> report_due() const;
  void report();

  // ---- re-INVITE and UPDATE, of either end; the answer of the other end is awaited
  void pass_offer(bool by_caller, const sip::Reoffered& event);
  void accepted(bool by_caller, const sip::Message& response);
  // No response: it was withdrawn, and nothing came.
  void refused(bool by_caller, const sip::Message* response);
  // Who made the offer takes it back (CANCEL).
  void withdrawn(bool by_caller);
  // The ACK of a 2xx; `body` is the answer to an offer that came with it.
  void acknowledged(bool by_caller, const sip::Body& body);
  // Keys from gear without telephone-event.
  void pass_info(bool by_caller, const sip::Message& info);

 private:
  struct End {
    sip::SessionId session;
    MediaSession& media;
  };
  struct Passing {  // an offer on its way through us
    bool by_caller = false;
    std::optional<sdp::Session> offer;  // none: the other end was asked for one
    bool awaiting_ack = false;          // that offer was told; the ACK brings the answer
    // The other end was just answered, and its ACK comes first; or it has still to say what becomes
    // of an offer that was withdrawn.
    bool postponed = false;
  };
  struct WithdrawnOffer {
    bool to_caller = false;
    bool empty = false;  // it asked for an offer
  };
  End end(bool caller);
  void ask_other_end();
  void answer_alone(bool to_caller, const sdp::Session& offer);
  void offer_again(bool to_caller);
  bool later(bool to_caller, bool glare);
  void agreed_again(bool by_caller, const sip::Message& response);
  bool was_withdrawn(bool from_caller) const;
  void accepted_withdrawn(bool by_caller, const sip::Message& response);
  // For one end: what the other one offers, with codecs that we can make out of what is sent to it.
  sip::Body offered(MediaSession& media, const sdp::Session& theirs, std::string& why);
  // For the end that made `offer`: what the other one has answered, in codecs that were offered.
  sip::Body answered(MediaSession& media, const sdp::Session& offer, const sdp::Session& theirs,
                     std::string& why);
  bool transcodes() const { return relay_ && relay_->transcodes(); }
  void give_up(bool asker, int status, const std::string& why);

  Call& call_;
  Leg& leg_;
  std::optional<Passing> passing_;
  std::optional<WithdrawnOffer> withdrawn_;  // and its final answer has not come yet
  std::optional<bool> agreeing_;  // make_agree(): is it the caller who was asked last?
  std::optional<bool> agreeing_later_;  // who is to be asked: after an ACK of theirs, or a glare
  int glares_ = 0;
  std::optional<Relay> relay_;  // goes before the media it relays between
};

}  // namespace strowger::call
