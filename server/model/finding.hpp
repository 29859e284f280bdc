// What a check found in a document: told to a person and to a program.
// Errors block publishing, warnings do not, infos explain what will happen.
#pragma once

#include "model/words.hpp"

#include <boost/json/fwd.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::model {

enum class Severity : std::uint8_t { error, warning, info };

struct Finding {
  Severity severity = Severity::error;
  std::string code;      // stable slug, e.g. "unreachable-block"; listed in docs/lint.md
  std::string pointer;   // JSON pointer (RFC 6901) into the document; "" is the whole document
  std::string block_id;  // "" when it is not about one block
  std::string text;      // what is wrong
  std::string hint;      // what to do about it; may be ""
  // Of both, where they name something: see Words.
  std::string text_form = {};
  std::string hint_form = {};
  Places places = {};

  bool operator==(const Finding&) const = default;
};

using Findings = std::vector<Finding>;

Finding finding_in_words(Severity severity, std::string code, std::string pointer,
                         std::string block_id, Words text, Words hint = {});

// A document with thousands of mistakes is told the first of them.
inline constexpr std::size_t findings_max = 200;

// Adds within findings_max; an error pushes out the last milder one, so no error is ever lost to
// warnings.
void add_finding(Findings& findings, Finding finding);

std::string_view severity_name(Severity severity);  // "error", "warning", "info"
bool has_errors(const Findings& findings);
// "error /flow/data/code [no-such-code] text. hint" on one line.
std::string one_line(const Finding& finding);
// As the Finding of openapi.json, one object each.
boost::json::array findings_json(const Findings& findings);

}  // namespace strowger::model
