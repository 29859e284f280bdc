// Transfer: REFER of one of the two who talk, and INVITE with Replaces. See
// docs/decisions/0025-transfers-by-us.md.
#include "call/bridge.hpp"
#include "call/call.hpp"
#include "call/leg.hpp"
#include "call/wait.hpp"
#include "model/response_code.hpp"
#include "sip/inside.hpp"
#include "sip/refer.hpp"

#include <algorithm>
#include <utility>

namespace strowger::call {

namespace {

constexpr std::size_t number_bytes_max = 128;
constexpr int forbidden = 403;
constexpr int pending = 491;

void ask_to_replace(Target& target, const std::string& named) {
  target.headers.emplace_back("Require", "replaces");
  target.headers.emplace_back("Replaces", named);
}

}  // namespace

// ---- asked for

// `by`: the leg that asks; null: the caller's end.
void Call::asked_to_transfer(Leg* by, const sip::Referred& event) {
  const auto answer = [&](int status, std::string_view phrase) {
    exchange_.agent_.answer_refer(event.session, status, phrase, now_);
  };
  const bool talking = bridge_ && bridge_->leg().up() && (by == nullptr || by == &bridge_->leg()) &&
                       waiting_ != nullptr && (waiting_->wanted & Happening::transfer_asked) != 0;
  if (!talking || transfer_ || over()) return answer(pending, model::default_phrase(pending));
  // As if the transferor had dialled it: whoever has not logged in can dial nothing from here.
  const auto& device = by != nullptr ? by->target().device : calling_device_;
  if (device.empty()) return answer(forbidden, model::default_phrase(forbidden));
  sip::BadReferTo bad;
  auto target = sip::refer_to(*event.refer, bad);
  if (target && target->user.size() > number_bytes_max) {
    bad = {414, "Number Too Long"};
    target.reset();
  }
  if (!target) return answer(bad.status, bad.phrase);
  transfer_ = std::make_unique<Transfer>(Transfer{.by = event.session,
                                                  .device = device,
                                                  .number = std::move(target->user),
                                                  .attended = target->replaces.has_value()});
  if (target->replaces) name_replaced(*target->replaces);
  record_.add_transfer({.at_ms = elapsed_ms(),
                        .by = by != nullptr ? by->number() : number_,
                        .attended = transfer_->attended,
                        .to = transfer_->number,
                        .phrase = {}});
  answer(202, "Accepted");
  exchange_.agent_.notify(event.session, 100, "Trying", now_);
  happen(Happening::transfer_asked);
}

void Call::name_replaced(const sip::Replaces& named) {
  transfer_->replaced = exchange_.agent_.named(named);
  const auto& inside = exchange_.config_.inside_call_id;
  if (transfer_->replaced != 0 || !inside) return;
  transfer_->inside = inside(named.call_id);
  transfer_->replaces =
      named.call_id + ";to-tag=" + named.to_tag + ";from-tag=" + named.from_tag;
}

// The other party is the one that this call goes on with.
const Transfer& Call::begin_transfer() {
  Leg& other = bridge_->leg();
  end_bridge();
  transfer_->left = &other;
  transfer_->exchanged = transfer_->by == session_;
  if (transfer_->exchanged) change_places(other);
  dialled_ = transfer_->number;
  return *transfer_;
}

void Call::change_places(Leg& leg) {
  std::swap(session_, leg.session_);
  std::swap(media_, leg.media_);
  std::swap(number_, leg.number_);
  std::swap(calling_device_, leg.target_.device);
  std::swap(device_line_, leg.device_line_);
  std::swap(held_, leg.held_);
  std::swap(shown_seat_, leg.target_.seat);
  std::swap(peer_, leg.target_.peer);
  exchange_.swapped(*this, leg);
  changed();
}

// ---- how it ends

void Call::transfer_rings() {
  if (std::exchange(transfer_->rang, true)) return;
  exchange_.agent_.notify(transfer_->by, 180, "Ringing", now_);
}

void Call::end_transfer(int code, std::string_view phrase) {
  if (!record_.transfers.empty()) {
    record_.transfers.back().code = code;
    record_.transfers.back().phrase = phrase;
  }
  exchange_.agent_.notify(transfer_->by, code, phrase, now_);
  transfer_.reset();
}

void Call::transfer_succeeded() {
  if (!transfer_) return;
  Leg* const left = transfer_->left;
  end_transfer(200, "OK");
  if (left != nullptr) left->end({}, "transferred the call");
}

// A block answers the call that was transferred: the party talks with a menu, not with a phone. Who
// was put on hold before hears of our media, lest the menu hear nothing.
void Call::taken_by_the_flow() {
  acting_for_ = transfer_->device;
  transfer_succeeded();
  if (!media_ || media_->both_talk()) return;
  const sip::Body offer{"application/sdp", media_->offer()};
  awaiting_answer_ = exchange_.agent_.reinvite(session_, offer, now_);
}

// The call itself goes on: see take_back().
void Call::transfer_failed(int code, std::string phrase, std::vector<std::string> reasons) {
  silence();
  transfer_->failed = true;
  transfer_->code = code;
  transfer_->phrase = std::move(phrase);
  transfer_->reasons = std::move(reasons);
}

void Call::drop_transfer(int code) {
  if (transfer_) end_transfer(code, model::default_phrase(code));
}

Leg* Call::take_back() {
  Transfer failed = *transfer_;
  if (!failed.failed) {
    failed.code = 480;
    failed.phrase = model::default_phrase(480);
  }
  end_transfer(failed.code, failed.phrase);
  dialled_.reset();
  if (failed.left == nullptr || !failed.left->up()) {
    hang_up(std::move(failed.reasons));
    return nullptr;
  }
  if (failed.exchanged) change_places(*failed.left);
  return failed.left;
}

// ---- attended

// The party that `named` talks with becomes a leg of this call; `named` itself is hung up. Only of
// one's own account, and, for a transfer, only a call of the transferor's own.
Leg* Call::take_party_of(sip::SessionId named) {
  Leg* const leg = exchange_.find_leg(named, now_);
  Call* const other = leg != nullptr ? &leg->call_ : exchange_.find(named, now_);
  if (other == nullptr || other == this || other->over() || other->transfer_) return nullptr;
  if (!other->bridge_ || !other->bridge_->leg().up()) return nullptr;
  if (leg != nullptr && &other->bridge_->leg() != leg) return nullptr;
  if (other->record_.account != record_.account) return nullptr;
  const auto& device = leg != nullptr ? leg->target_.device : other->calling_device_;
  if (transfer_ && device != transfer_->device) return nullptr;
  // Another exchange asks for a transferor of its own.
  const bool handed = sip::is_inside(peer_);
  const bool any = invite_->header(sip::inside_replaces).has_value();
  if (handed && !any && device != calling_device_) return nullptr;
  if (legs_.size() >= limits().legs_max) return nullptr;
  Leg& party = other->bridge_->leg();
  other->now_ = now_;
  other->end_bridge();
  if (leg != nullptr) other->change_places(*leg);
  auto target = party.target_;
  if (party.number_ == 0) {
    target.uri = target.name = other->record_.from;
    target.party = other->record_.caller_name;
    target.extension = target.device_name = {};
  }
  const int number = static_cast<int>(legs_.size()) + 1;
  auto& taken = legs_.emplace_back(std::make_unique<Leg>(*this, number, std::move(target)));
  taken->adopt(party);
  other->note("its other end was connected with call " + record_.id, LogLevel::info);
  note("connected with the other end of call " + other->record_.id, LogLevel::info);
  other->hang_up();
  if (handed) {  // this end is the other exchange
    calling_device_.clear();
    device_line_.reset();
    shown_seat_.clear();
  }
  return taken.get();
}

Target Call::inside_target(std::string inside, const std::string& number,
                           const std::string& device) const {
  Target target;
  const auto& here = peer_.local;
  target.uri = "sip:" + (number.empty() ? "" : sip::escape_user(number) + "@") + here.text();
  target.peer = {sip::Transport::udp, here, here, 0, sip::inside_connection};
  target.inside = std::move(inside);
  target.headers = {{std::string(sip::inside_account), record_.account},
                    {std::string(sip::inside_device), device}};
  return target;
}

std::optional<Target> Call::party_elsewhere() const {
  if (!transfer_ || transfer_->inside.empty()) return std::nullopt;
  auto target = inside_target(transfer_->inside, transfer_->number, transfer_->device);
  ask_to_replace(target, transfer_->replaces);
  target.name = "the other call of " + transfer_->device;
  return target;
}

std::optional<Target> Call::replaced_elsewhere() const {
  const auto named = sip::Replaces::parse(replaces_elsewhere_);
  const auto& inside = exchange_.config_.inside_call_id;
  if (!named || !inside) return std::nullopt;
  auto target = inside_target(inside(named->call_id), called_number(), calling_device_);
  ask_to_replace(target, replaces_elsewhere_);
  target.name = "the call that is replaced";
  target.headers.emplace_back(sip::inside_replaces, "account");
  return target;
}

}  // namespace strowger::call
