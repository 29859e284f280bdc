// Keys for SRTP inside a description: a=crypto lines (RFC 4568). They are as secret as the path of
// the message is: over TLS.
#pragma once

#include "sdp/session.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace strowger::sdp {

// RFC 4568 §6.2. Both have a key of 128 bits; the tags of their packets differ.
enum class SrtpSuite : std::uint8_t { aes_cm_128_hmac_sha1_80, aes_cm_128_hmac_sha1_32 };

using SrtpKey = std::array<std::byte, 30>;  // 16 bytes of master key, 14 of salt

struct Crypto {
  std::uint32_t tag = 1;  // tells which line of an offer an answer means; at most 9 digits
  SrtpSuite suite = SrtpSuite::aes_cm_128_hmac_sha1_80;
  SrtpKey key{};

  bool operator==(const Crypto&) const = default;
};

// Of "1 AES_CM_128_HMAC_SHA1_80 inline:…|2^20". Nothing when it is malformed, of another suite, or
// asks for what we don't do: a master key identifier, key derivation rates, packets in the clear.
std::optional<Crypto> parse_crypto(std::string_view value);
// The first line that we can use.
std::optional<Crypto> choose_crypto(const Media& section);

std::string crypto_value(const Crypto& crypto);

// "RTP/SAVP" and "RTP/SAVPF": keys are in the description. DTLS has names of its own.
bool is_srtp(const Media& section);

}  // namespace strowger::sdp
