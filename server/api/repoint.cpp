#include "api/repoint.hpp"

#include "api/media_row.hpp"
#include "model/callflow.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>

namespace strowger::api {

namespace json = boost::json;

namespace {

// The document with every reference changed; nothing when it has none.
std::optional<model::Callflow> changed(Visit& visit, const std::string& callflow,
                                       store::Revision revision, const std::string& from,
                                       const std::string& to) {
  const auto stored = visit.store.revision(visit.account(), callflow, revision);
  if (!stored) return std::nullopt;
  const auto parsed = model::parse_callflow(stored->document);
  if (!parsed) return std::nullopt;
  json::value document = parsed->document;
  bool any = false;
  for (const auto& found : references(*parsed, visit.state.catalog)) {
    if (found.target != model::RefTarget::media || found.id != from) continue;
    json::error_code error;
    if (auto* const value = document.find_pointer(found.pointer, error)) {
      *value = to;
      any = true;
    }
  }
  if (!any) return std::nullopt;
  auto again = model::parse_callflow(json::serialize(document));
  return again ? std::optional(std::move(*again)) : std::nullopt;
}

std::optional<Response> repoint(Visit& visit, const store::CallflowSummary& callflow,
                                const std::string& from, const std::string& to) {
  const store::Authorship by{visit.who.user.id, visit.now(), from + " replaced with " + to};
  const bool draft_is_ahead = callflow.published != callflow.latest;
  if (callflow.published != 0) {
    if (const auto live = changed(visit, callflow.id, callflow.published, from, to)) {
      const auto saved = visit.store.save_and_publish(visit.account(), *live, by);
      if (!saved) return refusal(saved.error());
      if (!draft_is_ahead) return std::nullopt;
    }
  }
  if (!draft_is_ahead) return std::nullopt;
  // The draft stays the latest one, even if only the live revision had to change.
  auto draft = changed(visit, callflow.id, callflow.latest, from, to);
  if (!draft) {
    const auto now = visit.store.callflow(visit.account(), callflow.id);
    if (now && now->latest == callflow.latest) return std::nullopt;
    const auto stored = visit.store.revision(visit.account(), callflow.id, callflow.latest);
    auto same = stored ? model::parse_callflow(stored->document)
                       : model::parse_callflow("");
    if (!same) return std::nullopt;
    draft = std::move(*same);
  }
  const auto saved = visit.store.save_draft(visit.account(), *draft, by);
  return saved ? std::nullopt : std::optional(refusal(saved.error()));
}

}  // namespace

std::optional<Response> repoint_media(Visit& visit, const std::string& from,
                                      const std::string& to) {
  const auto uses = uses_of_media(visit, from);
  if (!uses) return refusal(uses.error());
  std::set<std::string> callflows;
  for (const auto& use : *uses) callflows.insert(use.callflow);
  for (const auto& id : callflows) {
    const auto summary = visit.store.callflow(visit.account(), id);
    if (!summary) return refusal(summary.error());
    if (auto failed = repoint(visit, *summary, from, to)) return failed;
    const auto now = visit.store.callflow(visit.account(), id);
    if (!now) continue;
    Event event{.type = "callflow.changed", .account = visit.account(), .at = visit.now()};
    event.more = {{"callflow", id}, {"revision", now->latest}, {"published", now->published},
                  {"who", visit.who.user.id}};
    visit.state.events.publish(std::move(event));
  }
  return std::nullopt;
}

}  // namespace strowger::api
