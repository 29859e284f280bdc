// multipart/form-data as browsers send it (RFC 7578), for uploads: the whole body in memory.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::api {

inline constexpr std::size_t form_parts_max = 16;

struct FormPart {
  std::string name;
  std::string file_name;
  std::string_view bytes;  // into the body
};

// Nothing when the body is not what `content_type` says.
std::optional<std::vector<FormPart>> parse_form(std::string_view content_type,
                                                std::string_view body);

}  // namespace strowger::api
