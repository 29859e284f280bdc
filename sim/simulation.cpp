#include "sim/simulation.hpp"

#include "model/account.hpp"
#include "model/seat_directory.hpp"

#include <algorithm>
#include <span>

namespace strowger::sim {
namespace {

constexpr std::uint64_t seed = 1;  // nothing here is left to chance
constexpr Duration settle = std::chrono::minutes{1};
constexpr Duration one_after_another = std::chrono::milliseconds{10};

struct Deed {
  Duration after;  // since it rang
  int code;
  const char* phrase;
};

// A moment each, as people and networks take it.
std::span<const Deed> deeds_of(WhenRung manner) {
  using std::chrono::milliseconds;
  static constexpr Deed rings{milliseconds{100}, 180, "Ringing"};
  static constexpr Deed answering[] = {rings, {milliseconds{2'000}, 200, "OK"}};
  static constexpr Deed busy[] = {{milliseconds{200}, 486, "Busy Here"}};
  static constexpr Deed only_rings[] = {rings};
  switch (manner) {
    case WhenRung::answers: return answering;
    case WhenRung::busy: return busy;
    case WhenRung::no_answer: return only_rings;
    case WhenRung::offline: break;
  }
  return {};
}

std::vector<PhoneSpec> phones_of(const flow::Snapshot& snapshot) {
  std::vector<PhoneSpec> phones;
  const auto account = snapshot.account(model::default_account_id);
  if (!account) return phones;
  for (const auto& device : account->seats->devices()) {
    if (!model::registers(device.type) || phones.size() == simulated_phones_max) continue;
    phones.push_back({.name = device.id, .options = {}, .device = device.id});
  }
  return phones;
}

}  // namespace

void Callee::advance(Phone& phone, Now now) {
  if (!phone.invited_at() || phone.over()) return;
  if (rung_ != phone.invited_at()) {
    rung_ = phone.invited_at();
    done_ = 0;
  }
  const auto deeds = deeds_of(manner_);
  while (done_ < deeds.size() && now.instant >= due() && !phone.over()) {
    const Deed& deed = deeds[done_++];
    phone.respond({.code = deed.code, .phrase = deed.phrase, .headers = {}}, now);
  }
}

std::optional<Instant> Callee::deadline(const Phone& phone) const {
  if (!phone.invited_at() || phone.over()) return std::nullopt;
  if (rung_ != phone.invited_at()) return phone.invited_at();
  const auto deeds = deeds_of(manner_);
  if (done_ == deeds.size()) return std::nullopt;
  return due();
}

Instant Callee::due() const {
  const Deed& deed = deeds_of(manner_)[done_];
  return *rung_ + deed.after + (deed.code / 100 == 2 ? after_others_ : Duration{});
}

Scenario Simulation::set_up(const Request& request) {
  Scenario scenario;
  scenario.phone = request.phone;
  scenario.clock = request.at;
  // A call from anywhere: whether this caller may call is not the question.
  scenario.inbound = call::Anonymous::any;
  if (request.phones != WhenRung::offline) scenario.phones = phones_of(*request.snapshot);
  // Real networks take their time; a round figure keeps the ladder readable.
  scenario.to_server.delay = scenario.to_caller.delay = std::chrono::milliseconds{0};
  return scenario;
}

Simulation::Simulation(Request request)
    : request_(std::move(request)), stage_(set_up(request_), request_.snapshot, seed) {
  std::stable_sort(request_.digits.begin(), request_.digits.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
}

void Simulation::run() {
  World& world = stage_.world();
  Caller& caller = *stage_.callers().front();
  caller.phone().invite(world.now());
  caller.begin(*this);
  for (const auto& phone : stage_.phones()) {
    // Of several that ring one is the first to answer.
    const auto after = one_after_another * static_cast<int>(callees_.size());
    callees_.push_back(std::make_unique<Callee>(request_.phones, after));
    phone->begin(*callees_.back());
  }
  const Duration longest = request_.hang_up_after + settle;
  world.run_until(world.now().instant + longest, [&] { return caller.phone().over(); });
  world.run_until(world.now().instant + settle);
}

void Simulation::advance(Phone& phone, Now now) {
  if (!phone.invited_at() || phone.over()) return;
  const Duration since = now.instant - *phone.invited_at();
  while (pressed_ < request_.digits.size() && request_.digits[pressed_].first <= since) {
    phone.press(request_.digits[pressed_++].second, now);
  }
  if (hung_up_ || since < request_.hang_up_after) return;
  hung_up_ = true;
  if (phone.answered()) phone.bye(now);
  else phone.cancel(now);
}

std::optional<Instant> Simulation::deadline(const Phone& phone) const {
  if (!phone.invited_at() || phone.over() || hung_up_) return std::nullopt;
  Instant due = *phone.invited_at() + request_.hang_up_after;
  if (pressed_ < request_.digits.size()) {
    due = std::min(due, *phone.invited_at() + request_.digits[pressed_].first);
  }
  return due;
}

std::vector<const Phone*> Simulation::phones() const {
  std::vector<const Phone*> phones;
  for (const auto& each : stage_.phones()) phones.push_back(&each->phone());
  return phones;
}

std::optional<model::CallRecord> Simulation::record() const {
  auto records = stage_.server().records();
  if (records.empty()) return std::nullopt;
  return std::move(records.front());
}

}  // namespace strowger::sim
