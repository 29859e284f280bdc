#include "api/account_object.hpp"

#include "api/passwords.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <set>

namespace strowger::api {

namespace json = boost::json;
using store::ObjectKind;

namespace {

std::string target(ObjectKind kind, const std::string& id) {
  return std::string(store::kind_name(kind)) + "/" + id;
}

Response changed_meanwhile(Visit& visit, ObjectKind kind, const std::string& id,
                           const std::optional<std::string>& there) {
  return precondition_failed(
      visit, {visit.account(), target(kind, id), std::string(store::kind_noun(kind)), there});
}

Event object_event(const Visit& visit, ObjectKind kind, const std::string& id, const char* verb) {
  const std::string name(store::kind_name(kind));
  Event event{.type = name + "." + verb, .account = visit.account()};
  event.more = {{name, id}, {"who", visit.who.user.id}};
  return event;
}

void tell_of_callflow(Visit& visit, const std::string& callflow) {
  const auto now = visit.store.callflow(visit.account(), callflow);
  Event event{.type = now ? "callflow.changed" : "callflow.removed",
              .account = visit.account(),
              .at = visit.now()};
  event.more = {{"callflow", callflow}, {"who", visit.who.user.id}};
  if (now) {
    event.more["revision"] = now->latest;
    event.more["published"] = now->published;
  }
  visit.state.events.publish(std::move(event));
}

}  // namespace

std::string object_etag(const store::StoredObject& stored) {
  return '"' + std::to_string(stored.revision) + '"';
}

json::object document_of(const store::StoredObject& stored) {
  json::error_code error;
  auto parsed = json::parse(stored.document, error);
  return error || !parsed.is_object() ? json::object() : std::move(parsed.get_object());
}

Response answer_object(Visit& visit, ObjectKind kind, const std::string& id, int status,
                       const json::object& more) {
  const auto stored = visit.store.object(visit.account(), kind, id);
  if (!stored) return refusal(stored.error());
  const auto uses = uses_of(visit, kind, id);
  json::object out{{"id", stored->id},
                   {"revision", stored->revision},
                   {"changed_ms", stored->changed.time_since_epoch().count()},
                   {"used_by", uses ? uses->size() : 0}};
  for (const auto& [name, value] : more) out[name] = value;
  out["document"] = document_of(*stored);
  return with_etag(json_response(status, out), object_etag(*stored));
}

Answered<std::optional<store::StoredObject>> seen(Visit& visit, ObjectKind kind,
                                                  const std::string& id) {
  const auto precondition = Precondition::of(visit.request);
  if (!precondition) return refused(precondition.error());
  if (!precondition->given()) return refused(precondition_required());
  auto stored = visit.store.object(visit.account(), kind, id);
  if (!stored && stored.error().kind != store::ErrorKind::not_found) {
    return refused(refusal(stored.error()));
  }
  const auto there = stored ? std::optional(object_etag(*stored)) : std::nullopt;
  if (!precondition->holds(there)) return refused(changed_meanwhile(visit, kind, id, there));
  if (!stored) return std::optional<store::StoredObject>();
  return std::optional(std::move(*stored));
}

Answered<store::StoredObject> seen_there(Visit& visit, ObjectKind kind, const std::string& id) {
  if (const auto there = visit.store.object(visit.account(), kind, id); !there) {
    return refused(refusal(there.error()));
  }
  auto stored = seen(visit, kind, id);
  if (!stored) return refused(stored.error());
  return std::move(**stored);
}

Answered<std::string> new_id(Visit& visit, ObjectKind kind, const std::string& wanted) {
  if (wanted.empty()) return random_identifier();
  const auto there = visit.store.object(visit.account(), kind, wanted);
  if (!there) return wanted;
  return refused(refusal(409, "There is a " + std::string(store::kind_noun(kind)) + " “" + wanted +
                                  "”."));
}

std::optional<Response> check_id(const std::string& in_document, const std::string& in_address) {
  if (in_document.empty() || in_document == in_address) return std::nullopt;
  return refusal(model::Findings{{model::Severity::error, "bad-id", "/id", "",
                                  "The id has to be that of the address.", ""}});
}

std::optional<Response> make_change(Visit& visit, const store::AccountChange& change,
                                    ObjectKind kind, const std::string& id, const char* verb) {
  const store::Authorship by{visit.who.user.id, visit.now(), target(kind, id)};
  const auto done = visit.store.change(visit.account(), change, by);
  if (!done) return refusal(done.error());
  visit.audit_target = target(kind, id);
  std::set<std::string> callflows;
  for (const auto& write : change.callflows) callflows.insert(write.callflow.id);
  for (const auto& removed : change.removed_callflows) callflows.insert(removed.id);
  auto failed = make_live(visit, object_event(visit, kind, id, verb));
  for (const auto& callflow : callflows) tell_of_callflow(visit, callflow);
  return failed;
}

}  // namespace strowger::api
