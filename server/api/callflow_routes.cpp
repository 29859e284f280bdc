// Reading callflows: the list, documents, revisions, who runs whom, lint.
#include "api/callflow_document.hpp"
#include "api/page.hpp"
#include "api/reference_names.hpp"
#include "api/routes.hpp"

#include <boost/json/array.hpp>

#include <algorithm>
#include <charconv>
#include <set>

namespace strowger::api {

namespace json = boost::json;

namespace {

bool matches(const store::CallflowSummary& callflow, const std::string& search) {
  const auto has = [&](const std::string& text) {
    return lower_case(text).find(search) != std::string::npos;
  };
  return has(callflow.name) || has(callflow.id) || std::ranges::any_of(callflow.numbers, has) ||
         std::ranges::any_of(callflow.patterns, has);
}

json::object as_json(const store::CallflowSummary& callflow) {
  return {{"id", callflow.id},
          {"name", callflow.name},
          {"numbers", json::array(callflow.numbers.begin(), callflow.numbers.end())},
          {"patterns", json::array(callflow.patterns.begin(), callflow.patterns.end())},
          {"revision", callflow.latest},
          {"published", callflow.published},
          {"changed_ms", callflow.changed.time_since_epoch().count()}};
}

// By callflow id: who runs it.
using Runners = std::map<std::string, std::set<std::string>, std::less<>>;

Runners runners(Visit& visit) {
  Runners all;
  const auto uses = visit.state.uses.all(visit.store, visit.account(), visit.state.catalog);
  if (!uses) return all;
  for (const auto& use : *uses) {
    const bool runs = use.what.target == model::RefTarget::callflow;
    if (runs && use.callflow != use.what.id) all[use.what.id].insert(use.callflow);
  }
  return all;
}

void add_details(Visit& visit, const Runners& running, json::object& entry) {
  const std::string id(entry["id"].as_string());
  if (const auto latest = visit.store.revision(visit.account(), id, 0)) {
    entry["who"] = latest->by.who;
  }
  const auto found = running.find(id);
  entry["used_by"] = found == running.end() ? 0 : found->second.size();
  entry["live_calls"] = visit.state.live.of_callflow(visit.account(), id);
}

Answered<store::Revision> revision_number(std::string_view text) {
  store::Revision revision = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), revision);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size() || revision < 1) {
    return refused(refusal(404, "A revision is a whole number from 1 on."));
  }
  return revision;
}

Response answer_revision(Visit& visit, const store::CallflowSummary& summary,
                         store::Revision revision) {
  const auto stored = visit.store.revision(visit.account(), summary.id, revision);
  if (!stored) return refusal(stored.error());
  const json::object more{{"metadata", reference_names(visit, stored->document)}};
  return with_etag({.type = "application/json", .body = revision_text(*stored, summary, more)},
                   revision_etag(summary.latest));
}

}  // namespace

Response list_callflows(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  const auto state = visit.asked("state");
  if (!state.empty() && state != "all" && state != "drafts" && state != "problems") {
    return refusal(400, "state is all, drafts or problems.");
  }
  const auto callflows = visit.store.callflows(visit.account());
  if (!callflows) return refusal(callflows.error());
  std::vector<Item> items;
  for (const auto& callflow : *callflows) {
    if (!matches(callflow, page->search)) continue;
    if (state == "drafts" && callflow.published == callflow.latest) continue;
    auto entry = as_json(callflow);
    const auto count = visit.state.uses.lint(visit.store, visit.account(), callflow,
                                             visit.state.catalog);
    if (state == "problems" && count.errors + count.warnings == 0) continue;
    entry["errors"] = count.errors;
    entry["warnings"] = count.warnings;
    items.push_back({name_key(callflow.name, callflow.id), std::move(entry)});
  }
  const auto running = runners(visit);
  return page_of(std::move(items), *page,
                 [&](json::object& entry) { add_details(visit, running, entry); });
}

Response get_callflow(Visit& visit) {
  const auto summary = visit.store.callflow(visit.account(), visit.param("callflow"));
  if (!summary) return refusal(summary.error());
  const auto asked = visit.asked("revision");
  if (asked.empty() || asked == "latest") return answer_revision(visit, *summary, summary->latest);
  if (asked == "published") {
    if (summary->published == 0) return refusal(404, "Nothing of this callflow is live.");
    return answer_revision(visit, *summary, summary->published);
  }
  const auto revision = revision_number(asked);
  return revision ? answer_revision(visit, *summary, *revision) : revision.error();
}

Response get_revision(Visit& visit) {
  const auto summary = visit.store.callflow(visit.account(), visit.param("callflow"));
  if (!summary) return refusal(summary.error());
  const auto revision = revision_number(visit.param("revision"));
  return revision ? answer_revision(visit, *summary, *revision) : revision.error();
}

Response list_revisions(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  const auto summary = visit.store.callflow(visit.account(), visit.param("callflow"));
  if (!summary) return refusal(summary.error());
  const auto revisions = visit.store.revisions(visit.account(), summary->id);
  if (!revisions) return refusal(revisions.error());
  std::vector<Item> items;
  for (const auto& revision : *revisions) {
    // Newest first: keys ascend as revisions go down.
    constexpr store::Revision far = 1'000'000'000'000;
    items.push_back({std::to_string(far - revision.revision),
                     {{"revision", revision.revision},
                      {"who", revision.by.who},
                      {"when_ms", revision.by.when.time_since_epoch().count()},
                      {"note", revision.by.note},
                      {"published", revision.revision == summary->published}}});
  }
  return page_of(std::move(items), *page);
}

Response callflow_used_by(Visit& visit) {
  const auto& id = visit.param("callflow");
  if (const auto there = visit.store.callflow(visit.account(), id); !there) {
    return refusal(there.error());
  }
  const auto uses = visit.state.uses.of(visit.store, visit.account(), visit.state.catalog,
                                        model::RefTarget::callflow, id);
  if (!uses) return refusal(uses.error());
  json::array list;
  for (const auto& use : *uses) list.push_back(as_json(use));
  return json_response(200, json::object{{"items", std::move(list)}});
}

Response lint_callflow(Visit& visit) {
  const auto callflow = model::parse_callflow(visit.request.body);
  if (!callflow) {
    const auto refused = parse_document(visit.request.body);
    if (refused.error().status != 422) return refused.error();
  }
  const auto findings = callflow ? lint_of(visit, *callflow) : callflow.error();
  const auto count = [&](model::Severity severity) {
    return std::ranges::count(findings, severity, &model::Finding::severity);
  };
  return json_response(200, json::object{{"findings", model::findings_json(findings)},
                                         {"errors", count(model::Severity::error)},
                                         {"warnings", count(model::Severity::warning)}});
}

}  // namespace strowger::api
