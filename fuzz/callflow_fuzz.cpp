// Any bytes as a callflow document: parsing, lint and export never crash, and what was accepted
// once is accepted again and means the same.
// Seeds: tests/corpus/callflows
// Rooms: model
// Longest: 8192
#include "model/lint.hpp"
#include "model/number_match.hpp"
#include "model/response_check.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

namespace {

using namespace strowger::model;

const Catalog& catalog() {
  static const Catalog made = [] {
    Catalog catalog;
    const bool ok =
        catalog.add(R"({"name": "response", "title": "R", "group": "g", "summary": "S",
            "branches": "none", "terminal": true, "params": {
            "code": {"type": "integer", "minimum": 300, "maximum": 699, "default": 486},
            "message": {"type": "string", "maxLength": 128, "default": ""},
            "media": {"type": "ref", "to": "media", "optional": true},
            "redirect_to": {"type": "array", "items": {"type": "string"}, "optional": true},
            "extra_headers": {"type": "object", "optional": true}}})") &&
        catalog.add(R"({"name": "menu", "title": "M", "group": "g", "summary": "S",
            "branches": "keyed", "answers": true, "keys": {"pattern": "[0-9]{1,20}"},
            "params": {}})") &&
        catalog.add(R"({"name": "callflow", "title": "C", "group": "g", "summary": "S",
            "branches": "one", "runs": "id", "params": {
            "id": {"type": "ref", "to": "callflow"}}})");
    if (!ok) std::abort();
    return catalog;
  }();
  return made;
}

void check(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto callflow = parse_callflow(text);
  if (!callflow) {
    check(has_errors(callflow.error()) && callflow.error().size() <= findings_max);
    (void)parse_node(text);
    (void)parse_action(text);
    return 0;
  }
  ListedContext context;
  context.knows_references = size % 2 == 0;
  check(lint(*callflow, catalog(), context).size() <= findings_max);
  NumberPlan plan;
  plan.add("f", callflow->numbers, callflow->patterns);
  (void)plan.find("+4930123456", CallerKind::internal);
  if (callflow->root) {
    for_each_block(*callflow->root, [](const Block& block) {
      const ResponseSettings settings = read_response(block);
      check(settings.code >= 300 && settings.code <= 699);
      check(settings.phrase.find_first_of("\r\n") == std::string::npos);
    });
  }
  const auto again = parse_callflow(serialize(*callflow));
  check(again.has_value() && again->document == callflow->document);
  check(parse_callflow(serialize_pretty(*callflow)).has_value());
  return 0;
}
