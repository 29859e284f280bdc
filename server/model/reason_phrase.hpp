// The words after the code in a SIP status line: which bytes may stand there (RFC 3261 §25.1).
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace strowger::model {

inline constexpr std::size_t phrase_bytes_max = 128;

struct PhraseError {
  std::size_t offset = 0;   // byte where the trouble starts
  std::size_t length = 1;   // bytes that `replacement` stands for
  std::string what;         // for people: "a line break would start a new header"
  std::string replacement;  // put this there; may be ""
};

// Accepts the empty phrase, letters, digits, the marks and separators of the grammar, %HH, space,
// tab and valid UTF-8. Refuses control characters and `" < > # % { } | \ ^ [ ]` and the backtick.
Result<void, PhraseError> check_phrase(std::string_view phrase);

// The nearest phrase that check_phrase accepts: every replacement applied, cut at the limit.
std::string repaired_phrase(std::string_view phrase);

bool is_ascii(std::string_view text);

}  // namespace strowger::model
