#include "flow/pickup.hpp"

#include "call/call.hpp"
#include "flow/connect.hpp"
#include "flow/run.hpp"
#include "model/seat_directory.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace strowger::flow {

namespace {

using Type = model::RingEndpoint::Type;

constexpr int nothing_there = 480;

// Who picks up, as one of the phones of the call that rings.
call::Target picker(Run& run) {
  const auto& id = run.call().calling_device();
  const auto* const device = run.seats().device(id);
  call::Target as;
  as.device = id;
  as.name = id;
  if (device == nullptr) return as;
  as.device_name = device->name;
  as.transcode = device->transcode;
  const auto* const seat = run.seats().seat(device->owner_id);
  if (seat == nullptr) return as;
  as.seat = seat->id;
  as.name = seat->id + "/" + id;
  as.party = seat->name();
  as.extension = seat->extension;
  return as;
}

// What one exchange tells another: "user anna".
std::string word_for(const PhonesMeant& meant) {
  return std::string(model::ring_endpoint_name(meant.type)) + " " + meant.id;
}

PhonesMeant meant_by(const std::string& word) {
  PhonesMeant meant;
  const auto space = word.find(' ');
  if (space == std::string::npos) return meant;
  meant.id = word.substr(space + 1);
  for (const auto type : {Type::user, Type::device, Type::group}) {
    if (word.substr(0, space) == model::ring_endpoint_name(type)) meant.type = type;
  }
  return meant;
}

void refuse(call::Call& call) {
  auto rejection = call::standard_rejection(nothing_there);
  rejection.phrase = "Nothing to pick up";
  call.reject(std::move(rejection));
}

// True: the call is over, or was.
Task<bool> pick_up_there(Run& run, std::vector<call::Target> one) {
  call::Call& call = run.call();
  const call::RingOptions options{.from = {}};
  const auto result = co_await call.ring(std::move(one), options);
  if (call.over()) co_return true;
  if (result.leg != nullptr) {
    call.note("picked up a call of another shard", call::LogLevel::info);
    co_await talk(run, *result.leg);
    co_return true;
  }
  constexpr int not_acceptable = 488;  // it rings there, and the two can't talk
  if (result.code != not_acceptable) co_return false;
  call.reject(call::standard_rejection(not_acceptable));
  co_return true;
}

}  // namespace

call::PhoneSet phones_of(const model::SeatDirectory& seats, const PhonesMeant& meant) {
  call::PhoneSet phones;
  std::vector<const model::RingGroup*> groups;  // each once
  const auto add = [&](Type type, const std::string& id) {
    if (type == Type::user) phones.seats.insert(id);
    if (type == Type::device) phones.devices.insert(id);
    const auto* const group = type == Type::group ? seats.ring_group(id) : nullptr;
    const bool known = std::ranges::find(groups, group) != groups.end();
    if (group != nullptr && !known) groups.push_back(group);
  };
  add(meant.type, meant.id);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    for (const auto& member : groups[i]->endpoints) add(member.type, member.id);
  }
  return phones;
}

Task<> pick_up(Run& run, PhonesMeant meant) {
  call::Call& call = run.call();
  const auto phones = phones_of(run.seats(), meant);
  auto as = picker(run);
  const bool here = co_await call.pick_up(phones, std::move(as));
  if (here || call.over()) co_return;
  for (auto& target : call.pick_up_elsewhere(word_for(meant))) {
    std::vector<call::Target> one;
    one.push_back(std::move(target));
    const bool there = co_await pick_up_there(run, std::move(one));
    if (there) co_return;
  }
  call.note("nothing rings at " + word_for(meant));
  refuse(call);
}

[[gnu::noinline]] bool asks_to_pick_up(const call::Call& call) {
  return call.asked_to_pick_up().has_value();
}

[[gnu::noinline]] Task<> pick_up_for_another(Run& run) {
  call::Call& call = run.call();
  call.keep_no_record();  // the one that rang, and that of who picks up, tell it all
  const auto phones = phones_of(run.seats(), meant_by(*call.asked_to_pick_up()));
  auto as = picker(run);
  as.device.clear();  // its lamp is lit by its own end, in the other exchange
  as.seat.clear();
  const bool taken = co_await call.pick_up(phones, std::move(as));
  if (!taken && !call.over()) refuse(call);
}

}  // namespace strowger::flow
