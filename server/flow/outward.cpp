#include "flow/outward.hpp"

#include "call/call.hpp"
#include "call/carrier_words.hpp"
#include "call/keypress.hpp"
#include "call/leg.hpp"
#include "flow/carriers.hpp"
#include "flow/connect.hpp"
#include "flow/run.hpp"
#include "flow/shown_caller.hpp"
#include "model/hangup_cause.hpp"
#include "model/seat_directory.hpp"
#include "model/trunk_hunt.hpp"

#include <algorithm>
#include <utility>

namespace strowger::flow {

namespace {

using Verdict = call::CallBudget::Verdict;

// Counts the channel of the trunk and the minutes of account and seat, while the leg lives; learns
// of the place that it answers.
class CarrierLeg final : public call::LegWatch {
 public:
  CarrierLeg(std::shared_ptr<call::CarrierState> state, std::size_t address,
             std::shared_ptr<call::CarrierClaim> claim,
             std::vector<std::shared_ptr<call::CallBudget>> budgets)
      : state_(std::move(state)),
        address_(address),
        claim_(std::move(claim)),
        budgets_(std::move(budgets)) {}
  ~CarrierLeg() override {
    if (answered_) over(*answered_);
  }

  void answered(Instant at) override {
    if (std::exchange(answered_, at)) return;
    state_->answered(address_);
    state_->count(true);
    for (const auto& budget : budgets_) budget->answered(at);
  }
  void over(Instant at) override {
    claim_.reset();
    const auto since = std::exchange(answered_, std::nullopt);
    if (!since) return;
    for (const auto& budget : budgets_) budget->ended(*since, at);
  }

