#include "sdp/crypto.hpp"

#include "sdp/words.hpp"

#include <algorithm>

namespace strowger::sdp {

namespace {

struct SuiteName {
  SrtpSuite suite;
  std::string_view name;
};
constexpr std::array<SuiteName, 2> suite_names{
    {{SrtpSuite::aes_cm_128_hmac_sha1_80, "AES_CM_128_HMAC_SHA1_80"},
     {SrtpSuite::aes_cm_128_hmac_sha1_32, "AES_CM_128_HMAC_SHA1_32"}}};

constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::size_t key_digits = 40;  // 30 bytes: no padding
constexpr std::int64_t tag_max = 999'999'999;

// What precedes the first `separator`; `text` keeps what follows it.
std::string_view take_until(std::string_view& text, char separator) {
  const auto at = text.find(separator);
  const auto taken = text.substr(0, at);
  text = at == std::string_view::npos ? std::string_view() : text.substr(at + 1);
  return taken;
}

std::optional<SrtpKey> decoded(std::string_view text) {
  if (text.size() != key_digits) return std::nullopt;
  SrtpKey key;
  for (std::size_t group = 0; group < key_digits / 4; ++group) {
    std::uint32_t bits = 0;
    for (const char c : text.substr(4 * group, 4)) {
      const auto digit = base64_digits.find(c);
      if (digit == std::string_view::npos) return std::nullopt;
      bits = bits << 6 | static_cast<std::uint32_t>(digit);
    }
    for (std::size_t i = 0; i < 3; ++i) {
      key[3 * group + i] = static_cast<std::byte>(bits >> (8 * (2 - i)) & 0xFF);
    }
  }
  return key;
}

// "inline:KEY|2^20": a lifetime may follow, which no call reaches; an identifier, "1:4", would
// change every packet.
std::optional<SrtpKey> key_of(std::string_view text) {
  if (!text.starts_with("inline:")) return std::nullopt;
  text.remove_prefix(7);
  if (text.find_first_of(";:") != std::string_view::npos) return std::nullopt;
  return decoded(take_until(text, '|'));
}

// The window of the receiver is its own matter; everything else would change the packets.
bool harmless(std::string_view parameters) {
  while (!parameters.empty()) {
    const auto each = take_until(parameters, ' ');
    if (!each.empty() && !each.starts_with("WSH=")) return false;
  }
  return true;
}

}  // namespace

std::optional<Crypto> parse_crypto(std::string_view value) {
  const auto tag = number(std::string(take_until(value, ' ')), 0, tag_max);
  const auto name = take_until(value, ' ');
  const auto* const suite = std::ranges::find_if(
      suite_names, [&](const SuiteName& each) { return same_word(each.name, name); });
  const auto key = key_of(take_until(value, ' '));
  if (!tag || suite == suite_names.end() || !key || !harmless(value)) return std::nullopt;
  return Crypto{static_cast<std::uint32_t>(*tag), suite->suite, *key};
}

std::optional<Crypto> choose_crypto(const Media& section) {
  for (const Attribute& each : section.attributes) {
    if (each.name != "crypto" || !each.value) continue;
    if (auto crypto = parse_crypto(*each.value)) return crypto;
  }
  return std::nullopt;
}

std::string crypto_value(const Crypto& crypto) {
  std::string value = std::to_string(crypto.tag) + " ";
  value += std::ranges::find(suite_names, crypto.suite, &SuiteName::suite)->name;
  value += " inline:";
  for (std::size_t at = 0; at < crypto.key.size(); at += 3) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = bits << 8 | std::to_integer<std::uint32_t>(crypto.key[at + i]);
    }
    for (int shift = 18; shift >= 0; shift -= 6) value += base64_digits[bits >> shift & 0x3F];
  }
  return value;
}

bool is_srtp(const Media& section) {
  return section.protocol == "RTP/SAVP" || section.protocol == "RTP/SAVPF";
}

}  // namespace strowger::sdp
