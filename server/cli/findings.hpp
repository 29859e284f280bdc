// Findings of lint and import, told to people and to programs.
#pragma once

#include "model/finding.hpp"

#include <iosfwd>
#include <string_view>

namespace strowger::cli {

// One line each, indented: severity, JSON pointer, what is wrong, what to do.
void print_findings(std::ostream& out, const model::Findings& findings);
// "2 errors, 1 warning"; "nothing to complain about" for none.
std::string count_findings(const model::Findings& findings);

}  // namespace strowger::cli
