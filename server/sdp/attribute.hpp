// Reading a=, c= and m= lines. For this room's parser.
#pragma once

#include "sdp/parse.hpp"

namespace strowger::sdp {

using Kind = ParseError::Kind;
using Done = Result<void, Kind>;

Result<Connection, Kind> parse_connection(std::string_view value);
Result<Media, Kind> parse_media_line(std::string_view value);

// Into its typed field, or among `attributes`.
Done read_attribute(Session& session, Attribute attribute);
Done read_attribute(Media& media, Attribute attribute);

}  // namespace strowger::sdp
