#include "model/finding.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace strowger::model {
namespace {

boost::json::object places_json(const Places& places) {
  boost::json::object all;
  for (const auto& place : places) all[place.name] = place.value;
  return all;
}

}  // namespace

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::info: return "info";
  }
  return "error";
}

Finding finding_in_words(Severity severity, std::string code, std::string pointer,
                         std::string block_id, Words text, Words hint) {
  Finding finding{severity,
                  std::move(code),
                  std::move(pointer),
                  std::move(block_id),
                  std::move(text.text),
                  std::move(hint.text),
                  std::move(text.form),
                  std::move(hint.form),
                  std::move(text.places)};
  std::ranges::move(hint.places, std::back_inserter(finding.places));
  return finding;
}

void add_finding(Findings& findings, Finding finding) {
  if (findings.size() < findings_max) {
    findings.push_back(std::move(finding));
    return;
  }
  if (finding.severity != Severity::error) return;
  const auto milder = std::find_if(findings.rbegin(), findings.rend(), [](const Finding& other) {
    return other.severity != Severity::error;
  });
  if (milder == findings.rend()) return;
  findings.erase(std::next(milder).base());
  findings.push_back(std::move(finding));
}

bool has_errors(const Findings& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::error; });
}

std::string one_line(const Finding& finding) {
  std::string line(severity_name(finding.severity));
  line += ' ';
  line += finding.pointer.empty() ? std::string("(document)") : finding.pointer;
  line += " [" + finding.code + "] " + finding.text;
  if (!finding.hint.empty()) line += " " + finding.hint;
  return line;
}

boost::json::array findings_json(const Findings& findings) {
  boost::json::array list;
  for (const auto& finding : findings) {
    boost::json::object entry{{"severity", severity_name(finding.severity)},
                              {"code", finding.code},
                              {"pointer", finding.pointer},
                              {"text", finding.text}};
    if (!finding.block_id.empty()) entry["block"] = finding.block_id;
    if (!finding.hint.empty()) entry["hint"] = finding.hint;
    if (!finding.text_form.empty()) entry["text_form"] = finding.text_form;
    if (!finding.hint_form.empty()) entry["hint_form"] = finding.hint_form;
    if (!finding.places.empty()) entry["places"] = places_json(finding.places);
    list.push_back(std::move(entry));
  }
  return list;
}

}  // namespace strowger::model
