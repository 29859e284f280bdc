// The Response block held against the table of codes and the grammar of the reason phrase.
#pragma once

#include "model/callflow.hpp"
#include "model/finding.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace strowger::model {

inline constexpr int response_code_default = 486;  // as KAZOO: used when the block names none
inline constexpr std::int64_t retry_after_seconds_max = 4'294'967'296;  // 2^32
inline constexpr std::size_t redirect_targets_max = 10;
inline constexpr std::size_t extra_headers_max = 10;
inline constexpr std::size_t extra_header_bytes_max = 256;

// `answered_before`: some block above answers the call, so only a BYE is possible.
Findings check_response(const Block& block, bool answered_before);

// Header names that `extra_headers` may add: nothing that routes, describes or ends a dialog.
bool is_safe_extra_header(std::string_view name);

}  // namespace strowger::model
