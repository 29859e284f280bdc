#include "flow/phones.hpp"

#include "call/call.hpp"
#include "flow/forwarding.hpp"
#include "flow/outward.hpp"
#include "flow/redirects.hpp"
#include "flow/run.hpp"
#include "flow/shown_caller.hpp"
#include "model/seat_directory.hpp"

#include <utility>

namespace strowger::flow {

namespace {

constexpr int unavailable = 480;
constexpr int busy = 486;
constexpr int loop_detected = 482;
constexpr int not_found = 404;

// The user part that the device wants to see in an INVITE; "" for its own contact's.
std::string wanted_user(const model::Device& device, const call::Call& call) {
  switch (device.invite_format) {
    case model::InviteFormat::username:
      return device.username;
    case model::InviteFormat::e164:
      return call.called_number();
    default:
      return {};
  }
}

std::vector<call::Target> places_of(const model::Device& device, const call::Call& call) {
  if (model::registers(device.type)) return call.contacts(device.id, wanted_user(device, call));
  std::vector<call::Target> places;
  if (auto target = call.target_for(device.route)) places.push_back(std::move(*target));
  return places;
}

std::string why_nowhere(const model::Device& device, const call::Call& call) {
  if (model::registers(device.type)) {
    return call.registered(device.id) ? "registered, but out of reach" : "not registered";
  }
  if (device.type == model::DeviceType::sip_uri) {
    return "its address can't be called: it takes sip: and an IP address of our network";
  }
  return "only a carrier could reach its number, and there is none";
}

PhoneOwner unknown(std::string_view id) { return {std::string(id), {}, {}, {}}; }

PhoneOwner owner_of(const model::Seat& seat, const model::Device* device = nullptr) {
  PhoneOwner owner{seat.id, seat.name(), seat.extension, {}};
  if (device == nullptr) return owner;
  owner.name += "/" + device->id;
  owner.device = device->name;
  return owner;
}

void tell_owner(const PhoneOwner& owner, call::Target& target) {
  target.name = owner.name;
  target.party = owner.party;
  target.extension = owner.extension;
  target.device_name = owner.device;
}

}  // namespace

// Of a seat, or of a device of one.
struct Phones::Forwarding {
  const model::CallForward& to;
  std::string seat;  // whose rights count; "" for none
  std::string link;  // who it is, in the chain
};

Phones::Phones(Run& run)
    : Phones(run, run.forwarder() ? run.forwarder()->chain : std::vector<std::string>()) {}

Phones::Phones(Run& run, std::vector<std::string> chain)
    : run_(run), call_(run.call()), seats_(run.seats()), chain_(std::move(chain)) {}

void Phones::add(call::Target target, const Manner& manner) {
  if (targets_.size() >= targets_max) {
    too_many_ = true;
    return;
  }
  target.delay = manner.delay;
  target.timeout = manner.timeout;
  target.from = manner.from;
  target.headers.insert(target.headers.end(), manner.headers.begin(), manner.headers.end());
  targets_.push_back(std::move(target));
}

void Phones::add_hopeless(const PhoneOwner& owner, int code, std::string why,
                          const Manner& manner) {
  call::Target target;
  tell_owner(owner, target);
  target.hopeless = call::Hopeless{code, std::move(why)};
  add(std::move(target), manner);
}

void Phones::add_phone(const model::Device& device, const PhoneOwner& owner,
                       const Manner& manner) {
  if (device.id == call_.calling_device() && !manner.can_call_self) return;
  if (!device.enabled) return add_hopeless(owner, unavailable, "switched off", manner);
  if (device.calls.do_not_disturb) return add_hopeless(owner, busy, "do not disturb", manner);
  const auto& forwarding = device.calls.call_forward;
  if (is_forwarding(forwarding, manner.by_group) && !manner.ignore_forward) {
    forward({forwarding, device.owner_id, "device " + device.id}, owner, manner);
    if (forwarding.substitute) return;
  }
  auto places = places_of(device, call_);
  if (places.empty()) add_hopeless(owner, unavailable, why_nowhere(device, call_), manner);
  const auto* const seat = seats_.seat(device.owner_id);
  const bool keep = seat == nullptr || seat->calls.call_forward.keep_caller_id;
  const Redirects::Phone phone{device.id, device.owner_id, owner, keep};
  for (auto& place : places) {
    tell_owner(owner, place);
    place.device = device.id;
    place.seat = device.owner_id;
    place.lines_max = device.calls_max;
    place.srtp = device.srtp;
    place.transcode = device.transcode;
    place.successors = std::make_shared<Redirects>(run_, phone, manner, chain_);
    for (const auto& header : device.headers) place.headers.emplace_back(header.name, header.value);
    add(std::move(place), manner);
  }
}

void Phones::add_device(std::string_view id, const Manner& manner) {
  const auto* const device = seats_.device(id);
  if (device != nullptr) {
    const auto* const seat = seats_.seat(device->owner_id);
    const auto extension = seat != nullptr ? seat->extension : std::string();
    return add_phone(*device, {device->id, device->name, extension, {}}, manner);
  }
  add_hopeless(unknown(id), not_found, "there is no such device", manner);
}

void Phones::add_seat(std::string_view id, const Manner& manner) {
  const auto* const seat = seats_.seat(id);
  if (seat == nullptr) {
    return add_hopeless(unknown(id), not_found, "there is no such seat", manner);
  }
  if (!seat->enabled) return add_hopeless(owner_of(*seat), unavailable, "switched off", manner);
  if (seat->calls.do_not_disturb) {
    return add_hopeless(owner_of(*seat), busy, "do not disturb", manner);
  }
  const auto& forwarding = seat->calls.call_forward;
  if (is_forwarding(forwarding, manner.by_group) && !manner.ignore_forward) {
    forward({forwarding, seat->id, seat_link(*seat)}, owner_of(*seat), manner);
    if (forwarding.substitute) return;
  }
  add_phones_of(*seat, manner);
}

void Phones::add_phones_of(const model::Seat& seat, const Manner& manner) {
  const auto devices = seats_.devices_of(seat.id);
  if (devices.empty()) return add_hopeless(owner_of(seat), unavailable, "it has no device", manner);
  for (const auto* device : devices) add_phone(*device, owner_of(seat, device), manner);
}

void Phones::add_loop(const PhoneOwner& owner, std::string why, const Manner& manner) {
  add_hopeless(owner, loop_detected, std::move(why), manner);
}

// Beside other phones: a seat is rung at once though its extension has a callflow.
void Phones::forward(const Forwarding& forwarding, const PhoneOwner& owner, const Manner& manner) {
  const auto& number = forwarding.to.number;
  const auto onward = send_on(chain_, {.seat = forwarding.seat,
                                       .keep_caller_id = forwarding.to.keep_caller_id,
                                       .require_keypress = forwarding.to.require_keypress,
                                       .chain = {}},
                              forwarding.link);
  if (!onward.by) return add_loop(owner, onward.why_not, manner);
  if (seats_.seat_by_extension(number) != nullptr) return ring_seat(number, manner, *onward.by);
  if (destination(run_, number) == Destination::callflow) {
    return walk_later(number, owner, manner, *onward.by);
  }
  call_outside(number, manner, *onward.by, !forwarding.to.ignore_early_media);
}

void Phones::redirect(const std::string& number, const PhoneOwner& owner, const Manner& manner,
                      const Forwarder& by) {
  switch (destination(run_, number)) {
    case Destination::callflow:
    case Destination::no_match:
      return walk_later(number, owner, manner, by);
    case Destination::seat:
      return ring_seat(number, manner, by);
    case Destination::outside:
      return call_outside(number, manner, by, true);
  }
}

void Phones::ring_seat(const std::string& number, const Manner& manner, const Forwarder& by) {
  Manner own = manner;
  if (!by.keep_caller_id) own.from = shown_as_seat(run_, by.seat);
  const auto before = std::exchange(chain_, by.chain);
  add_seat(seats_.seat_by_extension(number)->id, own);
  chain_ = before;
}

void Phones::walk_later(const std::string& number, const PhoneOwner& owner, const Manner& manner,
                        const Forwarder& by) {
  constexpr int moved = 302;
  add_hopeless(owner, moved, "sent on to " + number + ", which a callflow answers", manner);
  run_.walk_later({number, by});
}

void Phones::call_outside(const std::string& number, const Manner& manner, const Forwarder& by,
                          bool early_media) {
  Manner own = manner;
  own.headers.clear();  // how phones ring is not a carrier's business
  auto target = outward_target(run_, {.number = number,
                                      .trunks = {},
                                      .caller_id_type = {},
                                      .timeout = manner.timeout,
                                      .early_media = early_media,
                                      .headers = {},
                                      .forwarder = by});
  own.from = target.from;
  add(std::move(target), own);
}

void Phones::add_endpoint(const model::RingEndpoint& endpoint, const Manner& manner) {
  using Type = model::RingEndpoint::Type;
  if (endpoint.type == Type::user) return add_seat(endpoint.id, manner);
  if (endpoint.type == Type::device) return add_device(endpoint.id, manner);
  const auto* const group = seats_.ring_group(endpoint.id);
  if (group != nullptr) return add_group(*group, manner);
  add_hopeless(unknown(endpoint.id), not_found, "there is no such ring group", manner);
}

// A group inside of another one: all of its members, each as the member itself says.
void Phones::add_group(const model::RingGroup& group, const Manner& manner) {
  if (nested_ >= static_cast<int>(model::ring_group_nesting_max)) {
    return add_hopeless({group.id, group.name, {}, {}}, loop_detected,
                        "groups inside of groups, too many", manner);
  }
  ++nested_;
  for (const auto& endpoint : group.endpoints) {
    Manner own = manner;
    own.delay += endpoint.delay;
    own.timeout = std::min(manner.timeout, endpoint.timeout);
    add_endpoint(endpoint, own);
  }
  --nested_;
}

std::vector<call::Target> Phones::take() { return std::exchange(targets_, {}); }

}  // namespace strowger::flow
