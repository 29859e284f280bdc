// The lines of a journal file: "LLLLLLLL CCCCCCCC <json>\n", length and CRC-32 of the JSON in hex.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace strowger::store {

inline constexpr std::size_t journal_record_bytes_max = 4'000'000;

void append_line(std::string& out, std::string_view json);
// The same around JSON that is written into `out` in between, from the place that begin_line()
// gives.
std::size_t begin_line(std::string& out);
void end_line(std::string& out, std::size_t json_begin);

// Calls `take` with every whole line's JSON, in order. Returns the bytes that belong to none: torn
// or damaged lines, skipped up to the next line break.
std::size_t scan_lines(std::string_view file, const std::function<void(std::string_view)>& take);

}  // namespace strowger::store
