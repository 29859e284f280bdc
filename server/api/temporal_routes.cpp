// Rules and rule sets of Time of Day, and what applies when.
#include "api/account_object.hpp"
#include "api/page.hpp"
#include "api/routes.hpp"

#include "base/time_zone.hpp"
#include "model/account_settings.hpp"
#include "model/schedule.hpp"

#include <algorithm>

namespace strowger::api {

namespace json = boost::json;
using model::TemporalRule;
using model::TemporalRuleSet;
using store::ObjectKind;

namespace {

template <class Thing>
struct Facts;

template <>
struct Facts<TemporalRule> {
  static constexpr auto kind = ObjectKind::temporal_rule;
  static constexpr const char* list = "temporal_rules";
  static constexpr auto parse = &model::parse_temporal_rule;
  static constexpr auto read = &model::read_temporal_rule;
  static model::Findings check(Visit&, const TemporalRule&) { return {}; }
  static void tell(json::object& item, const TemporalRule& rule) {
    item["cycle"] = model::temporal_cycle_name(rule.cycle);
    if (rule.enabled) item["enabled"] = *rule.enabled;
  }
};

template <>
struct Facts<TemporalRuleSet> {
  static constexpr auto kind = ObjectKind::temporal_rule_set;
  static constexpr const char* list = "temporal_rule_sets";
  static constexpr auto parse = &model::parse_temporal_rule_set;
  static constexpr auto read = &model::read_temporal_rule_set;
  static model::Findings check(Visit& visit, const TemporalRuleSet& set) {
    return store::check_temporal_rule_set(visit.store, visit.account(), set);
  }
  static void tell(json::object& item, const TemporalRuleSet& set) {
    item["rules"] = set.rules.size();
  }
};

template <class Thing>
const std::string& id_in_path(const Visit& visit) {
  return visit.param(store::kind_name(Facts<Thing>::kind));
}

template <class Thing>
Answered<Thing> read_body(Visit& visit) {
  auto body = json_body(visit, object_limits);
  if (!body) return refused(body.error());
  auto thing = Facts<Thing>::read(std::move(*body));
  if (!thing) return refused(refusal(thing.error()));
  return std::move(*thing);
}

template <class Thing>
Response save(Visit& visit, const Thing& thing, store::Revision expected, int status) {
  const auto found = Facts<Thing>::check(visit, thing);
  if (model::has_errors(found)) return refusal(found);
  store::AccountChange change;
  change.objects.push_back(store::write_of(thing, expected));
  if (auto failed = make_change(visit, change, Facts<Thing>::kind, thing.id, "changed")) {
    return std::move(*failed);
  }
  return answer_object(visit, Facts<Thing>::kind, thing.id, status);
}

template <class Thing>
Response list(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  const auto all = visit.store.objects(visit.account(), Facts<Thing>::kind);
  if (!all) return refusal(all.error());
  const auto used = use_counts(visit, Facts<Thing>::kind);
  std::vector<Item> items;
  for (const auto& stored : *all) {
    const auto thing = Facts<Thing>::parse(stored.document);
    if (!thing) continue;
    const auto text = lower_case(thing->name + '\n' + stored.id);
    if (text.find(page->search) == std::string::npos) continue;
    const auto uses = used.find(stored.id);
    json::object item{{"id", stored.id},
                      {"name", thing->name},
                      {"revision", stored.revision},
                      {"changed_ms", stored.changed.time_since_epoch().count()},
                      {"used_by", uses == used.end() ? 0 : uses->second}};
    Facts<Thing>::tell(item, *thing);
    items.push_back({name_key(thing->name, stored.id), std::move(item)});
  }
  return page_of(std::move(items), *page);
}

template <class Thing>
Response create(Visit& visit) {
  auto thing = read_body<Thing>(visit);
  if (!thing) return thing.error();
  const std::lock_guard lock(visit.state.write);
  auto id = new_id(visit, Facts<Thing>::kind, thing->id);
  if (!id) return id.error();
  thing->assign_id(*id);
  auto response = save(visit, *thing, 0, 201);
  if (response.status == 201) {
    response.headers.emplace_back("Location", "/api/v1/accounts/" + visit.account() + "/" +
                                                  Facts<Thing>::list + "/" + *id);
  }
  return response;
}

template <class Thing>
Response put(Visit& visit) {
  auto thing = read_body<Thing>(visit);
  if (!thing) return thing.error();
  const auto& id = id_in_path<Thing>(visit);
  if (auto wrong = check_id(thing->id, id)) return std::move(*wrong);
  thing->assign_id(id);
  const std::lock_guard lock(visit.state.write);
  const auto before = seen(visit, Facts<Thing>::kind, id);
  if (!before) return before.error();
  return save(visit, *thing, *before ? (*before)->revision : 0, *before ? 200 : 201);
}

template <class Thing>
Response remove(Visit& visit) {
  const auto& id = id_in_path<Thing>(visit);
  const std::lock_guard lock(visit.state.write);
  const auto stored = seen_there(visit, Facts<Thing>::kind, id);
  if (!stored) return stored.error();
  store::AccountChange change;
  change.removed_objects.push_back({Facts<Thing>::kind, id, stored->revision});
  if (auto kept = settle_uses(visit, Facts<Thing>::kind, id, "", change)) return std::move(*kept);
  if (auto failed = make_change(visit, change, Facts<Thing>::kind, id, "removed")) {
    return std::move(*failed);
  }
  return no_content();
}

std::string_view why(const TemporalRule& rule) {
  if (!rule.enabled) return "time";
  return *rule.enabled ? "forced on" : "forced off";
}

// The zone that was asked for, else the account's, else UTC.
Answered<TimeZone> zone_asked(Visit& visit) {
  const auto wanted = asked_text(visit, "timezone", 64);
  if (!wanted) return refused(wanted.error());
  auto name = *wanted;
  if (name.empty()) {
    const auto stored = visit.store.settings(visit.account());
    const auto settings = stored ? model::read_account_settings(*stored)
                                 : model::read_account_settings("{}");
    if (!settings || settings->timezone.empty()) return TimeZone::utc();
    name = settings->timezone;
  }
  if (const auto zone = TimeZone::named(name)) return *zone;
  return refused(refusal(400, "There is no time zone “" + name + "”."));
}

template <class Thing>
std::vector<Thing> read_all(Visit& visit) {
  std::vector<Thing> all;
  if (const auto stored = visit.store.objects(visit.account(), Facts<Thing>::kind)) {
    for (const auto& one : *stored) {
      if (auto thing = Facts<Thing>::parse(one.document)) all.push_back(std::move(*thing));
    }
  }
  return all;
}

}  // namespace

Response list_temporal_rules(Visit& visit) { return list<TemporalRule>(visit); }
Response create_temporal_rule(Visit& visit) { return create<TemporalRule>(visit); }
Response put_temporal_rule(Visit& visit) { return put<TemporalRule>(visit); }
Response delete_temporal_rule(Visit& visit) { return remove<TemporalRule>(visit); }
Response get_temporal_rule(Visit& visit) {
  return answer_object(visit, ObjectKind::temporal_rule, id_in_path<TemporalRule>(visit), 200);
}
Response temporal_rule_used_by(Visit& visit) {
  return answer_uses(visit, ObjectKind::temporal_rule, id_in_path<TemporalRule>(visit));
}

Response list_temporal_rule_sets(Visit& visit) { return list<TemporalRuleSet>(visit); }
Response create_temporal_rule_set(Visit& visit) { return create<TemporalRuleSet>(visit); }
Response put_temporal_rule_set(Visit& visit) { return put<TemporalRuleSet>(visit); }
Response delete_temporal_rule_set(Visit& visit) { return remove<TemporalRuleSet>(visit); }
Response get_temporal_rule_set(Visit& visit) {
  return answer_object(visit, ObjectKind::temporal_rule_set, id_in_path<TemporalRuleSet>(visit),
                       200);
}
Response temporal_rule_set_used_by(Visit& visit) {
  return answer_uses(visit, ObjectKind::temporal_rule_set, id_in_path<TemporalRuleSet>(visit));
}

Response temporal_preview(Visit& visit) {
  const auto zone = zone_asked(visit);
  if (!zone) return zone.error();
  const auto at = asked_text(visit, "at", 19);
  if (!at) return at.error();
  const auto time = at->empty() ? std::optional(zone->local(visit.now())) : read_local_time(*at);
  if (!time) return refusal(400, "at is a time on the clock there, such as 2026-12-24T18:00.");
  json::array rules;
  auto all = read_all<TemporalRule>(visit);
  for (const auto& rule : all) {
    rules.push_back(json::object{{"id", rule.id},
                                 {"name", rule.name},
                                 {"applies", model::applies(rule, *time, *zone)},
                                 {"why", why(rule)}});
  }
  json::array sets;
  const auto all_sets = read_all<TemporalRuleSet>(visit);
  const model::Schedule schedule(std::move(all), {});
  for (const auto& set : all_sets) {
    const bool any = std::ranges::any_of(schedule.rules_of(set), [&](const auto* rule) {
      return model::applies(*rule, *time, *zone);
    });
    sets.push_back(json::object{{"id", set.id}, {"name", set.name}, {"applies", any}});
  }
  return json_response(200, json::object{{"timezone", zone->name()},
                                         {"at", local_time_text(*time)},
                                         {"rules", std::move(rules)},
                                         {"sets", std::move(sets)}});
}

Response list_time_zones(Visit&) {
  json::array names;
  for (const auto& name : time_zone_names()) names.emplace_back(name);
  return json_response(200, json::object{{"items", std::move(names)}});
}

}  // namespace strowger::api
