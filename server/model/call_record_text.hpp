// A call record as the text that it travels and is kept in.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace strowger::model {

// What a store must know of a record to keep its text. Views.
struct CallRecordText {
  std::string_view account;
  std::string_view id;
  std::int64_t started_ms = 0;
  bool complete = false;
  std::string_view json;
};
// From a line as append_json writes it, without reading the rest: a busy server stores thousands
// of them a second. Nothing when it was written in another way.
std::optional<CallRecordText> call_record_text(std::string_view json);

}  // namespace strowger::model
