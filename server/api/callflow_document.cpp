#include "api/callflow_document.hpp"

#include "model/lint.hpp"
#include "store/lint_context.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace strowger::api {

namespace json = boost::json;

namespace {

Response taken(Visit& visit, const std::string& number, const std::string& owner) {
  const auto summary = visit.store.callflow(visit.account(), owner);
  const auto name = summary ? summary->name : owner;
  return refusal(409, number + " belongs to the callflow “" + name + "”.",
                 {{"owner", json::object{{"callflow", owner}, {"name", name},
                                         {"number", number}}}});
}

}  // namespace

Answered<model::Callflow> parse_document(std::string_view text) {
  auto callflow = model::parse_callflow(text);
  if (callflow) return std::move(*callflow);
  const auto& first = callflow.error().front();
  if (first.code == "too-large") {
    auto response = refusal(413, first.text,
                            {{"limit", model::document_bytes_max},
                             {"findings", model::findings_json(callflow.error())}});
    return refused(std::move(response));
  }
  const bool unreadable = first.code == "not-json" || first.code == "duplicate-key";
  return refused(refusal(callflow.error(), unreadable ? 400 : 422));
}

std::string revision_text(const store::CallflowRevision& stored,
                          const store::CallflowSummary& summary, const json::object& more) {
  json::object head{{"id", stored.id},
                    {"revision", stored.revision},
                    {"latest", summary.latest},
                    {"published", summary.published},
                    {"who", stored.by.who},
                    {"when_ms", stored.by.when.time_since_epoch().count()},
                    {"note", stored.by.note}};
  for (const auto& [name, value] : more) head[name] = value;
  auto text = json::serialize(head);
  text.back() = ',';
  return text + "\"document\":" + stored.document + "}\n";
}

std::string revision_etag(store::Revision latest) { return '"' + std::to_string(latest) + '"'; }

Response changed_meanwhile(Visit& visit, const std::string& callflow) {
  const auto latest = visit.store.revision(visit.account(), callflow, 0);
  if (!latest) {
    return refusal(412, "The callflow “" + callflow + "” was deleted meanwhile.");
  }
  const auto& by = latest->by;
  json::object current{{"revision", latest->revision},
                       {"who", by.who},
                       {"when_ms", by.when.time_since_epoch().count()},
                       {"note", by.note}};
  auto response = refusal(412, by.who + " saved revision " + std::to_string(latest->revision) +
                                   " meanwhile.",
                          {{"current", std::move(current)}});
  return with_etag(std::move(response), revision_etag(latest->revision));
}

model::Findings lint_of(Visit& visit, const model::Callflow& callflow) {
  const store::LintContext context(visit.store, visit.account());
  return model::lint(callflow, visit.state.catalog, context);
}

std::optional<Response> check_owners(Visit& visit, const model::Callflow& callflow) {
  for (const auto& number : callflow.numbers) {
    const auto owner = visit.store.number_owner(visit.account(), number);
    if (!owner) return refusal(owner.error());
    if (*owner && **owner != callflow.id) return taken(visit, number, **owner);
  }
  for (const auto& pattern : callflow.patterns) {
    const auto owner = visit.store.pattern_owner(visit.account(), pattern);
    if (!owner) return refusal(owner.error());
    if (*owner && **owner != callflow.id) return taken(visit, pattern, **owner);
  }
  return std::nullopt;
}

}  // namespace strowger::api
