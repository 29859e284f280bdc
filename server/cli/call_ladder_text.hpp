// The SIP messages of a call for people: a column for the caller, for us, and for each phone that
// was rung.
#pragma once

#include "model/call_record.hpp"

#include <cstddef>
#include <string>

namespace strowger::cli {

inline constexpr std::size_t ladder_columns_max = 6;  // phones; the others share one more

// With its headings; "" without messages.
std::string call_ladder(const model::CallRecord& record);

}  // namespace strowger::cli
