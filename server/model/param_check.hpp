// One value held against the description of its parameter. Used for block data and for the defaults
// that an action.json gives.
#pragma once

#include "model/action_catalog.hpp"
#include "model/finding.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace strowger::model {

void check_value(const Param& param, const boost::json::value& value, const std::string& pointer,
                 Findings& findings);

// The members of an object; `open`: others are welcome, else they get a warning.
void check_members(const std::vector<Param>& params, const boost::json::object& object, bool open,
                   const std::string& pointer, Findings& findings);

// 486, 486.0 and "486"; nothing for anything else.
std::optional<std::int64_t> as_integer(const boost::json::value& value);
// true, false, "true", "false".
std::optional<bool> as_boolean(const boost::json::value& value);

}  // namespace strowger::model
