// What a call wants changed in a document of its account: a feature code that forwards a seat's
// calls, a block that opens the night switch. The call goes on at once; who keeps the documents
// changes them a moment later (docs/decisions/0028-changes-by-calls.md).
#pragma once

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>

namespace strowger::model {

struct DocumentChange {
  enum class Kind : std::uint8_t { seat, temporal_rule };

  std::string account;
  Kind kind = Kind::seat;
  std::string id;
  boost::json::object patch;  // RFC 7396
  std::string what;           // for the audit log: "do not disturb on"
  std::string call;           // the id of its record
  std::string from;           // who called
};

// RFC 7396 §2: null removes a member, objects are merged, everything else replaces.
void merge_patch(boost::json::object& document, const boost::json::object& patch);

}  // namespace strowger::model
