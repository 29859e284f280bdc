// Numbers in network byte order, appended to bytes.
#pragma once

#include <cstdint>
#include <string>

namespace strowger::trace {

inline void put_8(std::string& out, std::uint8_t value) { out += static_cast<char>(value); }

inline void put_16(std::string& out, std::uint16_t value) {
  put_8(out, static_cast<std::uint8_t>(value >> 8));
  put_8(out, static_cast<std::uint8_t>(value));
}

inline void put_32(std::string& out, std::uint32_t value) {
  put_16(out, static_cast<std::uint16_t>(value >> 16));
  put_16(out, static_cast<std::uint16_t>(value));
}

}  // namespace strowger::trace
