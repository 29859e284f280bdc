#include "cli/findings.hpp"

#include "host/log.hpp"

#include <boost/json.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace strowger::cli {

namespace json = boost::json;

void print_findings(std::ostream& out, const model::Findings& findings) {
  for (const auto& finding : findings) {
    out << "  " << host::escaped(model::one_line(finding)) << '\n';
  }
}

json::array findings_json(const model::Findings& findings) {
  json::array list;
  for (const auto& finding : findings) {
    json::object entry{{"severity", model::severity_name(finding.severity)},
                       {"code", finding.code},
                       {"pointer", finding.pointer},
                       {"text", finding.text}};
    if (!finding.block_id.empty()) entry["block"] = finding.block_id;
    if (!finding.hint.empty()) entry["hint"] = finding.hint;
    list.push_back(std::move(entry));
  }
  return list;
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
