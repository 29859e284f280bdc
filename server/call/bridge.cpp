#include "call/bridge.hpp"

#include "call/call.hpp"
#include "model/response_code.hpp"
#include "sdp/codec_match.hpp"
#include "sdp/parse.hpp"
#include "sip/headers.hpp"
#include "sip/multipart.hpp"

#include <chrono>
#include <utility>

namespace strowger::call {

namespace {

constexpr int not_acceptable = 488;
constexpr int pending = 491;

std::optional<sdp::Session> parsed(std::string_view body, std::string& why) {
  const auto session = sdp::parse(body);
  if (session) return *session;
  why = body.empty() ? "no SDP" : "unreadable SDP: " + sdp::text(session.error());
  return std::nullopt;
}

// What the one end is told of the other's refusal. Its wish for credentials, its redirections and
// its loss of the dialog are between it and us.
int refusal_passed_on(int status) {
  const bool private_matter = status < 400 || status == 401 || status == 407 || status == 408 ||
                              status == 481;
  return private_matter ? not_acceptable : status;
}

}  // namespace

Bridge::End Bridge::end(bool caller) {
  if (caller) return {call_.session_, *call_.media_};
  return {leg_.session(), *leg_.media()};
}

sip::Body Bridge::offered(MediaSession& media, const sdp::Session& theirs, std::string& why) {
  auto offer = theirs;
  sdp::add_codecs(offer, call_.codecs_made(leg_.target(), transcodes()));
  auto text = media.describe(offer);
  if (text) return {"application/sdp", std::move(*text)};
  why = text.error();
  return {};
}

sip::Body Bridge::answered(MediaSession& media, const sdp::Session& offer,
                           const sdp::Session& theirs, std::string& why) {
  const auto told = sdp::answer_in_terms_of(offer, theirs,
                                            call_.codecs_made(leg_.target(), transcodes()));
  if (!told) {
    why = sdp::text(told.error());
    return {};
  }
  const auto taken = media.take_stream(offer, call_.now_, &*told);
  auto text = taken ? media.describe(*told, &offer) : unexpected(taken.error());
  if (text) return {"application/sdp", std::move(*text)};
  why = text.error();
  return {};
}

// ---- at the beginning

Result<sip::Body, std::string> Bridge::introduce() {
  std::string why;
  if (!leg_.description()) return unexpected(std::string("the phone described no media"));
  if (!call_.ensure_media(why)) return unexpected(why);
  const auto offer_text = call_.offered_sdp();
  if (offer_text.empty()) {  // a late offer: the phone's; the ACK brings the caller's answer
    passing_ = Passing{.by_caller = true, .offer = leg_.description(), .awaiting_ack = true};
    auto body = offered(*call_.media_, *leg_.description(), why);
    if (body.empty()) return unexpected(why);
    return body;
  }
  const auto offer = parsed(offer_text, why);
  if (!offer) return unexpected(why);
  auto body = answered(*call_.media_, *offer, *leg_.description(), why);
  if (body.empty()) return unexpected(why);
  open();
  return body;
}

void Bridge::introduce_again() {
  if (!relay_) return;  // the caller was told what we have ourselves
  std::string why;
  const auto offer = parsed(call_.offered_sdp(), why);
  if (offer && leg_.description()) {
    answered(*call_.media_, *offer, *leg_.description(), why);
  }
}

void Bridge::open() {
  if (relay_) return agree();
  if (!call_.media_ || !leg_.media()) return;
  call_.silence();
  relay_.emplace(*call_.media_, *leg_.media(), call_.exchange_.transcoding_, call_.now_);
  agree();
}

void Bridge::agree() {
  if (!relay_) return;
  relay_->agree(call_.now_);
  if (!relay_->transcodes()) return;
  call_.record_.transcoded = model::Transcoded{
      .caller = std::string(call_.media_->codec_name()),
      .callee = std::string(leg_.media()->codec_name())};
}

void Bridge::pass(const MediaSession& from, const MediaSession::Heard& heard) {
  if (!relay_) return;
  if (!relay_->transcodes()) {
    if (auto out = relay_->pass(from, heard, call_.now_)) call_.exchange_.put(std::move(*out));
    return;
  }
  relay_->take(from, heard, call_.now_);
  while (auto out = relay_->next(from, call_.now_)) call_.exchange_.put(std::move(*out));
  call_.watch_media();
}

std::optional<Instant> Bridge::report_due() const {
  auto* const media = leg_.media();
  return media != nullptr ? media->deadline() : std::nullopt;
}

void Bridge::report() {
  if (leg_.media() != nullptr) call_.send_due(*leg_.media());
}

// ---- after a transfer (RFC 3725 §4, without a late offer)

void Bridge::make_agree(bool both) { offer_again(!both); }

void Bridge::offer_again(bool to_caller) {
  agreeing_.reset();
  std::string why = "no session";
  const auto abilities = end(!to_caller).media.abilities();
  auto body = abilities ? offered(end(to_caller).media, *abilities, why) : sip::Body{};
  if (!body.empty()) {
    const auto session = end(to_caller).session;
    if (call_.exchange_.agent_.reinvite(session, std::move(body), call_.now_)) {
      agreeing_ = to_caller;
      return;
    }
    if (later(to_caller, !call_.exchange_.agent_.awaits_ack(session))) return;
    why = "it was busy with another offer";
  }
  call_.note("a party was not told of the new one's media: " + why);
  if (!to_caller) offer_again(true);
}

// Its ACK tells when; after a glare it is time. False: it has been tried often enough.
bool Bridge::later(bool to_caller, bool glare) {
  constexpr int glares_max = 3;
  if (glare && ++glares_ > glares_max) return false;
  agreeing_later_ = to_caller;
  // 14.1: 2.1 to 4 s for the owner of the Call-ID, 0 to 2 s for the other one.
  const bool owner = !to_caller;
  const auto tenths = static_cast<std::int64_t>(call_.draw(20));
  const std::chrono::milliseconds wait{(owner ? 2'100 : 100) + 95 * tenths};
  if (glare) call_.arm(Call::Alarm::glare, call_.now_.instant + wait);
  return true;
}

void Bridge::after_glare() {
  if (const auto whom = std::exchange(agreeing_later_, std::nullopt)) offer_again(*whom);
}

void Bridge::agreed_again(bool by_caller, const sip::Message& response) {
  if (*agreeing_ != by_caller) return;
  agreeing_.reset();
  if (response.status() == pending && later(by_caller, true)) return;
  std::string why;
  const auto said = parsed(sip::sdp_in(response), why);
  if (said) {
    const auto taken = end(by_caller).media.take_stream(*said, call_.now_);
    if (!taken) why = taken.error();
  }
  if (response.status() >= 300) why = "it was refused with " + std::to_string(response.status());
  if (!why.empty()) call_.note("a party did not agree to the new one's media: " + why);
  if (!by_caller) return offer_again(true);
  agree();
}

// ---- later

void Bridge::give_up(bool asker, int status, const std::string& why) {
  passing_.reset();
  if (!why.empty()) call_.note("an offer could not be passed on: " + why);
  call_.exchange_.agent_.refuse_offer(end(asker).session, status, call_.now_,
                                      model::default_phrase(status));
}

void Bridge::pass_offer(bool by_caller, const sip::Reoffered& event) {
  auto& agent = call_.exchange_.agent_;
  // Both ends asked at the same time: the later one tries again (RFC 3261 14.1).
  if (passing_ || agreeing_ || !relay_) {
    agent.refuse_offer(event.session, pending, call_.now_, model::default_phrase(pending));
    return;
  }
  Passing passing{.by_caller = by_caller, .offer = {}, .awaiting_ack = false};
  std::string why;
  if (!event.offer.empty()) {
    passing.offer = parsed(event.offer.content, why);
    if (!passing.offer) return give_up(by_caller, not_acceptable, why);
    // The other end is not asked for what would be refused anyway.
    if (!end(by_caller).media.is_secret_enough(*passing.offer)) {
      return give_up(by_caller, not_acceptable,
                     std::string(sdp::text(sdp::Refusal::srtp_missing)));
    }
  }
  if (!leg_.up() && passing.offer) return answer_alone(by_caller, *passing.offer);
  passing_ = std::move(passing);
  ask_other_end();
}

// While the phone still rings, in an UPDATE or a PRACK: nobody can be asked by a re-INVITE, so the
// answer is what the other end has said before, as far as the offer allows (RFC 3264 6.1).
void Bridge::answer_alone(bool to_caller, const sdp::Session& offer) {
  std::string why = "the other end has described no media";
  auto theirs = end(!to_caller).media.abilities();
  for (std::size_t i = 0; theirs && i < theirs->media.size() && i < offer.media.size(); ++i) {
    theirs->media[i].direction =
        sdp::both_agree(sdp::mirrored(offer.direction_of(offer.media[i])),
                        theirs->direction_of(theirs->media[i]));
  }
  auto body = theirs ? answered(end(to_caller).media, offer, *theirs, why) : sip::Body{};
  if (body.empty()) return give_up(to_caller, not_acceptable, why);
  agree();
  call_.exchange_.agent_.answer_offer(end(to_caller).session, std::move(body), call_.now_);
}

void Bridge::ask_other_end() {
  const bool asker = passing_->by_caller;
  const auto [session, media] = end(!asker);
  sip::Body body;
  std::string why;
  if (passing_->offer) {
    body = offered(media, *passing_->offer, why);
    if (body.empty()) return give_up(asker, not_acceptable, why);
  }
  auto& agent = call_.exchange_.agent_;
  if (agent.reinvite(session, std::move(body), call_.now_)) return;
  passing_->postponed = agent.awaits_ack(session) || was_withdrawn(!asker);
  if (!passing_->postponed) give_up(asker, pending, {});
}

void Bridge::accepted(bool by_caller, const sip::Message& response) {
  if (was_withdrawn(by_caller)) return accepted_withdrawn(by_caller, response);
  if (agreeing_) return agreed_again(by_caller, response);
  if (!passing_ || passing_->by_caller == by_caller || passing_->awaiting_ack ||
      passing_->postponed) {
    return;
  }
  const bool asker = passing_->by_caller;
  std::string why;
  const auto said = parsed(sip::sdp_in(response), why);
  if (!said) return give_up(asker, not_acceptable, why);
  const auto* const offer = passing_->offer ? &*passing_->offer : nullptr;
  const auto taken = end(by_caller).media.take_stream(*said, call_.now_);
  if (!taken) return give_up(asker, not_acceptable, taken.error());
  auto body = offer ? answered(end(asker).media, *offer, *said, why)
                    : offered(end(asker).media, *said, why);
  if (body.empty()) return give_up(asker, not_acceptable, why);
  agree();
  if (offer == nullptr) {
    passing_->offer = said;
    passing_->awaiting_ack = true;
  } else {
    passing_.reset();
  }
  call_.exchange_.agent_.answer_offer(end(asker).session, std::move(body), call_.now_);
}

void Bridge::refused(bool by_caller, const sip::Message* response) {
  if (was_withdrawn(by_caller)) {
    withdrawn_.reset();
    if (passing_ && std::exchange(passing_->postponed, false)) ask_other_end();
    return;
  }
  if (response == nullptr) return;
  if (agreeing_) return agreed_again(by_caller, *response);
  if (!passing_ || passing_->by_caller == by_caller || passing_->postponed) return;
  const int status = refusal_passed_on(response->status());
  const bool same = status == response->status();
  const bool asker = passing_->by_caller;
  passing_.reset();
  call_.exchange_.agent_.refuse_offer(
      end(asker).session, status, call_.now_,
      same ? response->reason_phrase() : model::default_phrase(status));
}

// ---- offers that are taken back (RFC 3261 9)

bool Bridge::was_withdrawn(bool from_caller) const {
  return withdrawn_ && withdrawn_->to_caller == from_caller;
}

void Bridge::withdrawn(bool by_caller) {
  if (!passing_ || passing_->by_caller != by_caller) return;
  const Passing passing = *std::exchange(passing_, std::nullopt);
  // Of one that was postponed the other end has not heard.
  if (passing.postponed) return;
  if (call_.exchange_.agent_.withdraw(end(!by_caller).session, call_.now_)) {
    withdrawn_ = {.to_caller = !by_caller, .empty = !passing.offer};
  }
}

// It has crossed our CANCEL: they agreed to what nobody wants any more, and hear what holds.
void Bridge::accepted_withdrawn(bool by_caller, const sip::Message& response) {
  const auto offer = *std::exchange(withdrawn_, std::nullopt);
  const auto [session, media] = end(by_caller);
  std::string why;
  const auto said = parsed(sip::sdp_in(response), why);
  if (said) static_cast<void>(media.take_stream(*said, call_.now_));
  if (offer.empty) {
    const auto other = end(!by_caller).media.abilities();
    const auto told = said && other ? answered(media, *said, *other, why) : sip::Body{};
    if (told.empty()) return leg_.end({}, "no session: " + why);
    call_.exchange_.agent_.set_answer(session, told);
  }
  if (passing_ && std::exchange(passing_->postponed, false)) return ask_other_end();
  if (!offer.empty) return offer_again(by_caller);
  agree();
}

void Bridge::acknowledged(bool by_caller, const sip::Body& body) {
  if (passing_ && passing_->by_caller != by_caller && std::exchange(passing_->postponed, false)) {
    return ask_other_end();
  }
  if (!passing_ || !passing_->awaiting_ack || passing_->by_caller != by_caller) {
    if (agreeing_later_ == by_caller) after_glare();
    return;
  }
  const auto offer = std::exchange(passing_, std::nullopt)->offer;
  std::string why;
  const auto answer = parsed(body.content, why);
  sip::Body told;
  if (answer) {
    const auto taken = end(by_caller).media.take_stream(*answer, call_.now_);
    // Who was offered something by us, to press a key first, has its answer.
    if (taken && by_caller && !relay_ && !leg_.asked_for_offer()) return open();
    if (taken) told = answered(end(!by_caller).media, *offer, *answer, why);
    else why = taken.error();
  }
  // 13.2.2.4: the other end waits for its ACK, which could hold nothing now: the call is over.
  if (told.empty()) {
    call_.note("no session: " + why);
    return leg_.end({}, "no session: " + why);
  }
  call_.exchange_.agent_.set_answer(end(!by_caller).session, std::move(told));
  open();
}

void Bridge::pass_info(bool by_caller, const sip::Message& info) {
  const auto type = sip::content_type(info);
  if (!type || !(type->is("application", "dtmf-relay") || type->is("application", "dtmf"))) return;
  call_.exchange_.agent_.info(
      end(!by_caller).session,
      {std::string(info.header(sip::HeaderName::content_type).value_or("")),
       std::string(info.body())},
      call_.now_);
}

}  // namespace strowger::call
