// If-Match and If-None-Match: what a writer has seen (RFC 9110 §13.1).
#pragma once

#include "api/http.hpp"
#include "api/reply.hpp"
#include "api/visit.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::api {

class Precondition {
 public:
  // Nothing was said: everything matches.
  Precondition() = default;
  // 400 when a header can't be read.
  static Answered<Precondition> of(const Request& request);

  bool given() const { return create_ || any_ || !tags_.empty(); }
  bool creates() const { return create_; }
  // `etag`: of what is there now; nothing when nothing is.
  bool holds(const std::optional<std::string>& etag) const;

 private:
  bool create_ = false;  // If-None-Match: *
  bool any_ = false;     // If-Match: *
  std::vector<std::string> tags_;
};

Response precondition_required();

// What has no revisions: the audit log knows who changed it.
struct LoggedThing {
  std::string account;  // "" for the server as a whole
  std::string target;   // "media/closed"
  std::string noun;     // "sound"
  std::optional<std::string> etag;  // of what is there now; nothing when nothing is
};
// 412 with the other's name and time.
Response precondition_failed(Visit& visit, const LoggedThing& thing);

}  // namespace strowger::api
