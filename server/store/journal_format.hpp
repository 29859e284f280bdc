// The lines of a journal file: "LLLLLLLL CCCCCCCC <json>\n", length and CRC-32 of the JSON in hex.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace strowger::store {

inline constexpr std::size_t journal_record_bytes_max = 4'000'000;

std::uint32_t crc32(std::string_view bytes);  // IEEE 802.3

void append_line(std::string& out, std::string_view json);

// Calls `take` with every whole line's JSON, in order. Returns the bytes that belong to none: torn
// or damaged lines, skipped up to the next line break.
std::size_t scan_lines(std::string_view file, const std::function<void(std::string_view)>& take);

}  // namespace strowger::store
