// Ids of accounts, callflows, blocks, media: 1..64 characters of [A-Za-z0-9_-].
#pragma once

#include <cstddef>
#include <string_view>

namespace strowger::model {

inline constexpr std::size_t identifier_chars_max = 64;

bool is_identifier(std::string_view text);

}  // namespace strowger::model
