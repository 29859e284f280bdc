// Pick-up of what rings at other people's phones: in this shard, and then in the others
// (docs/decisions/0044-pick-up.md).
#pragma once

#include "base/task.hpp"
#include "call/target.hpp"
#include "model/ring_group.hpp"

#include <string>

namespace strowger::model {
class SeatDirectory;
}

namespace strowger::call {
class Call;
}

namespace strowger::flow {

class Run;

// A seat, a device, or a ring group.
struct PhonesMeant {
  model::RingEndpoint::Type type = model::RingEndpoint::Type::user;
  std::string id;
};

// All phones of that: of a group those of its members, and of groups inside of it.
call::PhoneSet phones_of(const model::SeatDirectory& seats, const PhonesMeant& meant);

// Ends the call: as one with somebody who rang there, or with 480.
Task<> pick_up(Run& run, PhonesMeant meant);

// Another shard asks: the same, with what rings in this one.
bool asks_to_pick_up(const call::Call& call);
Task<> pick_up_for_another(Run& run);

}  // namespace strowger::flow
