// Whose number a carrier is shown for a caller of ours.
#pragma once

#include "call/carrier_words.hpp"

#include <string_view>

namespace strowger::flow {

struct Carrier;
class Run;

// `type`: "external": the outside number of seat, account or trunk; "internal": the seat's
// extension; "caller": whoever calls, as he showed himself.
call::ShownCaller shown_caller(Run& run, const Carrier& carrier, std::string_view type);

}  // namespace strowger::flow
