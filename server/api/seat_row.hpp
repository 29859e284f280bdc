// Seats and devices as the API tells of them.
#pragma once

#include "api/visit.hpp"
#include "model/device.hpp"
#include "model/seat.hpp"

#include <string>

namespace strowger::api {

// `devices` of the seat and the `callflow` that was made for it, or null.
boost::json::object seat_details(Visit& visit, const model::Seat& seat);
Response answer_seat(Visit& visit, const std::string& id, int status,
                     const boost::json::object& more = {});

// {"set": …, "current": …}: can the device log in? A secret of another realm opens nothing.
boost::json::object secret_state(Visit& visit, const std::string& device);
Response answer_device(Visit& visit, const std::string& id, int status,
                       const boost::json::object& more = {});
// "phone-k3m9xq2a"
std::string random_username();

}  // namespace strowger::api
