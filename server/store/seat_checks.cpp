// Whether what seats, devices, ring groups and rule sets refer to is there.
#include "store/seat_changes.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace strowger::store {
namespace {

using Groups = std::map<std::string, std::vector<std::string>, std::less<>>;  // id → groups in it

ObjectKind kind_of(model::RingEndpoint::Type type) {
  switch (type) {
    case model::RingEndpoint::Type::user: return ObjectKind::seat;
    case model::RingEndpoint::Type::device: return ObjectKind::device;
    case model::RingEndpoint::Type::group: return ObjectKind::ring_group;
  }
  return ObjectKind::seat;
}

std::string missing_code(ObjectKind kind) {
  switch (kind) {
    case ObjectKind::seat: return "missing-seat";
    case ObjectKind::device: return "missing-device";
    case ObjectKind::ring_group: return "missing-ring-group";
    case ObjectKind::temporal_rule: return "missing-temporal-rule";
    case ObjectKind::temporal_rule_set: return "missing-temporal-rule-set";
    case ObjectKind::trunk: return "missing-trunk";
  }
  return "";
}

// An error unless it is there; what the store can't say is not held against the document.
void want(Store& store, std::string_view account, ObjectKind kind, const std::string& id,
          std::string pointer, model::Findings& findings) {
  const auto there = store.object(account, kind, id);
  if (there || there.error().kind != ErrorKind::not_found) return;
  add_finding(findings, finding_in_words(
                            model::Severity::error, missing_code(kind), std::move(pointer), "",
                            {"There is no {{target}} “{{id}}” in this account.",
                             {{"target", std::string(kind_noun(kind))}, {"id", id}}},
                            "Add it, or choose another."));
}

std::vector<std::string> groups_in(const model::RingGroup& group) {
  std::vector<std::string> inner;
  for (const auto& endpoint : group.endpoints) {
    if (endpoint.type == model::RingEndpoint::Type::group) inner.push_back(endpoint.id);
  }
  return inner;
}

Groups groups_of(Store& store, std::string_view account) {
  Groups all;
  const auto stored = store.objects(account, ObjectKind::ring_group);
  if (!stored) return all;
  for (const auto& one : *stored) {
    const auto group = model::parse_ring_group(one.document);
    if (group) all[one.id] = groups_in(*group);
  }
  return all;
}

// How deep groups nest from `id` on (1: none inside), level by level; nothing when `forbidden` is
// among them. More than the limit is not looked at, so that an old circle elsewhere ends it too.
std::optional<std::size_t> nesting(const Groups& groups, const std::string& id,
                                   const std::string& forbidden) {
  std::set<std::string> level{id};
  std::size_t depth = 0;
  for (; !level.empty() && depth < model::ring_group_nesting_max; ++depth) {
    if (level.contains(forbidden)) return std::nullopt;
    std::set<std::string> below;
    for (const auto& group : level) {
      const auto found = groups.find(group);
      if (found != groups.end()) below.insert(found->second.begin(), found->second.end());
    }
    level = std::move(below);
  }
  return depth;
}

void check_nesting(const Groups& groups, const model::RingGroup& group, std::size_t index,
                   model::Findings& findings) {
  const auto depth = nesting(groups, group.endpoints[index].id, group.id);
  const auto pointer = "/endpoints/" + std::to_string(index) + "/id";
  if (!depth) {
    add_finding(findings, {model::Severity::error, "endless-loop", pointer, "",
                           "This group rings the group that it is in.", "Take it out."});
  } else if (*depth + 1 > model::ring_group_nesting_max) {
    add_finding(findings,
                finding_in_words(model::Severity::error, "too-deep", pointer, "",
                                 {"Groups nest at most {{maximum}} deep.",
                                  {{"maximum", std::to_string(model::ring_group_nesting_max)}}},
                                 "Put the members of the inner group here."));
  }
}

}  // namespace

Outcome<std::vector<Membership>> memberships(Store& store, std::string_view account,
                                             ObjectKind kind) {
  const auto stored = store.objects(account, ObjectKind::ring_group);
  if (!stored) return tl::unexpected<Error>(stored.error());
  std::vector<Membership> all;
  for (const auto& one : *stored) {
    const auto group = model::parse_ring_group(one.document);
    if (!group) continue;
    for (std::size_t i = 0; i < group->endpoints.size(); ++i) {
      if (kind_of(group->endpoints[i].type) == kind) all.push_back({*group, i});
    }
  }
  return all;
}

model::Findings check_device(Store& store, std::string_view account,
                             const model::Device& device) {
  model::Findings findings;
  if (!device.owner_id.empty()) {
    want(store, account, ObjectKind::seat, device.owner_id, "/owner_id", findings);
  }
  return findings;
}

model::Findings check_ring_group(Store& store, std::string_view account,
                                 const model::RingGroup& group) {
  model::Findings findings;
  const auto groups = groups_of(store, account);
  for (std::size_t i = 0; i < group.endpoints.size(); ++i) {
    const auto& endpoint = group.endpoints[i];
    const auto kind = kind_of(endpoint.type);
    if (kind == ObjectKind::ring_group) check_nesting(groups, group, i, findings);
    if (kind == ObjectKind::ring_group && endpoint.id == group.id) continue;
    want(store, account, kind, endpoint.id, "/endpoints/" + std::to_string(i) + "/id", findings);
  }
  if (!group.ringback.empty()) {
    const auto sound = store.media_file(account, group.ringback);
    if (!sound && sound.error().kind == ErrorKind::not_found) {
      add_finding(findings,
                  finding_in_words(model::Severity::error, "missing-media", "/ringback", "",
                                   {"There is no {{target}} “{{id}}” in this account.",
                                    {{"target", "media"}, {"id", group.ringback}}},
                                   "Add it, or choose another."));
    }
  }
  return findings;
}

model::Findings check_temporal_rule_set(Store& store, std::string_view account,
                                        const model::TemporalRuleSet& set) {
  model::Findings findings;
  for (std::size_t i = 0; i < set.rules.size(); ++i) {
    want(store, account, ObjectKind::temporal_rule, set.rules[i],
         "/temporal_rules/" + std::to_string(i), findings);
  }
  return findings;
}

Outcome<std::vector<model::TemporalRuleSet>> sets_with(Store& store, std::string_view account,
                                                       std::string_view rule) {
  const auto stored = store.objects(account, ObjectKind::temporal_rule_set);
  if (!stored) return tl::unexpected<Error>(stored.error());
  std::vector<model::TemporalRuleSet> all;
  for (const auto& one : *stored) {
    auto set = model::parse_temporal_rule_set(one.document);
    if (set && std::ranges::count(set->rules, rule) > 0) all.push_back(std::move(*set));
  }
  return all;
}

}  // namespace strowger::store
