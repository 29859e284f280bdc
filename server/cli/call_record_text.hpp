// A call record for people: what was called, which blocks ran, what was said on the wire.
#pragma once

#include "model/call_record.hpp"

#include <string>

namespace strowger::cli {

std::string describe(const model::CallRecord& record);

}  // namespace strowger::cli
