#include "flow/shown_caller.hpp"

#include "call/call.hpp"
#include "flow/carriers.hpp"
#include "flow/own_seat.hpp"
#include "flow/run.hpp"
#include "model/seat_directory.hpp"

namespace strowger::flow {

namespace {

using model::CallerId;

// A login is nobody's number, and nothing for the world to know.
CallerId caller_himself(Run& run) {
  const auto& call = run.call();
  CallerId himself{.name = call.calling_name(), .number = call.calling_number()};
  const auto* const device = run.seats().device(call.calling_device());
  if (device != nullptr && himself.number == device->username) himself.number.clear();
  return himself;
}

// The first number that somebody has set: nobody outside can call an extension back.
CallerId outside(const Run& run, const model::Seat* seat, const CallerId& of_trunk) {
  CallerId shown;
  if (seat != nullptr) shown = seat->calls.caller_id.external;
  const auto& of_account = run.settings().caller_id;
  if (shown.number.empty()) shown.number = of_account.number;
  if (shown.number.empty()) shown.number = of_trunk.number;
  if (shown.name.empty()) shown.name = of_account.name;
  if (shown.name.empty()) shown.name = of_trunk.name;
  return shown;
}

CallerId inside(const model::Seat& seat) {
  CallerId shown = seat.calls.caller_id.internal;
  if (shown.number.empty()) shown.number = seat.extension;
  if (shown.name.empty()) shown.name = seat.name();
  return shown;
}

CallerId chosen(Run& run, const Carrier& carrier, std::string_view type,
                const std::optional<Forwarder>& by) {
  const auto& rule = carrier.trunk.caller_id;
  if (rule.always) return rule.fixed;
  if (by ? by->keep_caller_id : type == "caller") return caller_himself(run);
  const auto* const seat = by ? run.seats().seat(by->seat) : calling_seat(run);
  if (type == "internal" && seat != nullptr) return inside(*seat);
  auto shown = outside(run, seat, rule.fixed);
  // Nobody has chosen one: better who really calls than nobody.
  return shown.number.empty() ? caller_himself(run) : shown;
}

// One that only registers here has no name but what our own side goes by.
std::string host_for(const Run& run, const call::Call& call, const model::Trunk& trunk) {
  if (!trunk.caller_id.domain.empty()) return trunk.caller_id.domain;
  if (!trunk.domain().empty()) return trunk.domain();
  return run.realm().empty() ? std::string(call.request_uri().host) : run.realm();
}

}  // namespace

call::ShownCaller shown_caller(Run& run, const Carrier& carrier, std::string_view type,
                               const std::optional<Forwarder>& by) {
  const auto& trunk = carrier.trunk;
  auto who = chosen(run, carrier, type, by);
  who.number = run.carriers().plan().formed(who.number, trunk.outbound.form);
  return call::shown_to_carrier(
      {.who = std::move(who),
       .host = host_for(run, run.call(), trunk),
       .asserted = trunk.caller_id.asserted,
       .hidden = run.call().calling_privately() && (!by || by->keep_caller_id)});
}

void show_seat(call::Call& call, const model::SeatDirectory& seats) {
  const auto* const device = seats.device(call.calling_device());
  const auto* const seat = device == nullptr ? nullptr : seats.seat(device->owner_id);
  if (seat == nullptr) return;
  const auto& chosen = seat->calls.caller_id.internal;
  const bool by_login = call.calling_number() == device->username;
  CallerId who = inside(*seat);
  const bool own_number = chosen.number.empty() && (!by_login || who.number.empty());
  if (own_number) who.number = call.calling_number();
  if (chosen.name.empty() && !call.calling_name().empty()) who.name = call.calling_name();
  call.show_caller({.name = who.name, .number = who.number, .host = call.called_host()});
}

std::string shown_as_seat(Run& run, const std::string& id) {
  const auto* const seat = run.seats().seat(id);
  if (seat == nullptr) return {};
  const auto who = inside(*seat);
  return call::from_value({}, {.name = who.name,
                               .number = who.number,
                               .host = std::string(run.call().request_uri().host)});
}

}  // namespace strowger::flow
