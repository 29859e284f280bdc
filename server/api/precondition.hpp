// If-Match and If-None-Match: what a writer has seen (RFC 9110 §13.1).
#pragma once

#include "api/http.hpp"
#include "api/reply.hpp"

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

}  // namespace strowger::api
