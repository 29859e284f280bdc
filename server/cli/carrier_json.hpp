// How a trunk stands at this moment, as the TrunkState of openapi.json.
#pragma once

#include "call/carrier_state.hpp"

#include <boost/json/object.hpp>

namespace strowger::cli {

boost::json::object trunk_state_json(const call::CarrierState& state);

}  // namespace strowger::cli
