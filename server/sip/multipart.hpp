// Bodies in parts (RFC 2046 §5.1, RFC 5621): finds the SDP in a body, multipart or plain.
#pragma once

#include "base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace strowger::sip {

class Message;

constexpr std::size_t parts_max = 32;
constexpr std::size_t multipart_depth_max = 4;

struct Part {
  std::string_view content_type;  // "text/plain" when the part names none (RFC 2046 5.2)
  std::string_view disposition;   // the Content-Disposition value; may be empty
  std::string_view encoding;      // Content-Transfer-Encoding; may be empty
  std::string_view body;

  // RFC 3261 20.11: a part must be understood unless it says handling=optional.
  bool optional() const;
};

enum class MultipartError : std::uint8_t {
  no_boundary,       // 400
  malformed,         // 400: the boundary never comes, a part's head never ends
  too_many_parts,    // 400
  unsupported_part,  // 415: not SDP, and not optional
};
std::string_view text(MultipartError error);

// `content_type` is multipart/…; its parts in order.
Result<std::vector<Part>, MultipartError> split_multipart(std::string_view content_type,
                                                          std::string_view body);

// The application/sdp of a body with this Content-Type, looking into multipart/*. Empty when there
// is none. In multipart/alternative the last SDP counts (RFC 2046 5.1.4).
Result<std::string_view, MultipartError> find_sdp(std::string_view content_type,
                                                  std::string_view body);
// The same of a whole message, and as long as it lives. Empty, too, when the body is malformed.
std::string_view sdp_in(const Message& message);

}  // namespace strowger::sip
