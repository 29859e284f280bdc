// Writing callflows: save, publish, duplicate, delete.
#include "api/callflow_document.hpp"
#include "api/fields.hpp"
#include "api/precondition.hpp"
#include "api/routes.hpp"

#include "model/identifier.hpp"
#include "model/utf8.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <set>

namespace strowger::api {

namespace json = boost::json;

namespace {

constexpr std::size_t note_chars_max = 256;

struct Wish {
  bool publish = false;
  std::string note;
};

Answered<Wish> read_wish(const Visit& visit) {
  const auto publish = asked_flag(visit, "publish");
  if (!publish) return refused(publish.error());
  auto note = asked_text(visit, "note", note_chars_max);
  if (!note) return refused(note.error());
  return Wish{*publish, std::move(*note)};
}

store::Authorship author(const Visit& visit, const std::string& note) {
  return {visit.who.user.id, visit.now(), note};
}

Response answer_saved(Visit& visit, const std::string& id, int status) {
  const auto summary = visit.store.callflow(visit.account(), id);
  if (!summary) return refusal(summary.error());
  const auto stored = visit.store.revision(visit.account(), id, summary->latest);
  if (!stored) return refusal(stored.error());
  visit.audit_target = "callflow/" + id;
  if (visit.audit_note.empty()) visit.audit_note = "revision " + std::to_string(summary->latest);
  Event event{.type = "callflow.changed", .account = visit.account()};
  event.more = {{"callflow", id},
                {"revision", summary->latest},
                {"published", summary->published},
                {"who", visit.who.user.id}};
  if (auto failed = make_live(visit, std::move(event))) return std::move(*failed);
  const auto parsed = model::parse_callflow(stored->document);
  json::object more;
  more["findings"] = model::findings_json(parsed ? lint_of(visit, *parsed) : parsed.error());
  Response response{.status = status, .type = "application/json",
                    .body = revision_text(*stored, *summary, more)};
  if (status == 201) {
    response.headers.emplace_back("Location", "/api/v1/accounts/" + visit.account() +
                                                  "/callflows/" + id);
  }
  return with_etag(std::move(response), revision_etag(summary->latest));
}

std::optional<Response> check_publishable(Visit& visit, const model::Callflow& callflow) {
  if (auto taken = check_owners(visit, callflow)) return taken;
  const auto findings = lint_of(visit, callflow);
  if (!model::has_errors(findings)) return std::nullopt;
  return refusal(422, "The callflow has errors, so it can't go live.",
                 {{"findings", model::findings_json(findings)}});
}

// Under the write lock. `latest`: what was there when we looked; 0 for nothing.
Response save(Visit& visit, const model::Callflow& callflow, const Wish& wish,
              store::Revision latest) {
  if (wish.publish) {
    if (auto refusal = check_publishable(visit, callflow)) return std::move(*refusal);
  }
  const auto by = author(visit, wish.note);
  const auto& account = visit.account();
  const auto saved = wish.publish ? visit.store.save_and_publish(account, callflow, by, latest)
                                  : visit.store.save_draft(account, callflow, by, latest);
  if (saved) return answer_saved(visit, callflow.id, latest == 0 ? 201 : 200);
  if (saved.error().kind == store::ErrorKind::stale) return changed_meanwhile(visit, callflow.id);
  return refusal(saved.error());
}

// The document is the latest revision already: at most it goes live.
Response keep(Visit& visit, const model::Callflow& callflow, const Wish& wish,
              const store::CallflowSummary& there) {
  if (wish.publish && there.published != there.latest) {
    if (auto refusal = check_publishable(visit, callflow)) return std::move(*refusal);
    const auto live = visit.store.publish(visit.account(), there.id, there.latest, there.latest);
    if (!live) return refusal(live.error());
  }
  return answer_saved(visit, there.id, 200);
}

bool is_latest(Visit& visit, const model::Callflow& callflow) {
  const auto latest = visit.store.revision(visit.account(), callflow.id, 0);
  return latest && latest->document == model::serialize(callflow);
}

// What is there, seen by the writer; else 404, 412 or 428.
Answered<store::CallflowSummary> seen_callflow(Visit& visit) {
  const auto precondition = Precondition::of(visit.request);
  if (!precondition) return refused(precondition.error());
  if (!precondition->given()) return refused(precondition_required());
  auto summary = visit.store.callflow(visit.account(), visit.param("callflow"));
  if (!summary) return refused(refusal(summary.error()));
  if (!precondition->holds(revision_etag(summary->latest))) {
    return refused(changed_meanwhile(visit, summary->id));
  }
  return std::move(*summary);
}

std::string copy_name(const std::string& name, const std::set<std::string>& taken) {
  for (int i = 1;; ++i) {
    const std::string ending = i == 1 ? " copy" : " copy " + std::to_string(i);
    auto begin = name;
    while (model::utf8_length(begin + ending) > model::name_chars_max) {
      begin = model::utf8_repaired(begin, begin.size() - 1);
    }
    if (!taken.contains(begin + ending)) return begin + ending;
  }
}

}  // namespace

Response create_callflow(Visit& visit) {
  const auto wish = read_wish(visit);
  if (!wish) return wish.error();
  auto callflow = parse_document(visit.request.body);
  if (!callflow) return callflow.error();
  if (callflow->id.empty()) callflow->assign_id(random_identifier());
  const std::lock_guard lock(visit.state.write);
  if (visit.store.callflow(visit.account(), callflow->id)) {
    return refusal(409, "There is a callflow “" + callflow->id + "” already; save it by PUT.");
  }
  return save(visit, *callflow, *wish, 0);
}

Response put_callflow(Visit& visit) {
  const auto precondition = Precondition::of(visit.request);
  if (!precondition) return precondition.error();
  if (!precondition->given()) return precondition_required();
  const auto wish = read_wish(visit);
  if (!wish) return wish.error();
  auto callflow = parse_document(visit.request.body);
  if (!callflow) return callflow.error();
  const auto& id = visit.param("callflow");
  if (!model::is_identifier(id) || (!callflow->id.empty() && callflow->id != id)) {
    return refusal(model::Findings{{model::Severity::error, "bad-id", "/id", "",
                                    "The document's id is not that of the address.", ""}});
  }
  if (callflow->id.empty()) callflow->assign_id(id);
  const std::lock_guard lock(visit.state.write);
  const auto there = visit.store.callflow(visit.account(), id);
  if (!there && there.error().kind != store::ErrorKind::not_found) return refusal(there.error());
  if (!there) {
    if (precondition->creates()) return save(visit, *callflow, *wish, 0);
    return refusal(there.error());
  }
  // A write that has been done already is no conflict (RFC 9110 §13.1.1).
  const bool done = !precondition->creates() && is_latest(visit, *callflow);
  if (!done && !precondition->holds(revision_etag(there->latest))) {
    return changed_meanwhile(visit, id);
  }
  return done ? keep(visit, *callflow, *wish, *there)
              : save(visit, *callflow, *wish, there->latest);
}

Response delete_callflow(Visit& visit) {
  const std::lock_guard lock(visit.state.write);
  const auto there = seen_callflow(visit);
  if (!there) return there.error();
  auto uses = visit.state.uses.of(visit.store, visit.account(), visit.state.catalog,
                                  model::RefTarget::callflow, there->id);
  if (!uses) return refusal(uses.error());
  std::erase_if(*uses, [&](const Use& use) { return use.callflow == there->id; });
  if (!uses->empty()) {
    json::array list;
    for (const auto& use : *uses) list.push_back(as_json(use));
    return refusal(409, "Other callflows run this one.", {{"used_by", std::move(list)}});
  }
  const auto removed = visit.store.remove_callflow(visit.account(), there->id, there->latest);
  if (!removed) return refusal(removed.error());
  visit.audit_target = "callflow/" + there->id;
  Event event{.type = "callflow.removed", .account = visit.account()};
  event.more = {{"callflow", there->id}, {"who", visit.who.user.id}};
  if (auto failed = make_live(visit, std::move(event))) return std::move(*failed);
  return no_content();
}

Response publish_callflow(Visit& visit) {
  const auto body = json_body(visit);
  if (!body) return body.error();
  const std::lock_guard lock(visit.state.write);
  const auto there = seen_callflow(visit);
  if (!there) return there.error();
  Fields fields(*body);
  const auto revision = fields.integer_or("revision", there->latest, 1, there->latest);
  if (!fields.good()) return fields.refusal();
  const auto stored = visit.store.revision(visit.account(), there->id, revision);
  if (!stored) return refusal(stored.error());
  const auto callflow = model::parse_callflow(stored->document);
  if (!callflow) return refusal(callflow.error());
  if (auto refusal = check_publishable(visit, *callflow)) return std::move(*refusal);
  const auto live = visit.store.publish(visit.account(), there->id, revision, there->latest);
  if (!live) return refusal(live.error());
  visit.audit_note = "revision " + std::to_string(revision);
  return answer_saved(visit, there->id, 200);
}

Response unpublish_callflow(Visit& visit) {
  const std::lock_guard lock(visit.state.write);
  const auto there = seen_callflow(visit);
  if (!there) return there.error();
  const auto done = visit.store.unpublish(visit.account(), there->id);
  if (!done) return refusal(done.error());
  return answer_saved(visit, there->id, 200);
}

Response duplicate_callflow(Visit& visit) {
  const auto body = json_body(visit);
  if (!body) return body.error();
  Fields fields(*body);
  auto name = fields.text_or("name", "", {.chars_max = model::name_chars_max});
  const auto revision = fields.integer_or("revision", 0, 1, INT64_MAX);
  if (!fields.good()) return fields.refusal();
  const std::lock_guard lock(visit.state.write);
  const auto original = visit.store.revision(visit.account(), visit.param("callflow"), revision);
  if (!original) return refusal(original.error());
  const auto all = visit.store.callflows(visit.account());
  if (!all) return refusal(all.error());
  auto callflow = model::parse_callflow(original->document);
  if (!callflow) return refusal(callflow.error());
  std::set<std::string> taken;
  for (const auto& other : *all) taken.insert(other.name);
  if (name.empty()) name = copy_name(callflow->name, taken);
  auto document = callflow->document;
  document["numbers"] = json::array();
  document["patterns"] = json::array();
  document.erase("_id");
  auto copy = model::parse_callflow(json::serialize(document));
  if (!copy) return refusal(copy.error());
  copy->assign_id(random_identifier());
  copy->rename(name);
  return save(visit, *copy, {.note = "copy of " + callflow->name}, 0);
}

}  // namespace strowger::api
