// The parts of a URL and of a cookie header, decoded (RFC 3986, RFC 6265).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace strowger::api {

using Parameters = std::map<std::string, std::string, std::less<>>;

inline constexpr std::size_t parameters_max = 32;

// Nothing for a broken % sequence, or a NUL byte.
std::optional<std::string> percent_decoded(std::string_view text);
// "a=1&b=x+y"; of two with the same name the first counts. Nothing when it can't be read, or has
// more than parameters_max.
std::optional<Parameters> parse_query(std::string_view query);
// "/a/b%2Fc" as {"a", "b/c"}. Nothing when it does not begin with "/" or a segment can't be read.
std::optional<std::vector<std::string>> path_segments(std::string_view path);
// The value of one cookie in a Cookie header; "" when it is not there.
std::string cookie(std::string_view header, std::string_view name);

}  // namespace strowger::api
