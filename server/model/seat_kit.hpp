// What comes with a new seat: its first phone and the callflow that its extension leads to. In
// KAZOO's words the callflow is the user's main one: `owner_id` and `type` say so.
#pragma once

#include "model/callflow.hpp"
#include "model/device.hpp"
#include "model/seat.hpp"

#include <string>
#include <string_view>

namespace strowger::model {

inline constexpr std::string_view seat_callflow_type = "mainUserCallflow";

Device first_device(const Seat& seat, std::string id, const std::string& username);

// One block that rings the seat; the number is its extension, if it has one.
Callflow seat_callflow(const Seat& seat, std::string id);
// Is it still the one that was made for the seat: its type and owner, the seat as its first block?
// What comes after that block may have changed.
bool is_seat_callflow(const Callflow& callflow, std::string_view seat_id);
// The callflow after the seat changed: another number for the extension, another name if it had the
// seat's. Of one for which is_seat_callflow holds.
Callflow followed(const Callflow& callflow, const Seat& before, const Seat& after);

// Has any block `id` as its `data.id`, as blocks that ring somebody do?
bool rings(const Callflow& callflow, std::string_view id);

}  // namespace strowger::model
