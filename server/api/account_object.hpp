// What the answers about seats, devices and ring groups have in common: looking them up, ETags,
// who refers to them, a change made live.
#pragma once

#include "api/precondition.hpp"
#include "api/visit.hpp"
#include "store/seat_changes.hpp"

#include <boost/json/array.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace strowger::api {

inline constexpr BodyLimits object_limits{model::seat_bytes_max, model::seat_depth_max};

std::string object_etag(const store::StoredObject& stored);
// The document as JSON; {} if it can't be read, which only a damaged store could bring about.
boost::json::object document_of(const store::StoredObject& stored);
// {"id": …, "revision": …, "changed_ms": …, "used_by": …, "document": {…}} and `more`, with ETag.
Response answer_object(Visit& visit, store::ObjectKind kind, const std::string& id, int status,
                       const boost::json::object& more = {});

// What is stored under the id, when the request's precondition holds; 412, 428 when not. Nothing
// stored is an answer too: `seen` may create.
Answered<std::optional<store::StoredObject>> seen(Visit& visit, store::ObjectKind kind,
                                                  const std::string& id);
// The same for what has to be there: 404.
Answered<store::StoredObject> seen_there(Visit& visit, store::ObjectKind kind,
                                         const std::string& id);

// The id for the document of a POST: its own, or a random one. 409 when there is such a thing.
Answered<std::string> new_id(Visit& visit, store::ObjectKind kind, const std::string& wanted);
// 422 unless it is that of the address or absent.
std::optional<Response> check_id(const std::string& in_document, const std::string& in_address);

// A place that refers to an object: a block of a callflow, or a member of a ring group.
struct ObjectUse {
  std::string callflow;    // "" when it is a ring group
  std::string ring_group;  // "" when it is a callflow
  std::string block;       // "" when it is a ring group
  boost::json::object told;
};
using ObjectUses = std::vector<ObjectUse>;

store::Outcome<ObjectUses> uses_of(Visit& visit, store::ObjectKind kind, const std::string& id);
// By id, of all objects of the kind.
std::map<std::string, std::size_t, std::less<>> use_counts(Visit& visit, store::ObjectKind kind);
boost::json::array as_json(const ObjectUses& uses);
// Answers GET …/used-by.
Response answer_uses(Visit& visit, store::ObjectKind kind, const std::string& id);

// Stores the change, makes it live, and tells listeners "seat.changed" or "seat.removed" (`verb`)
// and of the callflows. Nothing when all went well. Under the write lock.
std::optional<Response> make_change(Visit& visit, const store::AccountChange& change,
                                    store::ObjectKind kind, const std::string& id,
                                    const char* verb);

// What a delete does about those who refer: refuse (409 with `used_by`), `force=true`, or
// `replace_with=ID`, which is added to the change. `except`: a callflow that goes with it.
std::optional<Response> settle_uses(Visit& visit, store::ObjectKind kind, const std::string& id,
                                    const std::string& except, store::AccountChange& change,
                                    boost::json::object more = {});

}  // namespace strowger::api
