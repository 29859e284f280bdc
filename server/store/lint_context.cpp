#include "store/lint_context.hpp"

#include "model/device.hpp"
#include "model/ring_group.hpp"
#include "model/seat.hpp"

#include <algorithm>
#include <utility>

namespace strowger::store {

namespace {

constexpr std::size_t groups_followed_max = 100;

}  // namespace

LintContext::LintContext(Store& store, std::string account)
    : store_(store), account_(std::move(account)) {}

std::optional<bool> LintContext::exists(model::RefTarget target, std::string_view id) const {
  const auto answer = [this](const auto& outcome) -> std::optional<bool> {
    if (outcome) return true;
    if (outcome.error().kind == ErrorKind::not_found) return false;
    failed_ = true;
    return std::nullopt;
  };
  switch (target) {
    case model::RefTarget::media: return answer(store_.media_file(account_, id));
    case model::RefTarget::callflow: return answer(store_.callflow(account_, id));
    case model::RefTarget::menu: return std::nullopt;  // menus are not stored yet
    case model::RefTarget::seat: return answer(store_.object(account_, ObjectKind::seat, id));
    case model::RefTarget::device: return answer(store_.object(account_, ObjectKind::device, id));
    case model::RefTarget::ring_group:
      return answer(store_.object(account_, ObjectKind::ring_group, id));
    case model::RefTarget::temporal_rule:
      return answer(store_.object(account_, ObjectKind::temporal_rule, id));
    case model::RefTarget::temporal_rule_set:
      return answer(store_.object(account_, ObjectKind::temporal_rule_set, id));
    case model::RefTarget::trunk: return answer(store_.object(account_, ObjectKind::trunk, id));
  }
  return std::nullopt;
}

bool LintContext::disabled(model::RefTarget target, std::string_view id) const {
  const bool seat = target == model::RefTarget::seat;
  if (!seat && target != model::RefTarget::device) return false;
  const auto found =
      store_.object(account_, seat ? ObjectKind::seat : ObjectKind::device, id);
  if (!found) return false;
  if (seat) {
    const auto read = model::parse_seat(found->document);
    return read && !read->enabled;
  }
  const auto read = model::parse_device(found->document);
  return read && !read->enabled;
}

const model::Callflow* LintContext::callflow(std::string_view id) const {
  const auto known = loaded_.find(id);
  if (known != loaded_.end()) return known->second.get();
  auto& slot = loaded_[std::string(id)];
  const auto summary = store_.callflow(account_, id);
  if (!summary) {
    failed_ = failed_ || summary.error().kind != ErrorKind::not_found;
    return nullptr;
  }
  const auto found = store_.revision(account_, id, summary->published);
  if (!found) {
    failed_ = true;
    return nullptr;
  }
  if (auto parsed = model::parse_callflow(found->document)) {
    slot = std::make_unique<model::Callflow>(std::move(*parsed));
  }
  return slot.get();
}

std::optional<std::string> LintContext::number_owner(std::string_view number) const {
  const auto owner = store_.number_owner(account_, number);
  failed_ = failed_ || !owner;
  return owner ? *owner : std::nullopt;
}

std::optional<std::string> LintContext::pattern_owner(std::string_view pattern) const {
  const auto owner = store_.pattern_owner(account_, pattern);
  failed_ = failed_ || !owner;
  return owner ? *owner : std::nullopt;
}

std::optional<std::string> LintContext::seat_with_extension(std::string_view extension) const {
  const auto seat = store_.object_with(account_, ObjectKind::seat, extension);
  failed_ = failed_ || !seat;
  return seat ? *seat : std::nullopt;
}

std::vector<std::string> LintContext::seats_behind(std::string_view id) const {
  std::vector<std::string> seats;
  const auto add_owner = [&](std::string_view device) {
    const auto found = store_.object(account_, ObjectKind::device, device);
    if (!found) return;
    const auto read = model::parse_device(found->document);
    if (read && !read->owner_id.empty()) seats.push_back(read->owner_id);
  };
  add_owner(id);
  // Groups in groups, each once: a document may name itself.
  std::vector<std::string> groups{std::string(id)};
  for (std::size_t at = 0; at < groups.size() && at < groups_followed_max; ++at) {
    const auto found = store_.object(account_, ObjectKind::ring_group, groups[at]);
    if (!found) continue;
    const auto group = model::parse_ring_group(found->document);
    if (!group) continue;
    for (const auto& member : group->endpoints) {
      using Type = model::RingEndpoint::Type;
      if (member.type == Type::user) seats.push_back(member.id);
      else if (member.type == Type::device) add_owner(member.id);
      else if (std::ranges::find(groups, member.id) == groups.end()) groups.push_back(member.id);
    }
  }
  return seats;
}

}  // namespace strowger::store
