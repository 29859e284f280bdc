// Why the store could not do it. Nothing was changed, unless the text says so.
#pragma once

#include "base/result.hpp"

#include <cstdint>
#include <string>
#include <utility>

namespace strowger::store {

enum class ErrorKind : std::uint8_t {
  not_found,
  conflict,  // somebody else has it: an id, a number, a pattern; `other` names who
  stale,     // If-Match failed: `other` is the revision that is there now
  invalid,   // the input is not acceptable
  storage,   // disk full, I/O error, database locked or broken
};

struct Error {
  ErrorKind kind = ErrorKind::storage;
  std::string text;   // for people
  std::string other;  // see ErrorKind; else ""
  // Of a conflict: where the document says what somebody else has (RFC 6901); "" for nowhere
  std::string pointer = {};
};

template <class T>
using Outcome = Result<T, Error>;

inline tl::unexpected<Error> fail(ErrorKind kind, std::string text, std::string other = {},
                                  std::string pointer = {}) {
  return tl::unexpected<Error>(Error{kind, std::move(text), std::move(other), std::move(pointer)});
}

}  // namespace strowger::store
