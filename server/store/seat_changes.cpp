#include "store/seat_changes.hpp"

#include "model/number_match.hpp"
#include "model/seat_kit.hpp"
#include "store/digest_secret.hpp"

namespace strowger::store {
namespace {

struct Owner {
  CallflowSummary summary;
  model::Callflow callflow;  // the live one
};

// Of a number; nothing when no live callflow has it.
Outcome<std::optional<Owner>> owner_of(Store& store, std::string_view account,
                                       std::string_view number) {
  const auto id = store.number_owner(account, number);
  if (!id) return tl::unexpected<Error>(id.error());
  if (!*id) return std::nullopt;
  const auto summary = store.callflow(account, **id);
  if (!summary) return tl::unexpected<Error>(summary.error());
  const auto stored = store.revision(account, **id, summary->published);
  if (!stored) return tl::unexpected<Error>(stored.error());
  auto callflow = model::parse_callflow(stored->document);
  if (!callflow) return std::nullopt;
  return Owner{*summary, std::move(*callflow)};
}

// The extension of a seat may lead to a callflow only when that rings the seat.
Outcome<void> check_extension(Store& store, std::string_view account, const model::Seat& seat) {
  if (seat.extension.empty()) return {};
  const auto owner = owner_of(store, account, seat.extension);
  if (!owner) return tl::unexpected<Error>(owner.error());
  if (!*owner || model::rings((*owner)->callflow, seat.id)) return {};
  return fail(ErrorKind::conflict,
              "the number " + seat.extension + " belongs to the callflow “" +
                  (*owner)->summary.id + "” (" + (*owner)->summary.name +
                  "), which does not ring this seat",
              (*owner)->summary.id, "/extension");
}

Outcome<std::optional<model::Seat>> stored_seat(Store& store, std::string_view account,
                                                std::string_view id) {
  const auto stored = store.object(account, ObjectKind::seat, id);
  if (!stored) {
    if (stored.error().kind == ErrorKind::not_found) return std::nullopt;
    return tl::unexpected<Error>(stored.error());
  }
  auto seat = model::parse_seat(stored->document);
  if (!seat) return std::nullopt;
  return std::move(*seat);
}

model::Device without_owner(const model::Device& device) {
  auto document = device.document;
  document.erase("owner_id");
  auto read = model::read_device(std::move(document));
  return read ? std::move(*read) : device;
}

}  // namespace

ObjectWrite write_of(const model::Seat& seat, std::optional<Revision> expected) {
  return {ObjectKind::seat, seat.id, serialize(seat), seat.extension, expected, {}, {}};
}

ObjectWrite write_of(const model::Device& device, std::optional<Revision> expected) {
  return {ObjectKind::device, device.id, serialize(device), device.username, expected, {}, {}};
}

ObjectWrite write_of(const model::RingGroup& group, std::optional<Revision> expected) {
  return {ObjectKind::ring_group, group.id, serialize(group), "", expected, {}, {}};
}

ObjectWrite write_of(const model::Trunk& trunk, std::optional<Revision> expected) {
  return {ObjectKind::trunk, trunk.id, serialize(trunk), trunk.login, expected, {}, {}};
}

ObjectWrite write_of(const model::TemporalRule& rule, std::optional<Revision> expected) {
  return {ObjectKind::temporal_rule, rule.id, serialize(rule), "", expected, {}};
}

ObjectWrite write_of(const model::TemporalRuleSet& set, std::optional<Revision> expected) {
  return {ObjectKind::temporal_rule_set, set.id, serialize(set), "", expected, {}};
}

Outcome<std::optional<model::Callflow>> callflow_of(Store& store, std::string_view account,
                                                    const model::Seat& seat) {
  if (seat.extension.empty()) return std::nullopt;
  auto owner = owner_of(store, account, seat.extension);
  if (!owner) return tl::unexpected<Error>(owner.error());
  if (!*owner || (*owner)->summary.latest != (*owner)->summary.published ||
      !model::is_seat_callflow((*owner)->callflow, seat.id)) {
    return std::nullopt;
  }
  return std::move((*owner)->callflow);
}

Outcome<std::vector<model::Device>> devices_of(Store& store, std::string_view account,
                                               std::string_view seat) {
  const auto stored = store.objects(account, ObjectKind::device);
  if (!stored) return tl::unexpected<Error>(stored.error());
  std::vector<model::Device> all;
  for (const auto& one : *stored) {
    auto device = model::parse_device(one.document);
    if (device && device->owner_id == seat) all.push_back(std::move(*device));
  }
  return all;
}

Outcome<AccountChange> adding(Store& store, std::string_view account, const NewSeat& wanted) {
  const auto home = store.account(account);
  if (!home) return tl::unexpected<Error>(home.error());
  auto change = saving(store, account, wanted.seat, 0);
  if (!change) return change;
  auto device = write_of(model::first_device(wanted.seat, wanted.device_id, wanted.username), 0);
  device.secret = digest_secret(wanted.username, model::digest_realm(home->realm),
                                wanted.password);
  change->objects.push_back(std::move(device));
  change->callflows.push_back({model::seat_callflow(wanted.seat, wanted.callflow_id), 0, true});
  return change;
}

Outcome<AccountChange> saving(Store& store, std::string_view account, const model::Seat& seat,
                              std::optional<Revision> expected) {
  if (auto free = check_extension(store, account, seat); !free) {
    return tl::unexpected<Error>(std::move(free.error()));
  }
  AccountChange change;
  change.objects.push_back(write_of(seat, expected));
  const auto before = stored_seat(store, account, seat.id);
  if (!before) return tl::unexpected<Error>(before.error());
  if (!*before) return change;
  const bool same = (*before)->extension == seat.extension && (*before)->name() == seat.name();
  if (same) return change;
  auto own = callflow_of(store, account, **before);
  if (!own) return tl::unexpected<Error>(own.error());
  if (*own) change.callflows.push_back({model::followed(**own, **before, seat), {}, true});
  return change;
}

Outcome<AccountChange> removing(Store& store, std::string_view account,
                                const SeatRemoval& wanted) {
  const auto seat = stored_seat(store, account, wanted.id);
  if (!seat) return tl::unexpected<Error>(seat.error());
  AccountChange change;
  change.removed_objects.push_back({ObjectKind::seat, wanted.id, wanted.expected});
  if (!*seat) return change;
  const auto devices = devices_of(store, account, wanted.id);
  if (!devices) return tl::unexpected<Error>(devices.error());
  for (const auto& device : *devices) {
    if (wanted.devices == Fate::remove) {
      change.removed_objects.push_back({ObjectKind::device, device.id, {}});
    } else {
      change.objects.push_back(write_of(without_owner(device)));
    }
  }
  if (wanted.callflow == Fate::keep) return change;
  const auto own = callflow_of(store, account, **seat);
  if (!own) return tl::unexpected<Error>(own.error());
  if (*own) change.removed_callflows.push_back({(*own)->id, {}});
  return change;
}

}  // namespace strowger::store
