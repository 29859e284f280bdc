#include "sim/simulation.hpp"

#include <algorithm>

namespace strowger::sim {
namespace {

constexpr std::uint64_t seed = 1;  // nothing here is left to chance
constexpr Duration settle = std::chrono::minutes{1};

}  // namespace

Scenario Simulation::set_up(const Request& request) {
  Scenario scenario;
  scenario.phone = request.phone;
  scenario.clock = request.at;
  // A call from anywhere: whether this caller may call is not the question.
  scenario.inbound = call::Anonymous::any;
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

std::optional<model::CallRecord> Simulation::record() const {
  auto records = stage_.server().records();
  if (records.empty()) return std::nullopt;
  return std::move(records.front());
}

}  // namespace strowger::sim
