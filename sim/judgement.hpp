// What is judged the same in virtual time and on the wire: records, and how a failure is told.
#pragma once

#include "model/call_record.hpp"
#include "sim/phone.hpp"
#include "sim/scenario.hpp"
#include "sim/script.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace strowger::sim {

// Nothing when the record is as the statement says. No record: nothing was found for the call.
std::optional<Failure> judge_record(const RecordCheck& check,
                                    const std::optional<model::CallRecord>& record);

// "menu.flow:12: name", what was expected, what came, and the ladder.
std::string failure_report(const Scenario& scenario, const Failure& failure, const Phone& phone);

// Whether the text holds the pattern; `*` matches anything.
bool text_matches(std::string_view text, std::string_view pattern);

}  // namespace strowger::sim
