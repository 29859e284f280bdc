#include "call/qualifier.hpp"

#include "sip/headers.hpp"

#include <algorithm>

namespace strowger::call {

namespace {

using Milliseconds = std::chrono::milliseconds;  // strowger has a function of that name
using std::chrono::seconds;

constexpr seconds first_wait_least{1};
constexpr seconds first_wait_most{5};
constexpr seconds idle_wait{15};  // of one who is not to be asked: that may change

std::string key_of(const std::string& aor, const std::string& contact,
                   const std::string& instance, std::uint32_t reg_id) {
  return aor + '\n' + contact + '\n' + (reg_id == 0 ? "" : instance + '\n') +
         std::to_string(reg_id);
}

// Not each millisecond is news for all exchanges.
bool is_news(Milliseconds before, Milliseconds now) {
  const auto change = before < now ? now - before : before - now;
  return change > std::max(Milliseconds{5}, before / 4);
}

}  // namespace

void Qualifier::add(const sip::LocationChange& change, Now now) {
  for (const auto& binding : change.bound) {
    const auto key = key_of(change.aor, binding.contact, binding.instance, binding.reg_id);
    const auto [at, fresh] = entries_.try_emplace(key);
    if (!fresh) continue;  // a refresh: it is asked when its time comes
    at->second.aor = change.aor;
    at->second.name = {binding.contact, binding.instance, binding.reg_id, {}};
    wait(key, now.instant + by_lot(first_wait_least, first_wait_most));
  }
}

Duration Qualifier::by_lot(Duration least, Duration most) {
  const auto span = static_cast<std::uint64_t>((most - least).count());
  return least + Duration(static_cast<Duration::rep>(random_.bits() % (span + 1)));
}

const sip::Binding* Qualifier::find(const Entry& entry) const {
  const auto bindings = locations_.bindings(entry.aor);
  const auto found = std::ranges::find_if(bindings, sip::named(entry.name));
  return found == bindings.end() || !found->ours ? nullptr : &*found;
}

void Qualifier::tick(Now now) {
  while (const auto key = timers_.take_due(now.instant)) look_at(*key, now);
}

void Qualifier::look_at(const std::string& key, Now now) {
  const auto at = entries_.find(key);
  if (at == entries_.end()) return;
  Entry& entry = at->second;
  const auto* const binding = find(entry);
  if (binding == nullptr) return void(entries_.erase(key));  // gone, or another exchange's by now
  const auto interval = ways_.interval(entry.aor);
  if (!interval) return wait(key, now.instant + idle_wait);
  if (!std::exchange(entry.has_turn, true)) {
    const auto turn = std::max(now.instant, next_turn_);
    next_turn_ = turn + probe_pause;
    if (turn > now.instant) return wait(key, turn);
  }
  entry.has_turn = false;
  ask(entry, key, *binding, now);
}

void Qualifier::ask(Entry& entry, const std::string& key, const sip::Binding& binding, Now now) {
  const auto hop = sip::next_hop(binding);
  if (!hop) return wait(key, now.instant + idle_wait);
  sip::Inquiry inquiry;
  inquiry.to = *hop;
  inquiry.method = sip::Method::options;
  inquiry.request_uri = binding.contact;
  inquiry.from = agent_.contact(*hop, "qualify");
  inquiry.to_header = "<" + binding.contact + ">";
  inquiry.call_id = ways_.new_call_id();
  for (const auto& route : binding.path) inquiry.headers.emplace_back("Route", route);
  inquiry.headers.emplace_back("Contact", agent_.contact(*hop, {}));
  inquiry.headers.emplace_back("Accept", "application/sdp");
  entry.asked_at = now.instant;
  entry.asked = agent_.ask(inquiry, now);
  asked_[entry.asked] = key;
}

bool Qualifier::on(const sip::Replied& event, Now now) {
  const auto asked = asked_.extract(event.session);
  if (asked.empty()) return false;
  const auto at = entries_.find(asked.mapped());
  if (at == entries_.end()) return true;
  Entry& entry = at->second;
  const auto* const known = find(entry);
  if (known == nullptr) {
    entries_.erase(at);
    return true;
  }
  const auto interval = ways_.interval(entry.aor).value_or(idle_wait);
  // Thus phones that were asked together are not for ever.
  wait(asked.mapped(), now.instant + by_lot(interval * 9 / 10, interval * 11 / 10));
  // Whoever registered meanwhile was there to do so.
  if (event.response || known->refreshed <= entry.asked_at) {
    tell(entry, *known, event.response != nullptr, now.instant - entry.asked_at);
  }
  return true;
}

void Qualifier::tell(const Entry& entry, const sip::Binding& known, bool reachable,
                     Duration took) {
  const auto round_trip = std::chrono::round<Milliseconds>(took);
  const bool turned = known.reachable != reachable;
  const bool news = !known.round_trip || is_news(*known.round_trip, round_trip);
  if (!turned && (!reachable || !news)) return;
  if (turned) {
    ways_.log(reachable ? LogLevel::info : LogLevel::warning,
              entry.aor + " at " + known.flow.remote.text() +
                  (reachable ? " answers again" : " does not answer OPTIONS: it is not rung"));
  }
  auto binding = known;
  binding.reachable = reachable;
  binding.round_trip = reachable ? std::optional(round_trip) : std::nullopt;
  ways_.change({.aor = entry.aor,
                .why = sip::LocationChange::Why::probed,
                .bound = {std::move(binding)},
                .removed = {}});
}

}  // namespace strowger::call
