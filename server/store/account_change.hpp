// Seats, devices, ring groups, rules of Time of Day and trunks as the store has them, and a change
// of several things of an account at once. What the documents say is model/'s affair: here they are
// text under an id.
#pragma once

#include "base/time.hpp"
#include "model/callflow.hpp"
#include "model/device.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::store {

// Of a callflow 1, 2, 3 …; of an object the store's generation that wrote it, so that a deleted one
// never comes back under an old revision. 0 means none. The number in an ETag.
using Revision = std::int64_t;

// Who changes what, when and why; kept with every revision of a callflow.
struct Authorship {
  std::string who;   // user name or "cli"
  WallTime when{};
  std::string note;  // may be ""
};

// One revision of a callflow to be written.
struct CallflowWrite {
  model::Callflow callflow;  // its id is set
  std::optional<Revision> expected = {};  // the latest one that the writer has seen
  bool publish = false;
};

enum class ObjectKind : std::uint8_t {
  seat,
  device,
  ring_group,
  temporal_rule,
  temporal_rule_set,
  trunk,
};
std::string_view kind_name(ObjectKind kind);  // "seat", "device", "ring_group"
std::string_view kind_noun(ObjectKind kind);  // "seat", "device", "ring group"

inline constexpr std::size_t objects_max = 100'000;  // per account and kind

struct StoredObject {
  std::string id;
  Revision revision = 0;
  std::string document;  // JSON text
  WallTime changed{};
};

struct ObjectWrite {
  ObjectKind kind = ObjectKind::seat;
  std::string id;  // identifier.hpp
  std::string document;
  std::string unique;  // what no other object of the kind may have; "" for none. A seat's
                       // extension, a device's username, a trunk's login: no trunk has a login
                       // that is a device's, or a seat's extension or id, either
  std::optional<Revision> expected = {};  // that the writer has seen; 0: there must be none yet
  // Of a device or a trunk; nothing: it keeps what it has. A trunk loses it with its login, and
  // when that is another.
  std::optional<model::DigestSecret> secret = {};
  // That a trunk answers its carrier's challenges with; "" takes it away, nothing: it keeps it.
  std::optional<std::string> password = {};
};

struct ObjectRemoval {
  ObjectKind kind = ObjectKind::seat;
  std::string id;
  std::optional<Revision> expected = {};
};

struct CallflowRemoval {
  std::string id;
  std::optional<Revision> expected = {};
};

// In this order: what is removed gives its numbers and names free for what is written.
struct AccountChange {
  std::vector<ObjectRemoval> removed_objects;
  std::vector<CallflowRemoval> removed_callflows;
  std::vector<ObjectWrite> objects;
  std::vector<CallflowWrite> callflows;
};

}  // namespace strowger::store
