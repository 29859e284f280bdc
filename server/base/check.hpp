// Bugs are not errors. A broken invariant ends the one call it happened in with 500; the server
// lives.
#pragma once

#include <source_location>
#include <stdexcept>
#include <string>

namespace strowger {

class BrokenInvariant : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

inline void check(bool holds, const char* what,
                  std::source_location where = std::source_location::current()) {
  if (holds) return;
  throw BrokenInvariant(std::string(where.file_name()) + ":" + std::to_string(where.line()) + ": " +
                        what);
}

}  // namespace strowger
