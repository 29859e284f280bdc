// A call's record as scenarios look at it: fields by name, as text.
#pragma once

#include "model/call_record.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace strowger::sim {

// The names of docs/scenarios.md, else a field of the record's JSON ("disposition"). Nothing: no
// such field, or an empty one.
std::optional<std::string> record_field(const model::CallRecord& record, std::string_view name);

}  // namespace strowger::sim
