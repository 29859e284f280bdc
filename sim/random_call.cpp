#include "sim/random_call.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace strowger::sim {
namespace {

constexpr std::int64_t lifetime_ms = 5'000;  // deeds lie within
// A retransmission is one only while the server knows the transaction: timer I is 5 s (RFC
// 3261 17.2.1).
constexpr std::int64_t repeat_until_ms = 3'000;
constexpr std::array digit_strings = {"1", "2", "12", "5", "#", "2000", "201#", "9"};

Deed deed(Act::Kind kind, Duration at) {
  Deed made;
  made.act.kind = kind;
  made.act.at = at;
  return made;
}

void add_hang_up(Dice& dice, std::vector<Deed>& deeds) {
  const Duration at = dice.ms(0, lifetime_ms);
  switch (dice.below(6)) {
    case 0:
    case 1:
      deeds.push_back(deed(Act::Kind::cancel, at));
      break;
    case 2:
      deeds.push_back(deed(Act::Kind::bye, at));
      break;
    case 3:
      deeds.push_back(deed(Act::Kind::cancel, at));  // both: one of them fits
      deeds.push_back(deed(Act::Kind::bye, at + dice.ms(0, 50)));
      break;
    default:
      break;  // waits for what comes
  }
}

void add_reoffer(Dice& dice, std::vector<Deed>& deeds) {
  Deed made =
      deed(dice.one_in(2) ? Act::Kind::reinvite : Act::Kind::update, dice.ms(50, lifetime_ms));
  constexpr std::array hows = {Reoffer::same, Reoffer::hold, Reoffer::resume};
  made.act.how = dice.pick(hows);
  deeds.push_back(std::move(made));
}

}  // namespace

void RandomOwner::advance(Phone& phone, Now now) {
  while (next_ < deeds_.size()) {
    const auto due = deadline(phone);
    if (due && *due > now.instant) return;
    perform(deeds_[next_++], phone, now);
  }
}

std::optional<Instant> RandomOwner::deadline(const Phone& phone) const {
  if (next_ >= deeds_.size()) return std::nullopt;
  return *phone.invited_at() + deeds_[next_].act.at.value_or(Duration{});
}

void RandomOwner::perform(const Deed& deed, Phone& phone, Now now) {
  if (deed.vanish) {
    vanished_ = true;
    caller_.unplug();
    return;
  }
  if (deed.cut) {
    caller_.cut_connections();
    return;
  }
  const Act& act = deed.act;
  // What is impossible at the moment is let be.
  switch (act.kind) {
    case Act::Kind::invite:
      phone.invite(now);
      break;
    case Act::Kind::repeat_invite:
      // Nothing is retransmitted over a reliable transport: there it would be another call.
      if (sip::is_reliable(caller_.where().line.transport)) break;
      for (int i = 0; i < act.times; ++i) phone.repeat_invite(now);
      break;
    case Act::Kind::cancel:
      phone.cancel(now);
      break;
    case Act::Kind::bye:
      phone.bye(now);
      break;
    case Act::Kind::digits:
      phone.press(act.digits, now);
      break;
    case Act::Kind::info_digit:
      if (phone.answered() && !phone.over()) phone.info_digit(act.digits.front(), now);
      break;
    case Act::Kind::reinvite:
      phone.reinvite(act.how, now);
      break;
    case Act::Kind::update:
      phone.update(act.how, now);
      break;
    case Act::Kind::respond:
    case Act::Kind::vanish:
    case Act::Kind::refer:
    case Act::Kind::subscribe:
    case Act::Kind::unsubscribe:
    case Act::Kind::message:
      phone.respond(act.response, now);
      break;
  }
}

std::vector<Deed> random_deeds(Dice& dice) {
  std::vector<Deed> deeds;
  add_hang_up(dice, deeds);
  for (std::size_t i = dice.below(4); i > 0; --i) {
    Deed keys = deed(Act::Kind::digits, dice.ms(50, lifetime_ms));
    keys.act.digits = dice.pick(digit_strings);
    if (dice.one_in(4)) keys.act.kind = Act::Kind::info_digit;
    deeds.push_back(std::move(keys));
  }
  if (dice.one_in(5)) add_reoffer(dice, deeds);
  if (dice.one_in(8)) {
    deeds.push_back(deed(Act::Kind::repeat_invite, dice.ms(0, repeat_until_ms)));
    deeds.back().act.times = static_cast<int>(dice.between(1, 5));
  }
  if (dice.one_in(12)) {
    deeds.push_back(deed(Act::Kind::cancel, dice.ms(0, lifetime_ms)));
    deeds.back().vanish = true;
  }
  if (dice.one_in(10)) {
    deeds.push_back(deed(Act::Kind::cancel, dice.ms(0, lifetime_ms)));
    deeds.back().cut = true;
  }
  std::stable_sort(deeds.begin(), deeds.end(),
                   [](const Deed& a, const Deed& b) { return a.act.at < b.act.at; });
  return deeds;
}

Stage::Cast random_caller(Dice& dice) {
  Stage::Cast cast;
  PhoneOptions& phone = cast.phone;
  using Reliable = sip::Invitation::Reliable;
  constexpr std::array reliable = {Reliable::unsupported, Reliable::supported, Reliable::required};
  phone.reliable = dice.pick(reliable);
  phone.offer = !dice.one_in(6);
  if (dice.one_in(4)) phone.codecs = {"pcma"};
  if (dice.one_in(10)) phone.codecs = {"g729"};
  if (dice.one_in(6)) phone.codecs = {"g722", "pcmu"};
  if (dice.one_in(6)) phone.codecs = {"opus", "g722", "pcma"};
  if (dice.one_in(12)) phone.direction = sdp::Direction::inactive;
  if (dice.one_in(12)) phone.media_address = "0.0.0.0";
  phone.srtp = dice.one_in(20);
  phone.port_zero = dice.one_in(20);
  phone.events = !dice.one_in(10);
  phone.anonymous = dice.one_in(10);
  phone.early_media_header = dice.one_in(6);
  if (dice.one_in(15)) phone.to = "9999";
  cast.transport = dice.one_in(4) ? sip::Transport::tcp : sip::Transport::udp;
  cast.v6 = dice.one_in(5);
  return cast;
}

Faults random_faults(Dice& dice) {
  Faults faults;
  if (dice.one_in(3)) return faults;
  const auto share = [&](std::size_t most) { return static_cast<double>(dice.below(most)) / 100; };
  if (dice.one_in(2)) faults.loss = share(30);
  if (dice.one_in(2)) faults.duplicate = share(20);
  if (dice.one_in(2)) faults.reorder = share(20);
  if (dice.one_in(2)) faults.split = share(60);
  faults.delay = dice.ms(0, 150);
  if (dice.one_in(2)) faults.jitter = dice.ms(0, 60);
  faults.reorder_by = dice.ms(5, 200);
  return faults;
}

}  // namespace strowger::sim