 private:
  std::shared_ptr<call::CarrierState> state_;
  std::size_t address_;
  std::shared_ptr<call::CarrierClaim> claim_;
  std::vector<std::shared_ptr<call::CallBudget>> budgets_;
  std::optional<Instant> answered_;
};

struct Refusal {
  std::string_view cause;  // by its KAZOO name
  std::string why;         // "": it may go
};

// Whose rights count and whose hour it is: those of whoever sends the call on, calls, or has the
// call transferred.
std::string seat_of(Run& run, const Outward& wanted) {
  if (wanted.forwarder) return wanted.forwarder->seat;
  const auto* const device = run.seats().device(run.call().calling_device());
  return device != nullptr ? device->owner_id : std::string();
}

// Off by default: a seat may call what its classes name. Who is no seat of ours may only reach
// numbers that the callflow itself has chosen, as may everybody: who drew it decided that.
Refusal judge_right(Run& run, const Outward& wanted) {
  const auto& call = run.call();
  const auto& plan = run.carriers().plan();
  const std::string kind(plan.class_of(wanted.number));
  const auto to = "the call to " + wanted.number + " (" + kind + ") is not allowed: ";
  if (wanted.chosen_by_flow) return {};
  // An ambulance is called by somebody, not by a phone that sends its calls there.
  if (kind == model::emergency_class && !wanted.forwarder) return {};
  if (!wanted.forwarder && call.calling_device().empty()) {
    return {"OUTGOING_CALL_BARRED", to + "callers from outside choose no number to be called"};
  }
  const auto* const seat = run.seats().seat(seat_of(run, wanted));
  if (seat == nullptr && wanted.forwarder) {
    return {"OUTGOING_CALL_BARRED", to + "the phone that sends it there belongs to no seat"};
  }
  if (seat == nullptr) {
    return {"OUTGOING_CALL_BARRED", to + "the device " + call.calling_device() +
                                        " belongs to no seat"};
  }
  if (std::ranges::find(seat->outbound, kind) != seat->outbound.end()) return {};
  return {"OUTGOING_CALL_BARRED", to + "the seat " + seat->id + " may not call that class"};
}

Refusal judge_spending(Run& run, const call::CallBudget& account, const call::CallBudget* seat,
                       const Outward& wanted) {
  const bool emergency = run.carriers().plan().class_of(wanted.number) == model::emergency_class;
  if (emergency && !wanted.forwarder) return {};
  const auto& limits = run.settings().outbound_limits;
  const auto now = run.call().now().instant;
  const auto text = [&](Verdict verdict, const std::string& who, const call::HourLimits& most) {
    const bool calls = verdict == Verdict::too_many_calls;
    return "toll-fraud limit: " + who + " has used its " +
           std::to_string(calls ? most.calls : most.minutes) +
           (calls ? " outbound calls" : " outbound minutes") + " of an hour";
  };
  const call::HourLimits of_account{limits.calls_per_hour, limits.minutes_per_hour};
  const call::HourLimits of_seat{limits.seat_calls_per_hour, limits.seat_minutes_per_hour};
  auto verdict = account.judge(of_account, now);
  if (verdict != Verdict::within) {
    return {"OUTGOING_CALL_BARRED", text(verdict, "the account", of_account)};
  }
  if (seat == nullptr) return {};
  verdict = seat->judge(of_seat, now);
  if (verdict == Verdict::within) return {};
  return {"OUTGOING_CALL_BARRED", text(verdict, "the seat " + seat_of(run, wanted), of_seat)};
}

struct Way {
  const Carrier* carrier = nullptr;
  call::CarrierPlace place;
  std::optional<call::Target> contact = {};  // where it has registered: `place` is none then
};

struct Ways {
  std::vector<Way> all;
  bool unregistered = false;  // one that would take the call is to log in here, and has not
};

// Those of one priority in their order; by lot, the heavier the likelier, where one has a weight.
std::vector<call::CarrierPlace> places_in_order(call::Call& call, const Carrier& carrier) {
  auto places = *carrier.state->places();
  const auto& addresses = carrier.trunk.addresses;
  // They may be of a newer version of the trunk than this call's.
  std::erase_if(places, [&](const auto& place) { return place.address >= addresses.size(); });
  const auto priority = [&](const auto& place) { return addresses[place.address].priority; };
  const auto weight = [&](const auto& place) {
    return static_cast<std::uint64_t>(addresses[place.address].weight);
  };
  std::ranges::stable_sort(places, {}, priority);
  for (auto begin = places.begin(); begin != places.end(); ++begin) {
    const auto end = std::find_if(begin, places.end(), [&](const auto& place) {
      return priority(place) != priority(*begin);
    });
    std::uint64_t sum = 0;
    for (auto at = begin; at != end; ++at) sum += weight(*at);
    if (sum == 0) continue;
    auto drawn = call.draw(sum);
    auto chosen = begin;
    while (drawn >= weight(*chosen)) drawn -= weight(*chosen++);
    std::rotate(begin, chosen, chosen + 1);
  }
  return places;
}

std::string number_for(const Carrier& carrier, const model::DialPlan& plan,
                       const Outward& wanted) {
  const auto& outbound = carrier.trunk.outbound;
  auto number = wanted.normalize ? plan.formed(wanted.number, outbound.form) : wanted.number;
  if (!outbound.strip.empty() && number.starts_with(outbound.strip)) {
    number.erase(0, outbound.strip.size());
  }
  return outbound.prefix + number;
}

// Where it has registered comes before where it is said to be.
void add_ways(Run& run, const Carrier& carrier, const Outward& wanted, Ways& ways) {
  const auto& trunk = carrier.trunk;
  auto& call = run.call();
  auto contacts = trunk.login.empty()
                      ? std::vector<call::Target>()
                      : call.contacts_of_trunk(
                            trunk.id, number_for(carrier, run.carriers().plan(), wanted));
  const auto places = places_in_order(call, carrier);
  if (!trunk.login.empty() && contacts.empty()) {
    call.note("trunk " + trunk.id + " is not registered");
    ways.unregistered = true;
  } else if (contacts.empty() && places.empty()) {
    call.note("trunk " + trunk.id + " has no address now");
  }
  constexpr auto none = call::CarrierState::addresses_max;
  for (auto& contact : contacts) ways.all.push_back({&carrier, {none, {}}, std::move(contact)});
  for (const auto& place : places) ways.all.push_back({&carrier, place});
}

// Every address of every carrier that takes the number: those that gave no answer lately last.
Ways find_ways(Run& run, const Outward& wanted) {
  std::vector<const Carrier*> order;
  for (const auto& id : wanted.trunks) {
    if (const auto* const carrier = run.carriers().find(id)) order.push_back(carrier);
    else run.call().note("there is no trunk " + id);
  }
  if (wanted.trunks.empty()) {
    for (const auto& carrier : run.carriers().all()) order.push_back(&carrier);
  }
  const auto kind = run.carriers().plan().class_of(wanted.number);
  Ways ways;
  for (const auto* carrier : order) {
    const auto& outbound = carrier->trunk.outbound;
    if (!carrier->trunk.enabled || !outbound.enabled) continue;
    const bool takes = outbound.classes.empty() || kind == model::emergency_class ||
                       std::ranges::find(outbound.classes, kind) != outbound.classes.end();
    if (takes) add_ways(run, *carrier, wanted, ways);
  }
  const auto now = run.call().now().instant;
  std::ranges::stable_partition(ways.all, [&](const Way& way) {
    return !way.carrier->state->rests(way.place.address, now);
  });
  return ways;
}

// Credentials for the carrier's own addresses only: who has registered here has shown that it knows
// a password of ours, not that it should be shown one of its (decision 0029).
call::Target placed_target(Run& run, const Way& way, const Outward& wanted) {
  const auto& address = way.carrier->trunk.addresses.at(way.place.address);
  call::Target target;
  target.uri = call::carrier_uri(number_for(*way.carrier, run.carriers().plan(), wanted),
                                 {address.host, address.port, way.place.peer.transport});
  target.peer = way.place.peer;
  target.login = way.carrier->login();
  return target;
}

call::Target target_of(Run& run, const Way& way, const Outward& wanted) {
  const auto& trunk = way.carrier->trunk;
  auto target = way.contact ? *way.contact : placed_target(run, way, wanted);
  target.name = "trunk " + trunk.id;
  target.party = trunk.name;
  target.extension = wanted.number;
  target.timeout = wanted.timeout;
  target.srtp = trunk.srtp;
  target.patient = true;
  target.no_reply = trunk.outbound.no_reply;
  for (const auto& header : trunk.outbound.headers) {
    target.headers.emplace_back(header.name, header.value);
  }
  target.headers.insert(target.headers.end(), wanted.headers.begin(), wanted.headers.end());
  return target;
}

// The account's own, where it has one.
call::Media question_of(Run& run) {
  const auto& wanted = run.settings().keypress_prompt;
  const auto* const own = wanted.empty() ? nullptr : run.media(wanted);
  if (own != nullptr) return *own;
  if (!wanted.empty()) run.call().note("there is no media " + wanted + ": asked in our own words");
  return call::press_one();
}

bool goes_on(const call::Leg& refused) {
  return !refused.timed_out() && model::hunt_after(refused.code()) == model::Hunt::on;
}

call::RingResult nothing_tried(const call::Hopeless& hopeless) {
  call::RingResult result;
  result.outcome = call::ring_outcome(hopeless.code);
  result.code = hopeless.code;
  result.cause = hopeless.cause;
  return result;
}

using Budgets = std::vector<std::shared_ptr<call::CallBudget>>;

// One address of a carrier after the other, until one answers or a code ends it.
class CarrierHunt final : public call::Successors,
                          public std::enable_shared_from_this<CarrierHunt> {
 public:
  CarrierHunt(Run& run, Outward wanted, Budgets budgets)
      : run_(run),
        wanted_(std::move(wanted)),
        budgets_(std::move(budgets)),
        until_(run.call().now().instant + wanted_.timeout),
        ways_(find_ways(run, wanted_)) {}

  // Nothing: there is no more, or the time is over.
  std::optional<call::Target> next();
  std::vector<call::Target> after(call::Leg& refused) override;
  // Why there was none at all.
  call::Hopeless none() const;

 private:
  Run& run_;
  Outward wanted_;
  Budgets budgets_;
  Instant until_;
  Ways ways_;
  std::size_t at_ = 0;  // the next of them
  bool full_ = false;
};

std::optional<call::Target> CarrierHunt::next() {
  const auto left =
      std::chrono::duration_cast<std::chrono::seconds>(until_ - run_.call().now().instant);
  while (at_ < ways_.all.size() && left.count() > 0) {
    const Way& way = ways_.all[at_++];
    const auto& carrier = *way.carrier;
    auto claim = call::CarrierClaim::of(carrier.state, carrier.trunk.channels);
    if (!claim) {
      if (!std::exchange(full_, true)) run_.call().note("trunk " + carrier.trunk.id + " is full");
      continue;
    }
    auto target = target_of(run_, way, wanted_);
    auto shown = shown_caller(run_, carrier, wanted_.caller_id_type, wanted_.forwarder);
    target.headers.insert(target.headers.end(), shown.headers.begin(), shown.headers.end());
    target.from = std::move(shown.from);
    target.timeout = left;
    target.early_media = wanted_.early_media;
    if (wanted_.forwarder && wanted_.forwarder->require_keypress) {
      target.question = question_of(run_);
      // The caller hears that it rings, and nothing of a mailbox that may come before the key.
      target.early_media = false;
    }
    target.watch = std::make_shared<CarrierLeg>(carrier.state, way.place.address,
                                                std::move(claim), budgets_);
    target.successors = shared_from_this();
    return target;
  }
  return std::nullopt;
}

std::vector<call::Target> CarrierHunt::after(call::Leg& refused) {
  constexpr int final_refusal = 300;
  if (refused.code() < final_refusal || at_ == 0) return {};
  const Way& way = ways_.all[at_ - 1];
  auto& state = *way.carrier->state;
  const bool on = goes_on(refused);
  const bool silent = refused.code() == 408 && !refused.timed_out();
  const auto now = run_.call().now().instant;
  if (silent || refused.code() == 503) state.fell_silent(way.place.address, now);
  else state.answered(way.place.address);
  state.count(!on);
  std::vector<call::Target> more;
  if (!on) return more;
  if (auto target = next()) more.push_back(std::move(*target));
  return more;
}

call::Hopeless CarrierHunt::none() const {
  if (full_) return {503, "every trunk is full", "NORMAL_CIRCUIT_CONGESTION"};
  if (ways_.unregistered) return {480, "no trunk is registered", "SUBSCRIBER_ABSENT"};
  run_.call().note("no trunk takes the call to " + wanted_.number);
  return {404, "no trunk takes the call", "NO_ROUTE_DESTINATION"};
}

}  // namespace

call::Target outward_target(Run& run, Outward wanted) {
  call::Call& call = run.call();
  if (!wanted.forwarder && !call.being_transferred()) wanted.forwarder = run.forwarder();
  auto refusal = judge_right(run, wanted);
  Budgets budgets{run.carriers().budget()};
  if (const auto seat = seat_of(run, wanted); !seat.empty()) {
    budgets.push_back(run.carriers().budget(seat));
  }
  if (refusal.why.empty()) {
    refusal = judge_spending(run, *budgets.front(),
                             budgets.size() > 1 ? budgets.back().get() : nullptr, wanted);
    if (!refusal.why.empty()) run.carriers().count_fraud_limit();
  }
  call::Target none;
  none.name = none.extension = wanted.number;
  if (!refusal.why.empty()) {
    run.carriers().count_refused();
    call.note(refusal.why);
    none.hopeless = call::Hopeless{403, std::move(refusal.why), refusal.cause};
    return none;
  }
  for (const auto& budget : budgets) budget->began(call.now().instant);
  const auto hunt = std::make_shared<CarrierHunt>(run, std::move(wanted), std::move(budgets));
  if (auto target = hunt->next()) return std::move(*target);
  none.hopeless = hunt->none();
  return none;
}

Task<Exit> call_out(Run& run, Outward wanted) {
  call::Call& call = run.call();
  const call::RingOptions options{.timeout = wanted.timeout,
                                  .ringback = wanted.ringback,
                                  .early_media = wanted.early_media,
                                  .from = {}};
  auto target = outward_target(run, std::move(wanted));
  if (target.hopeless) {
    auto nothing = nothing_tried(*target.hopeless);
    std::string cause(nothing.cause);
    co_return co_await leave(run, std::move(nothing), std::move(cause));
  }
  std::vector<call::Target> one;
  one.push_back(std::move(target));
  auto result = co_await call.ring(std::move(one), options);
  if (call.over()) co_return Exit{};
  if (result.leg == nullptr) co_return co_await leave_as_it_is(run, std::move(result));
  co_await talk(run, *result.leg);
  co_return Exit{};
}

}  // namespace strowger::flow
