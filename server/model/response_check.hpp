// The Response block held against the table of codes and the grammar of the reason phrase, and its
// data as typed values for the action that runs it.
//
// Members of `data` (all optional): code, message, media, q850_cause (1..127 or "none"),
// retry_after (seconds), redirect_to (array of SIP or tel URIs; makes 3xx legal), contact (URI of a
// signed jCard, for 608), extra_headers (object: header name → value).
#pragma once

#include "model/callflow.hpp"
#include "model/finding.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace strowger::model {

inline constexpr int response_code_default = 486;  // as KAZOO: used when the block names none
inline constexpr std::int64_t retry_after_seconds_max = 4'294'967'296;  // 2^32
inline constexpr std::size_t redirect_targets_max = 10;
inline constexpr std::size_t target_bytes_max = 256;  // per URI
inline constexpr std::size_t extra_headers_max = 10;
inline constexpr std::size_t header_name_bytes_max = 64;
inline constexpr std::size_t header_value_bytes_max = 256;

// `answered_by`: title of the block above that answers the call, so that only a BYE is possible;
// "" for none.
Findings check_response(const Block& block, std::string_view answered_by);

// Names that `extra_headers` may use: X-…, Error-Info, Call-Info, Organization, Server. Nothing
// that routes, describes or ends a dialog.
bool is_safe_extra_header(std::string_view name);

// What a Response block asks for. Values that check_response would refuse are left out or replaced
// by the default, so a running call never meets them.
struct ResponseSettings {
  int code = response_code_default;  // 300..699
  std::string phrase;                // never empty: the message, else the registered phrase
  std::string media;                 // id; "" for none
  std::optional<int> q850_cause;     // the block's, else RFC 3398's; nothing: no Q.850 Reason
  std::optional<std::int64_t> retry_after;
  std::vector<std::string> redirect_to;
  std::string contact;
  std::vector<std::pair<std::string, std::string>> extra_headers;
};
ResponseSettings read_response(const Block& block);

}  // namespace strowger::model
