#include "cli/findings.hpp"

#include "host/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace strowger::cli {

void print_findings(std::ostream& out, const model::Findings& findings) {
  for (const auto& finding : findings) {
    out << "  " << host::escaped(model::one_line(finding)) << '\n';
  }
}

std::string count_findings(const model::Findings& findings) {
  std::string text;
  for (const auto severity :
       {model::Severity::error, model::Severity::warning, model::Severity::info}) {
    const auto count = std::ranges::count(findings, severity, &model::Finding::severity);
    if (count == 0) continue;
    if (!text.empty()) text += ", ";
    text += fmt::format("{} {}{}", count, model::severity_name(severity), count == 1 ? "" : "s");
  }
  return text.empty() ? "nothing to complain about" : text;
}

}  // namespace strowger::cli
