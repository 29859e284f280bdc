// Errors are values: every function that can fail on bad input returns a Result.
#pragma once

#include <tl/expected.hpp>

#include <string>
#include <utility>

namespace strowger {

template <class T, class E>
using Result = tl::expected<T, E>;

using tl::unexpected;

// An error told to a person: what is wrong, where, and what to do instead.
struct Complaint {
  std::string what;
};

inline tl::unexpected<Complaint> complain(std::string what) {
  return tl::unexpected<Complaint>(Complaint{std::move(what)});
}

}  // namespace strowger
