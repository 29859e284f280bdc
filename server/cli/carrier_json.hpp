// How a trunk stands at this moment, as the TrunkState of openapi.json.
#pragma once

#include "call/carrier_state.hpp"
#include "sip/location_table.hpp"

#include <boost/json/object.hpp>

#include <vector>

namespace strowger::cli {

// `contacts`: what has registered here with its login.
boost::json::object trunk_state_json(const call::CarrierState& state,
                                     const std::vector<sip::Binding>& contacts);

}  // namespace strowger::cli
