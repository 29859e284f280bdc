#include "api/reference_names.hpp"

#include "model/device.hpp"
#include "model/ring_group.hpp"
#include "model/trunk.hpp"
#include "model/seat.hpp"
#include "model/temporal_rule.hpp"

#include <optional>

namespace strowger::api {

namespace json = boost::json;
using model::RefTarget;
using store::ObjectKind;

namespace {

template <class Thing>
using Parse = Result<Thing, model::Findings> (*)(std::string_view);

template <class Thing>
std::optional<Thing> stored(Visit& visit, ObjectKind kind, std::string_view id,
                            Parse<Thing> parse) {
  const auto found = visit.store.object(visit.account(), kind, id);
  if (!found) return std::nullopt;
  auto thing = parse(found->document);
  return thing ? std::optional(std::move(*thing)) : std::nullopt;
}

// Nothing when there is no such thing.
std::optional<std::string> name_of(Visit& visit, RefTarget target, std::string_view id) {
  switch (target) {
    case RefTarget::media: {
      const auto media = visit.store.media_file(visit.account(), id);
      return media ? std::optional(media->name) : std::nullopt;
    }
    case RefTarget::callflow: {
      const auto callflow = visit.store.callflow(visit.account(), id);
      return callflow ? std::optional(callflow->name) : std::nullopt;
    }
    case RefTarget::menu: return std::nullopt;
    case RefTarget::seat: {
      const auto seat = stored(visit, ObjectKind::seat, id, &model::parse_seat);
      return seat ? std::optional(seat->name()) : std::nullopt;
    }
    case RefTarget::device: {
      const auto device = stored(visit, ObjectKind::device, id, &model::parse_device);
      return device ? std::optional(device->name) : std::nullopt;
    }
    case RefTarget::ring_group: {
      const auto group = stored(visit, ObjectKind::ring_group, id, &model::parse_ring_group);
      return group ? std::optional(group->name) : std::nullopt;
    }
    case RefTarget::temporal_rule: {
      const auto rule = stored(visit, ObjectKind::temporal_rule, id, &model::parse_temporal_rule);
      return rule ? std::optional(rule->name) : std::nullopt;
    }
    case RefTarget::temporal_rule_set: {
      const auto set =
          stored(visit, ObjectKind::temporal_rule_set, id, &model::parse_temporal_rule_set);
      return set ? std::optional(set->name) : std::nullopt;
    }
    case RefTarget::trunk: {
      const auto trunk = stored(visit, ObjectKind::trunk, id, &model::parse_trunk);
      return trunk ? std::optional(trunk->name) : std::nullopt;
    }
  }
  return std::nullopt;
}

}  // namespace

json::object reference_names(Visit& visit, std::string_view document) {
  json::object names;
  const auto callflow = model::parse_callflow(document);
  if (!callflow) return names;
  for (const auto& found : references(*callflow, visit.state.catalog)) {
    auto& kind = names[model::target_name(found.target)];
    if (kind.is_null()) kind = json::object();
    if (kind.get_object().contains(found.id)) continue;
    if (const auto name = name_of(visit, found.target, found.id)) {
      kind.get_object()[found.id] = *name;
    }
  }
  return names;
}

}  // namespace strowger::api
