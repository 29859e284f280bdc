// UTF-8 as far as texts in documents and phrases need it (RFC 3629).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace strowger::model {

// Bytes of the sequence at the start of `text`; 0 when it is not valid UTF-8 (overlong forms,
// surrogates and values above U+10FFFF included).
std::size_t utf8_sequence(std::string_view text);

// Code points; an invalid byte counts as one.
std::size_t utf8_length(std::string_view text);

// Invalid bytes become U+FFFD, and what is beyond `bytes_max` is cut at a character border.
std::string utf8_repaired(std::string_view text, std::size_t bytes_max);

}  // namespace strowger::model
