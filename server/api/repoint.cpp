#include "api/repoint.hpp"

#include "model/callflow.hpp"

#include <boost/json/serialize.hpp>

#include <set>

namespace strowger::api {

namespace json = boost::json;

namespace {

using Writes = std::vector<store::CallflowWrite>;

struct Pair {
  model::RefTarget target;
  const std::string& from;
  const std::string& to;
};

struct Version {
  model::Callflow callflow;
  bool changed = false;
};

tl::unexpected<store::Error> unreadable(const model::Findings& findings) {
  return store::fail(store::ErrorKind::invalid, model::one_line(findings.front()));
}

// A stored revision with every reference changed.
store::Outcome<Version> read(Visit& visit, const std::string& callflow, store::Revision revision,
                             const Pair& ids) {
  const auto stored = visit.store.revision(visit.account(), callflow, revision);
  if (!stored) return tl::unexpected<store::Error>(stored.error());
  const auto parsed = model::parse_callflow(stored->document);
  if (!parsed) return unreadable(parsed.error());
  json::value document = parsed->document;
  bool changed = false;
  for (const auto& found : references(*parsed, visit.state.catalog)) {
    if (found.target != ids.target || found.id != ids.from) continue;
    json::error_code error;
    if (auto* const value = document.find_pointer(found.pointer, error)) {
      *value = ids.to;
      changed = true;
    }
  }
  auto again = model::parse_callflow(json::serialize(document));
  if (!again) return unreadable(again.error());
  return Version{std::move(*again), changed};
}

store::Outcome<void> repoint(Visit& visit, const store::CallflowSummary& callflow,
                             const Pair& ids, Writes& writes) {
  auto latest = read(visit, callflow.id, callflow.latest, ids);
  if (!latest) return tl::unexpected<store::Error>(latest.error());
  auto seen = callflow.latest;
  if (callflow.published != 0 && callflow.published != callflow.latest) {
    auto live = read(visit, callflow.id, callflow.published, ids);
    if (!live) return tl::unexpected<store::Error>(live.error());
    if (live->changed) {
      writes.push_back({std::move(live->callflow), seen++, true});
      latest->changed = true;  // the draft stays the latest one, whether it refers to it or not
    }
  }
  if (latest->changed) {
    writes.push_back(
        {std::move(latest->callflow), seen, callflow.published == callflow.latest});
  }
  return {};
}

}  // namespace

store::Outcome<Writes> repointing(Visit& visit, model::RefTarget target, const std::string& from,
                                  const std::string& to) {
  const auto uses = visit.state.uses.of(visit.store, visit.account(), visit.state.catalog, target,
                                        from);
  if (!uses) return tl::unexpected<store::Error>(uses.error());
  std::set<std::string> callflows;
  for (const auto& use : *uses) callflows.insert(use.callflow);
  Writes writes;
  for (const auto& id : callflows) {
    const auto summary = visit.store.callflow(visit.account(), id);
    if (!summary) return tl::unexpected<store::Error>(summary.error());
    auto done = repoint(visit, *summary, {target, from, to}, writes);
    if (!done) return tl::unexpected<store::Error>(std::move(done.error()));
  }
  return writes;
}

}  // namespace strowger::api
