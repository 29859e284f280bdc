// Who refers to seats, devices and ring groups, and what a delete does about them.
#include "api/account_object.hpp"
#include "api/repoint.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace strowger::api {

namespace json = boost::json;
using store::ObjectKind;

namespace {

model::RefTarget target_of(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::seat: return model::RefTarget::seat;
    case ObjectKind::device: return model::RefTarget::device;
    case ObjectKind::ring_group: return model::RefTarget::ring_group;
    case ObjectKind::temporal_rule: return model::RefTarget::temporal_rule;
    case ObjectKind::temporal_rule_set: return model::RefTarget::temporal_rule_set;
    case ObjectKind::trunk: return model::RefTarget::trunk;
  }
  return model::RefTarget::seat;
}

model::RingGroup with_member(const store::Membership& place, const std::string& id) {
  auto document = place.group.document;
  document["endpoints"].as_array()[place.index].as_object()["id"] = id;
  auto read = model::read_ring_group(std::move(document));
  return read ? std::move(*read) : place.group;
}

std::optional<Response> replace_everywhere(Visit& visit, ObjectKind kind, const std::string& id,
                                           const std::string& instead, const std::string& except,
                                           store::AccountChange& change) {
  const std::string noun(store::kind_noun(kind));
  if (kind == ObjectKind::temporal_rule) {
    return refusal(409, "Branches are named after rules: give them another rule in the callflows.");
  }
  if (instead == id) return refusal(409, "A " + noun + " can't replace itself.");
  const auto other = visit.store.object(visit.account(), kind, instead);
  if (!other) return refusal(other.error());
  auto writes = repointing(visit, target_of(kind), id, instead);
  if (!writes) return refusal(writes.error());
  std::erase_if(*writes, [&](const auto& write) { return write.callflow.id == except; });
  const auto members = store::memberships(visit.store, visit.account(), kind);
  if (!members) return refusal(members.error());
  std::map<std::string, model::RingGroup> groups;
  for (auto place : *members) {
    if (place.group.endpoints[place.index].id != id || place.group.id == id) continue;
    if (const auto known = groups.find(place.group.id); known != groups.end()) {
      place.group = known->second;
    }
    groups[place.group.id] = with_member(place, instead);
  }
  for (const auto& [name, group] : groups) {
    const auto found = store::check_ring_group(visit.store, visit.account(), group);
    if (model::has_errors(found)) return refusal(found);
    change.objects.push_back(store::write_of(group));
  }
  std::ranges::move(*writes, std::back_inserter(change.callflows));
  visit.audit_note = "replaced with " + instead;
  return std::nullopt;
}

}  // namespace

store::Outcome<ObjectUses> uses_of(Visit& visit, ObjectKind kind, const std::string& id) {
  const auto callflows = visit.state.uses.of(visit.store, visit.account(), visit.state.catalog,
                                             target_of(kind), id);
  if (!callflows) return tl::unexpected<store::Error>(callflows.error());
  ObjectUses uses;
  for (const auto& use : *callflows) {
    uses.push_back({use.callflow, "", use.what.block, as_json(use)});
  }
  const auto members = store::memberships(visit.store, visit.account(), kind);
  if (!members) return tl::unexpected<store::Error>(members.error());
  for (const auto& [group, index] : *members) {
    if (group.endpoints[index].id != id) continue;
    uses.push_back({"", group.id, "",
                    {{"ring_group", group.id},
                     {"name", group.name},
                     {"pointer", "/endpoints/" + std::to_string(index) + "/id"}}});
  }
  if (kind != ObjectKind::temporal_rule) return uses;
  const auto sets = store::sets_with(visit.store, visit.account(), id);
  if (!sets) return tl::unexpected<store::Error>(sets.error());
  for (const auto& set : *sets) {
    uses.push_back({"", "", "", {{"temporal_rule_set", set.id}, {"name", set.name}}});
  }
  return uses;
}

std::map<std::string, std::size_t, std::less<>> use_counts(Visit& visit, ObjectKind kind) {
  std::map<std::string, std::size_t, std::less<>> counts;
  if (const auto uses = visit.state.uses.all(visit.store, visit.account(), visit.state.catalog)) {
    for (const auto& use : *uses) {
      if (use.what.target == target_of(kind)) ++counts[use.what.id];
    }
  }
  if (const auto members = store::memberships(visit.store, visit.account(), kind)) {
    for (const auto& [group, index] : *members) ++counts[group.endpoints[index].id];
  }
  if (kind != ObjectKind::temporal_rule) return counts;
  if (const auto sets = visit.store.objects(visit.account(), ObjectKind::temporal_rule_set)) {
    for (const auto& stored : *sets) {
      const auto set = model::parse_temporal_rule_set(stored.document);
      if (!set) continue;
      for (const auto& rule : set->rules) ++counts[rule];
    }
  }
  return counts;
}

json::array as_json(const ObjectUses& uses) {
  json::array list;
  for (const auto& use : uses) list.push_back(use.told);
  return list;
}

Response answer_uses(Visit& visit, ObjectKind kind, const std::string& id) {
  if (const auto there = visit.store.object(visit.account(), kind, id); !there) {
    return refusal(there.error());
  }
  const auto uses = uses_of(visit, kind, id);
  if (!uses) return refusal(uses.error());
  return json_response(200, json::object{{"items", as_json(*uses)}});
}

std::optional<Response> settle_uses(Visit& visit, ObjectKind kind, const std::string& id,
                                    const std::string& except, store::AccountChange& change,
                                    json::object more) {
  const auto force = asked_flag(visit, "force");
  if (!force) return force.error();
  if (const auto instead = visit.asked("replace_with"); !instead.empty()) {
    return replace_everywhere(visit, kind, id, instead, except, change);
  }
  auto uses = uses_of(visit, kind, id);
  if (!uses) return refusal(uses.error());
  std::erase_if(*uses, [&](const ObjectUse& use) {
    return (!except.empty() && use.callflow == except) ||
           (kind == ObjectKind::ring_group && use.ring_group == id);
  });
  if (uses->empty() || *force) return std::nullopt;
  more["used_by"] = as_json(*uses);
  return refusal(409, "Callflows, ring groups or rule sets refer to this " +
                          std::string(store::kind_noun(kind)) +
                          ". Say replace_with, or force.",
                 std::move(more));
}

}  // namespace strowger::api
