// Strict JSON from outside (RFC 8259): no comments, no NaN, no duplicate keys, no trailing bytes,
// bounded in size and depth. Everything that is wrong is told with a JSON pointer, a line and a
// column.
#pragma once

#include "base/result.hpp"
#include "model/finding.hpp"

#include <boost/json/value.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace strowger::model {

struct JsonLimits {
  std::size_t bytes_max = 0;
  std::size_t depth_max = 0;  // 1: no array or object inside the outermost one
};

struct JsonText {
  boost::json::value value;
  Findings notes;  // warnings: digits lost of a number that no 64-bit form holds
};

Result<JsonText, Findings> read_json(std::string_view text, const JsonLimits& limits);

// The same for a document that has to be an object; `noun` says what it should have been.
Result<boost::json::object, Findings> read_json_object(std::string_view text,
                                                       const JsonLimits& limits,
                                                       std::string_view noun);

// Indented by two spaces, one line per member, a line break at the end.
std::string pretty_json(const boost::json::value& value);

// What a value is, for messages: "a number", "an object".
std::string_view kind_name(const boost::json::value& value);

}  // namespace strowger::model
