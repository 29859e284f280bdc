// Ring groups.
#include "api/account_object.hpp"
#include "api/page.hpp"
#include "api/routes.hpp"

namespace strowger::api {

namespace json = boost::json;
using store::ObjectKind;

namespace {

Answered<model::RingGroup> read_body(Visit& visit) {
  auto body = json_body(visit, object_limits);
  if (!body) return refused(body.error());
  auto group = model::read_ring_group(std::move(*body));
  if (!group) return refused(refusal(group.error()));
  return std::move(*group);
}

Response save(Visit& visit, const model::RingGroup& group, store::Revision expected, int status) {
  const auto found = store::check_ring_group(visit.store, visit.account(), group);
  if (model::has_errors(found)) return refusal(found);
  store::AccountChange change;
  change.objects.push_back(store::write_of(group, expected));
  if (auto failed = make_change(visit, change, ObjectKind::ring_group, group.id, "changed")) {
    return std::move(*failed);
  }
  return answer_object(visit, ObjectKind::ring_group, group.id, status);
}

}  // namespace

Response list_ring_groups(Visit& visit) {
  const auto page = page_request(visit.query);
  if (!page) return page.error();
  const auto groups = visit.store.objects(visit.account(), ObjectKind::ring_group);
  if (!groups) return refusal(groups.error());
  const auto used = use_counts(visit, ObjectKind::ring_group);
  std::vector<Item> items;
  for (const auto& stored : *groups) {
    const auto group = model::parse_ring_group(stored.document);
    if (!group) continue;
    const auto text = lower_case(group->name + '\n' + stored.id);
    if (text.find(page->search) == std::string::npos) continue;
    const auto uses = used.find(stored.id);
    items.push_back({name_key(group->name, stored.id),
                     {{"id", stored.id},
                      {"name", group->name},
                      {"strategy", model::ring_strategy_name(group->strategy)},
                      {"endpoints", group->endpoints.size()},
                      {"revision", stored.revision},
                      {"changed_ms", stored.changed.time_since_epoch().count()},
                      {"used_by", uses == used.end() ? 0 : uses->second}}});
  }
  return page_of(std::move(items), *page);
}

Response get_ring_group(Visit& visit) {
  return answer_object(visit, ObjectKind::ring_group, visit.param("ring_group"), 200);
}

Response ring_group_used_by(Visit& visit) {
  return answer_uses(visit, ObjectKind::ring_group, visit.param("ring_group"));
}

Response create_ring_group(Visit& visit) {
  auto group = read_body(visit);
  if (!group) return group.error();
  const std::lock_guard lock(visit.state.write);
  auto id = new_id(visit, ObjectKind::ring_group, group->id);
  if (!id) return id.error();
  group->assign_id(*id);
  auto response = save(visit, *group, 0, 201);
  if (response.status == 201) {
    response.headers.emplace_back("Location", "/api/v1/accounts/" + visit.account() +
                                                  "/ring_groups/" + *id);
  }
  return response;
}

Response put_ring_group(Visit& visit) {
  auto group = read_body(visit);
  if (!group) return group.error();
  const auto& id = visit.param("ring_group");
  if (auto wrong = check_id(group->id, id)) return std::move(*wrong);
  group->assign_id(id);
  const std::lock_guard lock(visit.state.write);
  const auto before = seen(visit, ObjectKind::ring_group, id);
  if (!before) return before.error();
  return save(visit, *group, *before ? (*before)->revision : 0, *before ? 200 : 201);
}

Response delete_ring_group(Visit& visit) {
  const auto& id = visit.param("ring_group");
  const std::lock_guard lock(visit.state.write);
  const auto stored = seen_there(visit, ObjectKind::ring_group, id);
  if (!stored) return stored.error();
  store::AccountChange change;
  change.removed_objects.push_back({ObjectKind::ring_group, id, stored->revision});
  if (auto kept = settle_uses(visit, ObjectKind::ring_group, id, "", change)) {
    return std::move(*kept);
  }
  if (auto failed = make_change(visit, change, ObjectKind::ring_group, id, "removed")) {
    return std::move(*failed);
  }
  return no_content();
}

}  // namespace strowger::api
