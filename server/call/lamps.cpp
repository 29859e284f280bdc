#include "call/lamps.hpp"

#include <algorithm>

namespace strowger::call {

namespace {

constexpr std::size_t id_length = 12;

}  // namespace

std::string Lamps::of_seat(std::string_view account, std::string_view seat) {
  return std::string(account).append("/seat/").append(seat);
}

std::string Lamps::of_device(std::string_view account, std::string_view device) {
  return std::string(account).append("/device/").append(device);
}

// ---- who watches

Lamps::Lamp& Lamps::lamp(const std::string& watched) {
  const auto [at, fresh] = lamps_.try_emplace(watched);
  look_at_all_ = look_at_all_ || fresh;
  return at->second;
}

void Lamps::watch(const std::string& watched, sip::SessionId by) {
  Lamp& watching = lamp(watched);
  if (watching.watchers.empty()) {
    news_.push_back({LampNews::What::watched, number_, watched, {}});
  }
  watching.watchers.push_back(by);
  watching.fresh.push_back(by);
  by_watcher_[by] = watched;
  marked_.insert(watched);
}

void Lamps::unwatch(sip::SessionId by) {
  if (by_watcher_.empty()) return;
  const auto known = by_watcher_.extract(by);
  if (known.empty()) return;
  const auto& watched = known.mapped();
  Lamp& left = lamps_.at(watched);
  std::erase(left.watchers, by);
  std::erase(left.fresh, by);
  if (!left.watchers.empty()) return;
  left.told.clear();
  news_.push_back({LampNews::What::unwatched, number_, watched, {}});
  forget_unwatched(watched);
}

void Lamps::forget_unwatched(const std::string& watched) {
  const auto at = lamps_.find(watched);
  if (at->second.watchers.empty() && at->second.elsewhere.empty()) lamps_.erase(at);
}

void Lamps::apply(const LampNews& news) {
  if (news.what == LampNews::What::watched) {
    Lamp& watched = lamp(news.watched);
    watched.elsewhere.insert(news.from);
    if (!watched.own.empty()) mark(news.watched, watched);
    return;
  }
  const auto at = lamps_.find(news.watched);
  if (at == lamps_.end()) return;
  if (news.what == LampNews::What::unwatched) {
    at->second.elsewhere.erase(news.from);
    return forget_unwatched(news.watched);
  }
  if (at->second.watchers.empty()) return;
  if (news.calls.empty()) at->second.told.erase(news.from);
  else at->second.told[news.from] = news.calls;
  at->second.changed = true;
  marked_.insert(news.watched);
}

// ---- calls

void Lamps::mark(const std::string& watched, Lamp& lamp) {
  lamp.changed = true;
  lamp.news = true;
  marked_.insert(watched);
}

void Lamps::light(const std::string& watched, sip::SessionId call, const CallEnd& end,
                  std::vector<Place>& places) {
  const auto at = lamps_.find(watched);
  if (at == lamps_.end()) return;
  places.emplace_back(watched, end.session);
  Lit& lit = at->second.own[end.session];
  auto shown = end.shown;
  shown.id = lit.shown.id.empty() ? random_.token(id_length) : lit.shown.id;
  lit.call = call;
  if (shown == lit.shown) return;
  lit.shown = std::move(shown);
  mark(watched, at->second);
}

// Not when another call has taken that end over.
void Lamps::put_out(const Place& place, sip::SessionId call) {
  const auto at = lamps_.find(place.first);
  if (at == lamps_.end()) return;
  const auto lit = at->second.own.find(place.second);
  if (lit == at->second.own.end() || lit->second.call != call) return;
  at->second.own.erase(lit);
  mark(place.first, at->second);
}

void Lamps::see(sip::SessionId call, const std::vector<CallEnd>& ends) {
  std::vector<Place> places;
  for (const auto& end : ends) {
    if (!end.seat.empty()) light(of_seat(end.account, end.seat), call, end, places);
    if (!end.device.empty()) light(of_device(end.account, end.device), call, end, places);
  }
  const auto before = lit_.find(call);
  if (before != lit_.end()) {
    for (const auto& place : before->second) {
      if (std::ranges::find(places, place) == places.end()) put_out(place, call);
    }
  }
  if (places.empty()) lit_.erase(call);
  else lit_[call] = std::move(places);
}

// ---- what came of it

std::vector<Lamps::Shown> Lamps::take_shown() {
  std::vector<Shown> shown;
  for (const auto& watched : std::exchange(marked_, {})) {
    const auto at = lamps_.find(watched);
    if (at == lamps_.end()) continue;
    Lamp& lamp = at->second;
    std::vector<sip::DialogInfo> calls;
    for (const auto& [session, lit] : lamp.own) calls.push_back(lit.shown);
    if (std::exchange(lamp.news, false) && !lamp.elsewhere.empty()) {
      news_.push_back({LampNews::What::calls, number_, watched, calls});
    }
    for (const auto& [from, theirs] : lamp.told) {
      calls.insert(calls.end(), theirs.begin(), theirs.end());
    }
    const auto fresh = std::exchange(lamp.fresh, {});
    const bool all = std::exchange(lamp.changed, false);
    for (const auto watcher : all ? lamp.watchers : fresh) shown.push_back({watcher, calls});
  }
  return shown;
}

}  // namespace strowger::call
