// Registrations as lines of JSON: what registrations.log holds, what the API and `strowger
// registration list` show.
#pragma once

#include "base/time.hpp"
#include "sip/location_table.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace strowger::cli {

// Lines, each with its line break, that say the change.
void append_lines(std::string& out, const sip::LocationChange& change);
// One line, without its line break. What was bound is so from `now` on, for as long as it still
// lasts; nothing when it is no such line, or has expired. A connection does not survive.
std::optional<sip::LocationChange> read_line(std::string_view line, Now now);

// Who registered: {"device": …}, or {"device": "", "trunk": …}. `record`: what an
// address-of-record has behind its account.
boost::json::object registrant_json(std::string_view record);
// The Registration of openapi.json.
boost::json::object registration_json(std::string_view record, const sip::Binding& binding);

}  // namespace strowger::cli
