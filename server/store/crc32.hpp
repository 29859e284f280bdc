// The checksum of journal lines.
#pragma once

#include <cstdint>
#include <string_view>

namespace strowger::store {

// CRC-32 of IEEE 802.3, as in zlib and PNG.
std::uint32_t crc32(std::string_view bytes);

}  // namespace strowger::store
