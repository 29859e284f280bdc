// Changes of seats, devices, ring groups and rules that touch more than one thing, held against the
// account; what they come to is one AccountChange for Store::change. Used by the API and by the
// command line alike.
#pragma once

#include "model/finding.hpp"
#include "model/ring_group.hpp"
#include "model/seat.hpp"
#include "model/temporal_rule.hpp"
#include "model/trunk.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::store {

// A seat with its first phone and the callflow of its extension.
struct NewSeat {
  model::Seat seat;  // its id is set
  std::string device_id;
  std::string username;
  std::string password;
  std::string callflow_id;
};
// `conflict` when the extension is somebody else's. The change has one object for the seat, one for
// the device, and one live callflow.
Outcome<AccountChange> adding(Store& store, std::string_view account, const NewSeat& wanted);

// A seat alone, new or changed; the callflow that was made for it follows. `expected` as in
// ObjectWrite.
Outcome<AccountChange> saving(Store& store, std::string_view account, const model::Seat& seat,
                              std::optional<Revision> expected);

enum class Fate : std::uint8_t { keep, remove };

struct SeatRemoval {
  std::string id;
  std::optional<Revision> expected = {};
  Fate devices = Fate::keep;   // kept ones belong to nobody
  Fate callflow = Fate::keep;  // the one that was made for it
};
Outcome<AccountChange> removing(Store& store, std::string_view account,
                                const SeatRemoval& wanted);

// The callflow that was made for the seat and that its extension leads to, when it is live as it
// was last saved; else nothing.
Outcome<std::optional<model::Callflow>> callflow_of(Store& store, std::string_view account,
                                                    const model::Seat& seat);
Outcome<std::vector<model::Device>> devices_of(Store& store, std::string_view account,
                                               std::string_view seat);

// Every mention of a seat, a device or a group by a ring group.
struct Membership {
  model::RingGroup group;
  std::size_t index = 0;  // in group.endpoints
};
Outcome<std::vector<Membership>> memberships(Store& store, std::string_view account,
                                             ObjectKind kind);

// Do those that the documents name exist? Errors with pointers into the document.
model::Findings check_device(Store& store, std::string_view account, const model::Device& device);
// Also: no group may ring itself, nor nest deeper than model::ring_group_nesting_max.
model::Findings check_ring_group(Store& store, std::string_view account,
                                 const model::RingGroup& group);

// The rules of the set have to exist.
model::Findings check_temporal_rule_set(Store& store, std::string_view account,
                                        const model::TemporalRuleSet& set);
// The sets that have the rule.
Outcome<std::vector<model::TemporalRuleSet>> sets_with(Store& store, std::string_view account,
                                                       std::string_view rule);

ObjectWrite write_of(const model::Seat& seat, std::optional<Revision> expected = {});
ObjectWrite write_of(const model::Device& device, std::optional<Revision> expected = {});
ObjectWrite write_of(const model::RingGroup& group, std::optional<Revision> expected = {});
ObjectWrite write_of(const model::TemporalRule& rule, std::optional<Revision> expected = {});
ObjectWrite write_of(const model::TemporalRuleSet& set, std::optional<Revision> expected = {});
ObjectWrite write_of(const model::Trunk& trunk, std::optional<Revision> expected = {});

}  // namespace strowger::store
